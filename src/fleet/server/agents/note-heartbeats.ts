import { sql, type Kysely } from 'kysely';
import { offlineAfterSeconds } from '#src/fleet/contract/agents.ts';
import type { HostFacts, ServerSeen } from '#src/fleet/contract/hosts.ts';
import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import { noteHost } from '../incidents/note-host.ts';
import { systemContext } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { stateFact } from '#src/platform/server/events.ts';
import type { Log } from '#src/platform/server/log.ts';

const everyMs = 1000;
/** After a start, a stall or a database that was away, agents get this long to be heard before silence counts. */
const graceMs = 15_000;

export type Beat = {
  agentVersion: string;
  bootId: string;
  facts?: HostFacts | undefined;
  servers?: ServerSeen[] | undefined;
};

/**
 * Keeps what agents say in memory and writes it in batches, one statement a second; marks hosts that fell silent as lost.
 * Any number of servers may do so side by side: a host is lost when none has heard it for 12 seconds.
 */
export function noteHeartbeats(options: { db: Kysely<DB>; log: Log }): {
  note(hostId: string, beat: Beat): void;
  flush(): Promise<void>;
  stop(): Promise<void>;
} {
  const { db, log } = options;
  let seen = new Map<string, number>();
  let said = new Map<string, Beat>();
  /** What is in the database already, so that the same is not written again. */
  const written = new Map<string, string>();
  let silenceCountsFrom = performance.now() + graceMs;
  let lastTick = performance.now();
  let running: Promise<void> = Promise.resolve();

  const flush = async () => {
    const seenNow = seen;
    const saidNow = said;
    seen = new Map();
    said = new Map();
    try {
      if (seenNow.size > 0) await writeSeen(db, seenNow);
      if (saidNow.size > 0) await writeSaid(db, saidNow);
    } catch (error) {
      for (const [id, at] of seenNow) if (!seen.has(id)) seen.set(id, at);
      for (const [id, beat] of saidNow) said.set(id, { ...beat, ...said.get(id) });
      throw error;
    }
  };
  const tick = async () => {
    const late = performance.now() - lastTick - everyMs;
    lastTick = performance.now();
    if (late > 3000) silenceCountsFrom = performance.now() + graceMs;
    try {
      await flush();
      if (performance.now() > silenceCountsFrom) await markLost(db, log);
    } catch (err) {
      silenceCountsFrom = performance.now() + graceMs;
      log.warn({ err }, 'heartbeats could not be written; they are kept');
    }
  };
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = tick().finally(() => (busy = false));
  }, everyMs);

  return {
    note(hostId, beat) {
      seen.set(hostId, performance.now());
      const short = `${beat.agentVersion} ${beat.bootId}`;
      if (beat.facts === undefined && beat.servers === undefined && written.get(hostId) === short) return;
      written.set(hostId, short);
      const before = said.get(hostId);
      said.set(hostId, {
        agentVersion: beat.agentVersion,
        bootId: beat.bootId,
        facts: beat.facts ?? before?.facts,
        servers: beat.servers ?? before?.servers,
      });
    },
    flush,
    async stop() {
      clearInterval(timer);
      await running;
      await flush();
    },
  };
}

async function writeSeen(db: Kysely<DB>, seen: ReadonlyMap<string, number>): Promise<void> {
  const now = performance.now();
  const ids = [...seen.keys()];
  const ages = [...seen.values()].map((at) => (now - at) / 1000);
  await db.transaction().execute(async (tx) => {
    // Locked in one order, so that two servers that heard the same hosts wait for one another instead of deadlocking.
    const back = await sql<{ id: string; name: string; org_id: string; was_seen: boolean }>`
      with heard as materialized (
        select h.id, h.connected, h.last_seen_at is not null as was_seen, v.age
        from unnest(${ids}::uuid[], ${ages}::float8[]) as v (id, age)
        join fleet.host h on h.id = v.id
        where h.phase <> 'removed'
        order by h.id for update of h)
      , written as (
        update fleet.host h set connected = true, last_seen_at = clock_timestamp() - make_interval(secs => heard.age)
        from heard where h.id = heard.id
        returning h.id, h.name, h.org_id, heard.connected, heard.was_seen)
      select id, name, org_id, was_seen from written where not connected`.execute(tx);
    for (const host of back.rows) {
      if (!host.was_seen) continue;
      await stateFact(systemContext(tx, host.org_id), 'fleet.host-back', host.id, { name: host.name });
      await noteHost(tx, host, 'info', incidentText.back);
    }
  });
}

async function writeSaid(db: Kysely<DB>, said: ReadonlyMap<string, Beat>): Promise<void> {
  const beats = [...said.entries()];
  const text = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  // Locked in the order of writeSeen.
  await sql`
    with v as materialized (
      select h.id, v.agent_version, v.boot_id, v.facts, v.servers
      from unnest(${beats.map(([id]) => id)}::uuid[], ${beats.map(([, b]) => b.agentVersion)}::text[],
                  ${beats.map(([, b]) => b.bootId)}::text[], ${beats.map(([, b]) => text(b.facts))}::text[],
                  ${beats.map(([, b]) => text(b.servers))}::text[]) as v (id, agent_version, boot_id, facts, servers)
      join fleet.host h on h.id = v.id
      where h.phase <> 'removed'
      order by h.id for update of h)
    update fleet.host h
    set agent_version = v.agent_version,
        boot_id = v.boot_id,
        facts = coalesce(v.facts::jsonb, h.facts),
        facts_at = case when v.facts is null then h.facts_at else clock_timestamp() end,
        servers = coalesce(v.servers::jsonb, h.servers)
    from v where h.id = v.id`.execute(db);
}

async function markLost(db: Kysely<DB>, log: Log): Promise<void> {
  const lost = await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string; name: string; org_id: string; last_seen_at: Date }>`
      with silent as materialized (
        select id from fleet.host
        where connected and last_seen_at < now() - make_interval(secs => ${offlineAfterSeconds})
        order by id for update)
      update fleet.host h set connected = false
      from silent where h.id = silent.id
      returning h.id, h.name, h.org_id, h.last_seen_at`.execute(tx);
    for (const host of rows) {
      await stateFact(systemContext(tx, host.org_id), 'fleet.host-lost', host.id, {
        name: host.name,
        lastSeenAt: host.last_seen_at.toISOString(),
      });
      await noteHost(tx, host, 'warning', incidentText.silent, host.last_seen_at);
    }
    return rows;
  });
  for (const host of lost) log.warn({ host: host.name, hostId: host.id }, 'a host fell silent');
}
