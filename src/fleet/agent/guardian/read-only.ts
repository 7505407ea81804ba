import { z } from 'zod';
import type { GuardianCause } from '#src/fleet/contract/guardian.ts';
import { runScript } from '../tasks/run-sql.ts';

/** Where a server is asked. */
export type Place = { pgVersion: number; port: number };

const ask = (place: Place, script: string, variables: Record<string, string> = {}) =>
  runScript({
    ...place,
    socketDirectory: '/var/run/postgresql',
    database: 'postgres',
    script,
    variables,
    timeoutSeconds: 10,
  });

export const Seen = z.object({
  is_primary: z.boolean(),
  /** Set by us and by nobody else, so that a person's own wish for read-only is left alone. */
  ours: z.boolean(),
  slots: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      active: z.boolean(),
      temporary: z.boolean(),
      status: z.string().nullable(),
      retained: z.number().nullable(),
    }),
  ),
  archive: z.object({ failing: z.boolean(), wal: z.string().nullable() }),
});
export type Seen = z.infer<typeof Seen>;

/** Asks for all of `Seen` at once. */
export const lookScript = `
select json_build_object(
  'is_primary', not pg_is_in_recovery(),
  'ours', coalesce(current_setting('elepherd.read_only_because', true), '') <> '',
  'slots', coalesce((select json_agg(json_build_object('name', slot_name, 'type', slot_type, 'active', active,
      'temporary', temporary, 'status', wal_status, 'retained', pg_wal_lsn_diff(
        case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, restart_lsn)))
    from pg_replication_slots), '[]'),
  'archive', (select json_build_object('wal', last_failed_wal, 'failing', current_setting('archive_mode') <> 'off'
      and last_failed_time is not null and last_failed_time > coalesce(last_archived_time, '-infinity'))
    from pg_stat_archiver)) as seen;`;

/** What a server says of what keeps its WAL; undefined when it does not answer. */
export async function lookAtServer(place: Place): Promise<Seen | undefined> {
  try {
    const { rows } = await ask(place, lookScript);
    return Seen.parse(JSON.parse(rows[0]?.['seen'] ?? ''));
  } catch {
    return undefined;
  }
}

/** A slot holds too much when its WAL is more than a tenth of the disk, or more than PostgreSQL itself still promises. */
const isOverLimit = (slot: Seen['slots'][number], sizeBytes: number) =>
  (slot.retained ?? 0) > sizeBytes / 10 || slot.status === 'unreserved';

/** What keeps WAL here, the worst first. Slots without a reader count from 64 MB on: a reader may be away for a moment. */
export function causesOf(seen: Seen, sizeBytes: number): GuardianCause[] {
  const slots = seen.slots.flatMap((slot): GuardianCause[] => {
    const of = {
      name: slot.name.slice(0, 120),
      logical: slot.type === 'logical',
      retainedBytes: slot.retained,
    };
    if (isOverLimit(slot, sizeBytes)) return [{ kind: 'slot-over-limit', ...of }];
    return !slot.active && (slot.retained ?? 0) > 64e6 ? [{ kind: 'inactive-slot', ...of }] : [];
  });
  slots.sort((a, b) => (b.retainedBytes ?? 0) - (a.retainedBytes ?? 0));
  const archive: GuardianCause[] = seen.archive.failing
    ? [
        {
          kind: 'archive-failing',
          name: (seen.archive.wal ?? '?').slice(0, 120),
          logical: false,
          retainedBytes: null,
        },
      ]
    : [];
  return [...archive, ...slots].slice(0, 40);
}

/** Slots that may go when room runs out and the settings allow it: logical, without a reader, over the limit. */
export const droppable = (seen: Seen, sizeBytes: number) =>
  seen.is_primary
    ? seen.slots.filter(
        (slot) => slot.type === 'logical' && !slot.active && !slot.temporary && isOverLimit(slot, sizeBytes),
      )
    : [];

/** Drops one slot, unless it found a reader meanwhile. */
export async function dropSlot(place: Place, name: string): Promise<void> {
  await ask(
    place,
    `select pg_drop_replication_slot(slot_name) from pg_replication_slots
     where slot_name = :'slot' and slot_type = 'logical' and not active;`,
    { slot: name },
  );
}

/**
 * Makes new transactions read-only, and says why where a client can ask: `show elepherd.read_only_because`. The superuser keeps
 * writing, to make room; it is all undone by `allowWrites`.
 */
export async function stopWrites(place: Place, because: string): Promise<void> {
  await ask(
    place,
    `set default_transaction_read_only = off;
     -- Older servers let nobody store a name they have never heard.
     set elepherd.read_only_because = '';
     alter system set elepherd.read_only_because = :'because';
     alter system set default_transaction_read_only = on;
     select pg_reload_conf();
     alter role postgres set default_transaction_read_only = off;
     select set_config('elepherd.said', :'because', false);
     do $$ begin raise log 'elepherd: %', current_setting('elepherd.said'); end $$;`,
    { because },
  );
}

/** Takes back what `stopWrites` did. */
export async function allowWrites(place: Place): Promise<void> {
  await ask(
    place,
    `set default_transaction_read_only = off;
     set elepherd.read_only_because = '';
     alter system reset default_transaction_read_only;
     alter system reset elepherd.read_only_because;
     select pg_reload_conf();
     do $$ begin
       if not pg_is_in_recovery() then execute 'alter role postgres reset default_transaction_read_only'; end if;
       raise log 'elepherd: room enough again, writes are taken';
     end $$;`,
  );
}

/**
 * Ends what was writing before writes were stopped: such a transaction keeps its right to write, and one of them can fill
 * what is left. First its statement is cancelled; with `firmly` its connection ends.
 */
export async function endWriters(place: Place, since: string, firmly: boolean): Promise<void> {
  await ask(
    place,
    `select ${firmly ? 'pg_terminate_backend' : 'pg_cancel_backend'}(a.pid) from pg_stat_activity a
     join pg_roles r on r.oid = a.usesysid
     where a.backend_type = 'client backend' and a.backend_xid is not null and not r.rolsuper
       and a.xact_start < :'since'::timestamptz;`,
    { since },
  );
}
