import pg from 'pg';
import type { Log } from './log.ts';

/** Called with each payload; with null when some may have been missed, so that the handler looks for itself. */
export type Heard = (payload: string | null) => void;

const retrySeconds = [0.1, 0.5, 1, 2, 5];
/** A link that died without a word (a cut cable, a firewall) is noticed after this long. */
const probeSeconds = 15;

const handlers = new Map<string, Set<Heard>>();
let started: { stop(): Promise<void> } | undefined;
let askFor: ((channel: string) => void) | undefined;

/**
 * Calls `heard` for every notification on a PostgreSQL channel until the returned function is called. Listen first and
 * look at the database after: `heard(null)` comes when the channel is listened to only now, and after every broken
 * connection, so that nothing is missed.
 */
export function listen(channel: string, heard: Heard): () => void {
  // Wrapped, so that the same function given twice counts twice.
  const own: Heard = (payload) => heard(payload);
  const others = handlers.get(channel);
  if (others) others.add(own);
  else {
    handlers.set(channel, new Set([own]));
    askFor?.(channel);
  }
  return () => void handlers.get(channel)?.delete(own);
}

/** Keeps this process's one listening connection alive until `stop` is called; each program calls it once. */
export function startListening(url: string, log: Log): { stop(): Promise<void> } {
  if (started) throw new Error('This process listens already.');
  let stopped = false;
  let cut = () => {};
  const ended = (async () => {
    for (let failures = 0; !stopped; failures++) {
      const broken = await hear(
        url,
        log,
        () => (failures = 0),
        (end) => (cut = end),
      );
      if (stopped) return;
      log.warn({ err: broken }, 'the listening connection broke; connecting again');
      const seconds = retrySeconds[Math.min(failures, retrySeconds.length - 1)] ?? 5;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, seconds * 1000);
        cut = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  started = {
    async stop() {
      stopped = true;
      cut();
      await ended;
      started = undefined;
    },
  };
  return started;
}

/** Listens over one connection until it breaks or is cut; returns what broke it. */
async function hear(
  url: string,
  log: Log,
  connected: () => void,
  giveCut: (cut: () => void) => void,
): Promise<unknown> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'elepherd listen',
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
    keepAlive: true,
  });
  let probe: NodeJS.Timeout | undefined;
  try {
    return await new Promise<unknown>((resolve) => {
      client.on('error', resolve);
      client.on('end', () => resolve(new Error('the server closed the connection')));
      giveCut(() => resolve(undefined));
      client.on('notification', ({ channel, payload }) => tell(channel, payload ?? '', log));
      // One query at a time: the driver forbids more.
      let before = client.connect().then(connected);
      before.catch(resolve);
      const inTurn = (sql: string, then: () => void) => {
        before = before.then(() => client.query(sql)).then(then);
        before.catch(resolve);
      };
      askFor = (channel) =>
        inTurn(`listen ${client.escapeIdentifier(channel)}`, () => tell(channel, null, log));
      for (const channel of handlers.keys()) askFor(channel);
      probe = setInterval(() => inTurn('select 1', () => {}), probeSeconds * 1000);
    });
  } finally {
    clearInterval(probe);
    askFor = undefined;
    client.on('error', () => {});
    // A polite good-bye over a dead link would wait for ever.
    const lastResort = setTimeout(() => client.connection.stream.destroy(), 1000);
    await client.end().catch(() => {});
    clearTimeout(lastResort);
  }
}

function tell(channel: string, payload: string | null, log: Log): void {
  for (const heard of handlers.get(channel) ?? []) {
    try {
      heard(payload);
    } catch (error) {
      log.error({ err: error, channel }, 'a listener failed');
    }
  }
}
