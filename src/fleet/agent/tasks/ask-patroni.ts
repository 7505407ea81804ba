import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { TaskFailure } from '../task-failure.ts';
import { askPatroniRest, type PatroniAnswer } from './patroni-rest.ts';
import type { TaskHandler } from './task-context.ts';

/** A look costs both sides a TLS handshake, and the other one is busy making a cluster just then. */
const everyMs = 150;

/** One request to a Patroni on this host; whatever status it answers is the answer. */
export const askPatroni: TaskHandler<'ask-patroni'> = async (input, { signal }) => {
  try {
    return await askPatroniRest({ ...input, signal });
  } catch (error) {
    throw new TaskFailure(agentText.noAnswer(`Patroni ${input.name}`, (error as Error).message));
  }
};

/** The members as Patroni's `/cluster` lists them. */
export const PatroniCluster = z.object({
  members: z
    .array(
      z.object({
        name: z.string(),
        role: z.string(),
        state: z.string(),
        timeline: z.number().nullish(),
        lag: z.union([z.number(), z.string()]).nullish(),
        pending_restart: z.boolean().nullish(),
      }),
    )
    .default([]),
  pause: z.boolean().nullish(),
});
export type PatroniCluster = z.infer<typeof PatroniCluster>;

/** Roles under which Patroni of one release or another lists the one who takes writes. */
const leads = (role: string) => role === 'leader' || role === 'master' || role === 'primary';
const streams = (state: string) => state === 'streaming';

type Wish = {
  until: string;
  members: readonly string[];
  /** For `rebuilt`: the member was seen doing something else, or has had time to. */
  wasAway?: boolean;
};

/** A rebuild shows within this time, or it was over before anybody looked. */
const awayWithinMs = 10_000;

const PatroniServer = z.object({ state: z.string() });
/** What Patroni says of its server from the moment it alone may make the database. */
const holdsInitialization = new Set(['initializing new cluster', 'starting', 'running', 'streaming']);

/** What a server says of its own replication, now; what members say of one another is as old as Patroni's last look. */
const PatroniReplication = z.object({
  state: z.string(),
  role: z.string(),
  timeline: z.number().nullish(),
  /** Of a replica; Patroni before 4 does not say. */
  replication_state: z.string().nullish(),
  replication: z.array(z.object({ application_name: z.string(), state: z.string() })).default([]),
  patroni: z.object({ name: z.string() }).optional(),
});

/** `all`: the asked one is the primary and every wished member streams from it; `itself`: a replica that streams, as far as it says. */
export function whoStreams(body: unknown, members: readonly string[]): 'all' | 'itself' | 'not yet' {
  const own = PatroniReplication.parse(body);
  if (own.state !== 'running') return 'not yet';
  if (!leads(own.role)) return (own.replication_state ?? 'streaming') === 'streaming' ? 'itself' : 'not yet';
  const streaming = own.replication.filter((r) => streams(r.state)).map((r) => r.application_name);
  return members.every((name) => name === own.patroni?.name || streaming.includes(name)) ? 'all' : 'not yet';
}

/** Wishes about the asked server itself are put to it first, and to the whole cluster only then. */
const asksServer: Partial<Record<string, string>> = {
  initializing: '/patroni',
  primary: '/primary',
  'members-stream': '/patroni',
};

function isServerAsWished(
  { until, members }: Pick<Wish, 'until' | 'members'>,
  { status, body }: PatroniAnswer,
): boolean {
  if (until === 'primary') return status === 200;
  if (until === 'members-stream') return whoStreams(body, members) !== 'not yet';
  return holdsInitialization.has(PatroniServer.parse(body).state);
}

/** Whether a cluster is as wished. `isPrimary` is what the asked server says of itself. */
export function isAsWished(wish: Wish, cluster: PatroniCluster, isPrimary: boolean): boolean {
  const leader = cluster.members.find((m) => leads(m.role) && m.state === 'running');
  const member = (name: string | undefined) => cluster.members.find((m) => m.name === name);
  switch (wish.until) {
    case 'answers':
    // Its own server said so already.
    case 'initializing':
      return true;
    case 'primary':
      return isPrimary && leader !== undefined;
    case 'members-stream':
      return (
        leader !== undefined && wish.members.every((name) => name === leader.name || isCaughtUp(member(name)))
      );
    case 'rebuilt':
      return leader !== undefined && wish.wasAway === true && isCaughtUp(member(wish.members[0]));
    case 'gone-from-members':
      return member(wish.members[0]) === undefined;
    default:
      return false;
  }
}

/** Patroni before 4 says `running` of a replica whether it streams or not; its lag then tells. */
function isCaughtUp(member: PatroniCluster['members'][number] | undefined): boolean {
  if (!member || leads(member.role)) return false;
  return streams(member.state) || (member.state === 'running' && typeof member.lag === 'number');
}

/** Asks until it is as wished; without credentials, since looking is free. */
export const awaitPatroni: TaskHandler<'await-patroni'> = async (input, { signal, services }) => {
  const since = Date.now();
  const until = since + input.timeoutSeconds * 1000;
  const ask = (path: string) =>
    askPatroniRest({ name: input.name, port: input.port, method: 'GET', path, timeoutSeconds: 5, signal });
  let seen = '';
  let wasAway = false;
  while (Date.now() < until) {
    signal.throwIfAborted();
    try {
      const own = asksServer[input.until] === undefined ? undefined : await ask(asksServer[input.until]!);
      if (own !== undefined && !isServerAsWished(input, own)) {
        seen = PatroniServer.parse(own.body).state;
      } else if (own && input.until === 'members-stream' && whoStreams(own.body, input.members) === 'all') {
        const { patroni, timeline } = PatroniReplication.parse(own.body);
        return { leader: patroni?.name ?? null, timeline: timeline ?? null };
      } else {
        const cluster = PatroniCluster.parse((await ask('/cluster')).body);
        seen = describe(cluster);
        wasAway ||=
          !isCaughtUp(cluster.members.find((m) => m.name === input.members[0])) ||
          Date.now() - since > awayWithinMs;
        if (isAsWished({ ...input, wasAway }, cluster, own?.status === 200)) {
          const leader = cluster.members.find((m) => leads(m.role));
          return { leader: leader?.name ?? null, timeline: leader?.timeline ?? null };
        }
      }
    } catch (error) {
      if (signal.aborted) throw error;
      seen = (error as Error).message;
    }
    await sleep(everyMs, undefined, { signal });
  }
  const complaint = lastComplaint(await services.lastWords(`patroni-${input.name}`, 40));
  throw new TaskFailure(
    agentText.notAsWished(input.timeoutSeconds, complaint === undefined ? seen : `${seen} — ${complaint}`),
  );
};

/** The last line of a log that is about something wrong. */
export function lastComplaint(lines: readonly string[]): string | undefined {
  return lines
    .findLast((line) => /\b(?:ERROR|FATAL|CRITICAL|PANIC)\b|Error:/.test(line))
    ?.trim()
    .slice(0, 300);
}

function describe(cluster: PatroniCluster): string {
  return cluster.members.map((m) => `${m.name} ${m.role} ${m.state}`).join(', ') || '-';
}
