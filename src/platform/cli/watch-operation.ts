import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { cliText } from '../contract/cli.text.ts';
import { Operation, OperationEvent, OperationLogLine } from '../contract/operations.ts';
import { segment, type Api } from './api.ts';
import { readEvents } from './event-stream.ts';
import { exitCode } from './exit-code.ts';
import { CliFailure } from './failure.ts';
import { liveProgress, plainProgress, type Progress, silentProgress } from './progress.ts';
import type { Printer } from './printer.ts';
import type { Terminal } from './terminal.ts';

/** How long a server may be away before we stop watching; the operation itself goes on. */
const secondsAwayAtMost = 180;
/** The server says something at least every 15 s; a line that is silent for longer is dead. */
const secondsOfSilence = 40;
const secondsBetweenTries = [0.2, 0.5, 1, 2, 5];

export interface Watch {
  api: Api;
  terminal: Terminal;
  printer: Printer;
  operationId: string;
  timeoutSeconds: number | undefined;
}

/**
 * Shows an operation until it ends and answers it. Fails when it did not succeed, when the time is up, or when the
 * person pressed Ctrl-C: then the operation goes on, and the failure says how to look again.
 */
export async function watchOperation(watch: Watch): Promise<Operation> {
  const { terminal, operationId } = watch;
  const look = `elepherd operation watch ${operationId}`;
  const stop = new AbortController();
  const progress = progressFor(watch);
  const release = terminal.onInterrupt(() =>
    stop.abort(new CliFailure(exitCode.interrupted, cliText.stoppedWatching(look))),
  );
  const seconds = watch.timeoutSeconds;
  const timer =
    seconds === undefined
      ? undefined
      : setTimeout(
          () =>
            stop.abort(new CliFailure(exitCode.waitTimedOut, cliText.waitTimedOut(String(seconds), look))),
          seconds * 1000,
        );
  let ended: Operation;
  try {
    ended = await follow(watch, progress, stop.signal);
  } finally {
    clearTimeout(timer);
    release();
    progress.end();
  }
  if (ended.state === 'succeeded') return ended;
  const words = (language: 'en' | 'zh-CN') => ended.reason?.[language] ?? '';
  const reason = { en: words('en'), 'zh-CN': words('zh-CN') };
  const say = ended.state === 'cancelled' ? cliText.operationCancelled : cliText.operationFailed;
  const title = (language: 'en' | 'zh-CN') => ended.title[language];
  const text = {
    en: say(title('en'), reason.en, operationId).en,
    'zh-CN': say(title('zh-CN'), reason['zh-CN'], operationId)['zh-CN'],
  };
  throw new CliFailure(exitCode.operationFailed, text);
}

function progressFor({ terminal, printer }: Watch): Progress {
  if (printer.quiet) return silentProgress;
  const looks = { sink: terminal.errors, locale: printer.locale, style: printer.paintErrors };
  const isLive = terminal.errors.isTTY === true && terminal.environment['TERM'] !== 'dumb';
  return isLive ? liveProgress(looks) : plainProgress(looks);
}

const isOver = ({ state }: Operation) => state !== 'running' && state !== 'cancelling';
const pathOf = (operationId: string) => `/api/platform/operations/${segment(operationId)}`;

/** Reads the event stream to the operation's end, connecting again whenever it breaks. */
async function follow(
  { api, operationId }: Watch,
  progress: Progress,
  signal: AbortSignal,
): Promise<Operation> {
  let lastEventId: string | undefined;
  let lastLine = 0;
  let seenAt = Date.now();
  let wasSilent = false;
  for (let tries = 0; ;) {
    signal.throwIfAborted();
    const silence = new AbortController();
    const alarm = setTimeout(() => silence.abort(), secondsOfSilence * 1000);
    try {
      if (wasSilent) {
        // A proxy that holds events back looks like silence: what it cannot hold back is a plain answer.
        const asked = await ask(api, operationId, lastLine);
        lastLine = asked.lines.at(-1)?.id ?? lastLine;
        progress.show(asked.operation, asked.lines);
        if (isOver(asked.operation)) return asked.operation;
        wasSilent = false;
      }
      const answer = await api.stream(
        `${pathOf(operationId)}/events`,
        lastEventId,
        AbortSignal.any([signal, silence.signal]),
      );
      if (answer.body === null) continue;
      for await (const event of readEvents(answer.body)) {
        alarm.refresh();
        seenAt = Date.now();
        tries = 0;
        if (event === 'alive') continue;
        const known = OperationEvent.safeParse(parse(event.data));
        if (!known.success) continue;
        lastEventId = event.id;
        const { operation, lines } = known.data;
        // After a reconnect the server may repeat lines; each is shown once.
        const fresh = lines.filter(({ id }) => id > lastLine);
        lastLine = Math.max(lastLine, ...fresh.map(({ id }) => id));
        progress.show(operation, fresh);
        if (isOver(operation)) return operation;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (silence.signal.aborted) {
        wasSilent = true;
        continue;
      }
      // A refusal will not change by asking again; a lost connection may.
      const isLost = !(error instanceof CliFailure) || error.exitCode === exitCode.unreachable;
      if (!isLost) throw error;
      if (Date.now() - seenAt > secondsAwayAtMost * 1000) {
        const look = `elepherd operation watch ${operationId}`;
        throw new CliFailure(exitCode.unreachable, cliText.lostForGood(api.url, look), { cause: error });
      }
      progress.remark(cliText.connectionLost);
    } finally {
      clearTimeout(alarm);
    }
    await sleep((secondsBetweenTries[Math.min(tries, 4)] ?? 5) * 1000, undefined, { signal }).catch(() => {});
    tries += 1;
  }
}

async function ask(api: Api, operationId: string, lastLine: number): Promise<OperationEvent> {
  const operation = (await api.get(pathOf(operationId))).as(Operation);
  const lines = (await api.get(`${pathOf(operationId)}/log`, { after: lastLine })).as(
    z.array(OperationLogLine),
  );
  return { operation, lines };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
