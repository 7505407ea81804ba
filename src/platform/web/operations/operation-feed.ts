import { useEffect, useRef, useState } from 'react';
import type { Operation, OperationEvent, OperationLogLine } from '#src/platform/contract/operations.ts';
import { readTrusted } from '../browser-api.ts';

export type FeedLink = 'live' | 'reconnecting' | 'polling' | 'over';

const keptLines = 2000;
const pollMs = 2000;
// A proxy that buffers streams looks like silence: after this long without news we ask.
const silenceMs = 15_000;

/** An operation as it goes on: from the event stream, or by asking when the stream does not come through. */
export function useOperationFeed(initial: Operation, initialLines: OperationLogLine[]) {
  const [operation, setOperation] = useState(initial);
  const [lines, setLines] = useState(initialLines);
  const [link, setLink] = useState<FeedLink>(isOver(initial) ? 'over' : 'live');
  const lastLine = useRef(initialLines.at(-1)?.id ?? 0);
  const over = isOver(operation);
  const { id } = operation;

  const take = (next: Operation, news: OperationLogLine[]) => {
    setOperation(next);
    const fresh = news.filter((line) => line.id > lastLine.current);
    if (fresh.length === 0) return;
    lastLine.current = fresh.at(-1)?.id ?? lastLine.current;
    setLines((known) => [...known, ...fresh].slice(-keptLines));
  };

  useEffect(() => {
    if (over) {
      setLink('over');
      return;
    }
    const base = `/api/platform/operations/${id}`;
    const stream = new EventSource(`${base}/events?after=${lastLine.current}`);
    let heardAt = Date.now();
    let closed = false;
    stream.addEventListener('open', () => setLink('live'));
    stream.addEventListener('operation', (event: MessageEvent<string>) => {
      heardAt = Date.now();
      setLink('live');
      const { operation: next, lines: news } = JSON.parse(event.data) as OperationEvent;
      take(next, news);
    });
    stream.addEventListener('error', () =>
      setLink(stream.readyState === EventSource.CLOSED ? 'polling' : 'reconnecting'),
    );
    const timer = setInterval(() => void ask(), pollMs);
    const ask = async () => {
      const silent = Date.now() - heardAt > silenceMs;
      if (stream.readyState === EventSource.OPEN && !silent) return;
      heardAt = Date.now();
      try {
        const news = await readTrusted<OperationLogLine[]>(`${base}/log?after=${lastLine.current}`);
        const next = await readTrusted<Operation>(base);
        if (!closed) take(next, news);
      } catch {
        // The connection is away: the stream says so, and the next turn asks again.
      }
    };
    return () => {
      closed = true;
      clearInterval(timer);
      stream.close();
    };
  }, [id, over]);

  return { operation, lines, link, replace: (next: Operation) => setOperation(next) };
}

/** Whether nothing more will happen by itself. */
export function isOver(operation: Operation): boolean {
  return operation.state !== 'running' && operation.state !== 'cancelling';
}

/** Seconds between two moments; up to now when the second has not come. */
export function secondsBetween(from: string, to: string | null, nowMs: number): number {
  return Math.max(0, ((to === null ? nowMs : new Date(to).getTime()) - new Date(from).getTime()) / 1000);
}
