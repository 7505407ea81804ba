import { sql } from 'kysely';
import { HostFacts } from '#src/fleet/contract/hosts.ts';
import {
  emptyTemplate,
  type LimitsEnforced,
  type MadeSandbox,
  type Sandbox,
  type SandboxLimits,
  type SandboxOffer,
  type SandboxQuota,
  type SandboxStorage,
  type SandboxTemplate,
} from '#src/fleet/contract/sandboxes.ts';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import type { TaskInput } from '#src/fleet/contract/tasks.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Page, PageQuery } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readTimeCursor, writeCursor } from '#src/platform/server/pages.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { connectionOf, noTemplate, sandboxSeal, type SandboxHost } from './rules.ts';

/** What is sealed of a sandbox. */
export type SandboxSecrets = {
  password: string;
  verifier: string;
  tls: { certificate: string; privateKey: string } | null;
};

/** How a template is to be made, as a sandbox was wished with it. */
export type TemplateOrder = { initSql: string; extensions: string[] };

/** True for a sandbox that takes up room: its host ends it at that very moment, whatever the row says. */
export const isLive = sql<boolean>`s.state in ('making', 'ready') and s.expires_at > now()`;

const sandboxRows = (ctx: Context) =>
  ctx.db
    .selectFrom('fleet.sandbox as s')
    .innerJoin('fleet.host as h', 'h.id', 's.host_id')
    .selectAll('s')
    .select(['h.name as host_name', sql<boolean>`s.expires_at <= now()`.as('is_over')])
    .where('s.org_id', '=', ctx.actor.orgId);
type Row = Awaited<ReturnType<ReturnType<typeof sandboxRows>['execute']>>[number];

async function present(ctx: Context, rows: readonly Row[]): Promise<Sandbox[]> {
  if (rows.length === 0) return [];
  const operations = await ctx.db
    .selectFrom('platform.operation')
    .distinctOn('subject_id')
    .select(['id', 'subject_id', 'state', 'reason'])
    .where(
      'subject_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('subject_id')
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => {
    const operation = operations.find((one) => one.subject_id === row.id);
    const isUnderWay = row.state === 'making' || row.state === 'ready';
    const hasFailed = row.state === 'making' && operation?.state === 'failed';
    return {
      id: row.id,
      state: isUnderWay && row.is_over ? 'expired' : hasFailed ? 'failed' : row.state,
      pgVersion: row.pg_version,
      template: row.template,
      memoryBacked: row.memory_backed,
      purpose: row.purpose,
      host: { id: row.host_id, name: row.host_name },
      limits: row.limits as unknown as SandboxLimits,
      limitsEnforced: row.limits_enforced as unknown as LimitsEnforced | null,
      storage: row.storage as SandboxStorage | null,
      address: row.port === null ? null : (row.address ?? '127.0.0.1'),
      port: row.port,
      tls: row.authority !== null,
      madeBy: row.made_by_name,
      isMine: isMine(ctx, row),
      readyMs: row.ready_ms,
      reason: (row.reason ?? (hasFailed ? operation.reason : null)) as Text | null,
      operationId: operation?.id ?? null,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
    };
  });
}

/** Work of the house itself (a lesson, an exam) passes the password on to whom it is for. */
const isMine = (ctx: Context, row: Row) =>
  ctx.actor.kind === 'system' || (row.made_by !== null && row.made_by === ctx.actor.id);

/** Sandboxes of the organisation, newest first; only those that live unless `ended` is wished. */
export async function listSandboxes(
  ctx: Context,
  query: PageQuery & { ended?: boolean },
): Promise<Page<Sandbox>> {
  const after = readTimeCursor(query.cursor);
  const rows = await sandboxRows(ctx)
    .select(sql<string>`s.created_at::text`.as('created_text'))
    .$if(query.ended !== true, (qb) => qb.where(isLive))
    .$if(after !== undefined, (qb) =>
      qb.where(sql<boolean>`(s.created_at, s.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('s.created_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: await present(ctx, kept),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.created_text, last.id]) : null,
  };
}

/** One sandbox of the organisation; its maker is also told how to get in, once it is ready. */
export async function getSandbox(ctx: Context, id: string): Promise<MadeSandbox> {
  const row = await sandboxRows(ctx).where('s.id', '=', id).executeTakeFirst();
  const [sandbox] = row ? await present(ctx, [row]) : [];
  if (!row || !sandbox) throw new AppError('not_found', sandboxText.noSuchSandbox);
  const mayEnter = sandbox.isMine && sandbox.state === 'ready' && row.secrets !== null && row.port !== null;
  if (!mayEnter) return { ...sandbox, connection: null };
  const { password } = openSecrets(id, row.secrets!);
  return {
    ...sandbox,
    connection: connectionOf({ address: row.address, port: row.port!, password, authority: row.authority }),
  };
}

function openSecrets(id: string, sealed: Uint8Array): SandboxSecrets {
  return JSON.parse(theVault().open(sealed, sandboxSeal(id)).toString('utf8')) as SandboxSecrets;
}

/** What the host of a sandbox is asked to start, and to make first if it has to; undefined for one that is being made no more. */
export async function findStartOrder(db: Db, id: string) {
  const row = await db
    .selectFrom('fleet.sandbox')
    .selectAll()
    .select(sql<boolean>`expires_at <= now()`.as('is_over'))
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row || row.state !== 'making' || row.is_over || !row.secrets) return undefined;
  const secrets = openSecrets(id, row.secrets);
  const template = { name: row.template, digest: row.template_digest };
  const { initSql, extensions } = row.template_order as TemplateOrder;
  return {
    hostId: row.host_id,
    pgVersion: row.pg_version,
    start: {
      id,
      pgVersion: row.pg_version,
      template,
      memoryBacked: row.memory_backed,
      address: row.address,
      passwordVerifier: secrets.verifier,
      tls: secrets.tls,
      limits: row.limits as unknown as SandboxLimits,
      expiresAt: row.expires_at.toISOString(),
    } satisfies TaskInput<'start-sandbox'>,
    prepare: {
      pgVersion: row.pg_version,
      template,
      initSql,
      extensions: extensions as TaskInput<'prepare-sandbox-template'>['extensions'],
    } satisfies TaskInput<'prepare-sandbox-template'>,
  };
}

/** Hosts of the organisation that can take sandboxes now, with what they carry. */
export async function listSandboxHosts(ctx: Context): Promise<SandboxHost[]> {
  const rows = await ctx.db
    .selectFrom('fleet.host as h')
    .leftJoin('fleet.sandbox as s', (join) => join.onRef('s.host_id', '=', 'h.id').on(isLive))
    .select((eb) => [
      'h.id',
      'h.name',
      'h.address',
      'h.facts',
      eb.fn.count<number>('s.id').as('sandboxes'),
      sql<number>`coalesce(sum(s.memory_mb), 0)::int8`.as('memoryMb'),
      sql<number>`coalesce(sum(s.disk_mb), 0)::int8`.as('diskMb'),
    ])
    .where('h.org_id', '=', ctx.actor.orgId)
    .where('h.phase', '=', 'active')
    .where('h.connected', '=', true)
    .groupBy('h.id')
    .orderBy('h.name')
    .execute();
  return rows.flatMap((row) => {
    const facts = HostFacts.safeParse(row.facts);
    if (!facts.success) return [];
    const { data } = facts;
    const mebibyte = 1024 ** 2;
    const disks = data.disks
      .filter((disk) => '/var/lib/elepherd-agent'.startsWith(disk.mount))
      .sort((a, b) => b.mount.length - a.mount.length);
    return [
      {
        id: row.id,
        name: row.name,
        address: row.address,
        memoryMb: data.memoryBytes / mebibyte,
        diskFreeMb: (disks[0]?.freeBytes ?? 0) / mebibyte,
        installed: data.postgresInstalled.map((one) => one.major),
        // Without root nothing can be installed.
        offered: data.root ? data.postgresOffered.map((one) => one.major) : [],
        used: { sandboxes: row.sandboxes, memoryMb: row.memoryMb, diskMb: row.diskMb },
      },
    ];
  });
}

/** Majors that hosts of the organisation have now, each with the newest version there is of it. */
export async function listInstalledPostgres(ctx: Context): Promise<{ major: number; version: string }[]> {
  const { rows } = await sql<{ major: number; version: string }>`
    select distinct on (major) (one->>'major')::int as major, one->>'version' as version
    from fleet.host h, jsonb_array_elements(h.facts->'postgresInstalled') one
    where h.org_id = ${ctx.actor.orgId} and h.phase = 'active' and h.connected
    order by major, string_to_array(substring(one->>'version' from '^[0-9.]+'), '.')::int[] desc nulls last`.execute(
    ctx.db,
  );
  return rows;
}

const quotaDefaults = { sandboxes: 20, memoryMb: 8192, diskMb: 40_960, minutes: 1440 };

/** What the organisation may hold and holds. */
export async function getQuota(ctx: Context): Promise<SandboxQuota> {
  const row = await ctx.db
    .selectFrom('fleet.sandbox_quota')
    .select(['sandboxes', 'memory_mb as memoryMb', 'disk_mb as diskMb', 'minutes'])
    .where('org_id', '=', ctx.actor.orgId)
    .executeTakeFirst();
  const used = await ctx.db
    .selectFrom('fleet.sandbox as s')
    .select([
      sql<number>`count(*)::int8`.as('sandboxes'),
      sql<number>`coalesce(sum(s.memory_mb), 0)::int8`.as('memoryMb'),
      sql<number>`coalesce(sum(s.disk_mb), 0)::int8`.as('diskMb'),
    ])
    .where('s.org_id', '=', ctx.actor.orgId)
    .where(isLive)
    .executeTakeFirstOrThrow();
  return { ...(row ?? quotaDefaults), used };
}

/** What can be chosen when a sandbox is made. */
export async function getOffer(ctx: Context): Promise<SandboxOffer> {
  const [hosts, templates, quota] = [
    await listSandboxHosts(ctx),
    await listTemplates(ctx),
    await getQuota(ctx),
  ];
  const installed = new Set(hosts.flatMap((host) => host.installed));
  const majors = [...new Set([...installed, ...hosts.flatMap((host) => host.offered)])].sort((a, b) => b - a);
  return {
    versions: majors.map((major) => ({ major, installed: installed.has(major) })),
    templates: [emptyTemplate, ...templates.map((one) => one.name)],
    quota,
  };
}

/** Templates of the organisation by name. */
export async function listTemplates(ctx: Context): Promise<SandboxTemplate[]> {
  const rows = await ctx.db
    .selectFrom('fleet.sandbox_template')
    .select([
      'id',
      'name',
      'extensions',
      'created_at',
      sql<number>`octet_length(init_sql)`.as('initSqlBytes'),
    ])
    .where('org_id', '=', ctx.actor.orgId)
    .orderBy('name')
    .limit(1000)
    .execute();
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at.toISOString() }));
}

/** What a template of the organisation is made of; refuses a name it does not have. */
export async function getTemplateOrder(
  ctx: Context,
  name: string,
): Promise<TemplateOrder & { name: string; digest: string }> {
  if (name === emptyTemplate) return noTemplate;
  const row = await ctx.db
    .selectFrom('fleet.sandbox_template')
    .select(['name', 'digest', 'init_sql as initSql', 'extensions'])
    .where('org_id', '=', ctx.actor.orgId)
    .where('name', '=', name)
    .executeTakeFirst();
  if (!row) throw new AppError('conflict', sandboxText.noSuchTemplate(name));
  return row;
}
