import { z } from 'zod';
import type { Config } from '../config.ts';

/** One series of an answer: its labels, and values at Unix seconds. */
export type Series = { labels: Record<string, string>; points: [number, number][] };

/** A VictoriaMetrics, ours or another: the single binary, or the cluster version with its two addresses. */
export type MetricsStore = {
  /** Base addresses, without user, password and a slash at the end. */
  readUrl: string;
  writeUrl: string;
  /** `Basic …` for reads, when the address holds a user. */
  authorization: string | undefined;
  /** Takes samples in Prometheus' text form with timestamps in milliseconds; throws when they were not kept. */
  write(text: string): Promise<void>;
  /** Values over a time, in Unix seconds; throws when the store does not answer. */
  queryRange(query: RangeQuery): Promise<Series[]>;
  /** Values now, or at a time. */
  query(promql: string, atSeconds?: number): Promise<Series[]>;
  /** The newest value of every series that fits, in Prometheus' text form. */
  federate(match: string): Promise<string>;
};
export type RangeQuery = { promql: string; fromSeconds: number; toSeconds: number; stepSeconds: number };

/** The store did not answer, or refused. */
export class MetricsStoreProblem extends Error {
  override name = 'MetricsStoreProblem';
}

const timeoutMs = 15_000;
const Sample = z.tuple([z.number(), z.string()]);
const Answer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(Sample).optional(),
        value: Sample.optional(),
      }),
    ),
  }),
});

/** The store that the settings name; undefined when they name none. */
export function openMetricsStore(
  config: Pick<Config, 'METRICS_URL' | 'METRICS_WRITE_URL'>,
): MetricsStore | undefined {
  if (config.METRICS_URL === undefined) return undefined;
  const read = takeApart(config.METRICS_URL);
  const write = takeApart(config.METRICS_WRITE_URL ?? config.METRICS_URL);
  const ask = async (path: string, form: Record<string, string>) => {
    const answer = await send(`${read.url}${path}`, read.authorization, new URLSearchParams(form));
    return Answer.parse(await answer.json()).data.result.map((one) => ({
      labels: one.metric,
      points: (one.values ?? (one.value ? [one.value] : [])).map(([at, value]): [number, number] => [
        at,
        Number(value),
      ]),
    }));
  };
  return {
    readUrl: read.url,
    writeUrl: write.url,
    authorization: read.authorization,
    async write(text) {
      const answer = await send(`${write.url}/api/v1/import/prometheus`, write.authorization, text);
      await answer.arrayBuffer();
    },
    queryRange: ({ promql, fromSeconds, toSeconds, stepSeconds }) =>
      ask('/api/v1/query_range', {
        query: promql,
        start: String(fromSeconds),
        end: String(toSeconds),
        step: String(stepSeconds),
      }),
    query: (promql, atSeconds) =>
      ask('/api/v1/query', {
        query: promql,
        ...(atSeconds === undefined ? {} : { time: String(atSeconds) }),
      }),
    async federate(match) {
      const form = new URLSearchParams({ 'match[]': match });
      const answer = await send(`${read.url}/federate?${String(form)}`, read.authorization);
      return answer.text();
    },
  };
}

/** Asks a store as somebody's own question has it: the answer is the store's, whatever its status; throws when there is none. */
export function askStore(store: MetricsStore, path: string, form: URLSearchParams): Promise<Response> {
  return fetch(`${store.readUrl}${path}`, {
    method: 'POST',
    headers: store.authorization === undefined ? {} : { authorization: store.authorization },
    body: form,
    signal: AbortSignal.timeout(timeoutMs),
  });
}

async function send(url: string, authorization: string | undefined, body?: string | URLSearchParams) {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: authorization === undefined ? {} : { authorization },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw new MetricsStoreProblem('the metrics store does not answer', { cause });
  }
  if (answer.ok) return answer;
  const words = (await answer.text().catch(() => '')).slice(0, 300);
  throw new MetricsStoreProblem(`the metrics store refused with ${answer.status}: ${words}`);
}

function takeApart(address: string): { url: string; authorization: string | undefined } {
  const url = new URL(address);
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const authorization = url.username === '' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`;
  url.username = '';
  url.password = '';
  return { url: url.href.replace(/\/$/, ''), authorization };
}

let ofThisProgram: MetricsStore | undefined;

/** Makes this the store of the whole program; each program that reads or writes metrics calls it once, at its start. */
export function setMetricsStore(store: MetricsStore | undefined): void {
  ofThisProgram = store;
}

/** The store of this program; undefined when metrics are kept nowhere. */
export function theMetricsStore(): MetricsStore | undefined {
  return ofThisProgram;
}
