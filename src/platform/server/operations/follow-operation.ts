import type { OperationEvent } from '../../contract/operations.ts';
import type { Context } from '../context.ts';
import { listen } from '../listen.ts';
import { getOperation, listOperationLog } from './queries.ts';

/** A silent stream says that it lives, so that proxies keep it and the reader notices when it does not. */
const heartbeatSeconds = 15;
/** Then the reader connects again and is asked again who it is: a session that ended does not go on listening. */
const streamSecondsAtMost = 600;
const linesAtMost = 1000;

/**
 * Server-sent events about one operation: one at once, one after each change, the last when it has ended; each carries
 * the log lines after `afterId`, and the id of the last line as its own. Refuses another organisation's operation before
 * the stream begins.
 */
export async function followOperation(
  ctx: Context,
  id: string,
  afterId: number,
  options: { heartbeatSeconds?: number; streamSecondsAtMost?: number } = {},
): Promise<ReadableStream<Uint8Array>> {
  const bell = makeBell();
  // Listened to before the first look, so that no change falls between.
  const unlisten = listen('elepherd_operation', (changed) => {
    if (changed === null || changed === id) bell.ring();
  });
  let seen = afterId;
  let said = '';
  /** What has changed since the last call, as text for the stream; undefined when nothing has. */
  const look = async (): Promise<{ text: string; over: boolean } | undefined> => {
    // The operation first: when it has ended, all its lines are there.
    const operation = await getOperation(ctx, id);
    const lines = await listOperationLog(ctx, id, seen);
    const more = lines.length === linesAtMost;
    const now = JSON.stringify(operation);
    if (now === said && lines.length === 0) return undefined;
    said = now;
    seen = lines.at(-1)?.id ?? seen;
    if (more) bell.ring();
    const event: OperationEvent = { operation, lines };
    const over = !more && operation.state !== 'running' && operation.state !== 'cancelling';
    return { text: `event: operation\nid: ${seen}\ndata: ${JSON.stringify(event)}\n\n`, over };
  };
  const first = await look().catch((error: unknown) => {
    unlisten();
    throw error;
  });
  const encoder = new TextEncoder();
  let cancelled = false;
  return new ReadableStream<Uint8Array>({
    async start(stream) {
      const until = Date.now() + (options.streamSecondsAtMost ?? streamSecondsAtMost) * 1000;
      try {
        for (let news = first; !cancelled;) {
          if (news) stream.enqueue(encoder.encode(news.text));
          if (news?.over || Date.now() >= until) break;
          const rang = await bell.wait((options.heartbeatSeconds ?? heartbeatSeconds) * 1000);
          if (cancelled) break;
          // Also without a bell: a server process that listens no more must not show yesterday's state for ever.
          news = await look();
          if (!rang && !news) stream.enqueue(encoder.encode(': still here\n\n'));
        }
        if (!cancelled) stream.close();
      } catch (error) {
        if (!cancelled) stream.error(error);
      } finally {
        unlisten();
      }
    },
    cancel() {
      cancelled = true;
      unlisten();
      bell.ring();
    },
  });
}

/** Remembers one ring until somebody waits for it. */
function makeBell() {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    /** True when it rang, false when `milliseconds` passed. */
    async wait(milliseconds: number): Promise<boolean> {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = undefined;
      }
      const was = rung;
      rung = false;
      return was;
    },
  };
}
