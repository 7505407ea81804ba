import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { sql, type Kysely } from 'kysely';
import { batchBytesAtMost, MetricsBatch } from '#src/fleet/contract/metrics.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { DB } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { metricsText } from '#src/fleet/contract/metrics.text.ts';
import { forceLabels, linesAtMost, serverLine, serverTime, type ForcedLabels } from './lines.rules.ts';
import { findHostLabels } from './queries.ts';

const labelsMs = 15_000;

type Known = { orgId: string; own: ForcedLabels; scopes: Map<string, ForcedLabels> };

/** Takes what agents measured to the store, under labels that only the server sets. Refuses while the store is away: the agent keeps its batch. */
export function takeMetrics(
  db: Kysely<DB>,
): (hostId: string, sentAtMs: number, gzipped: Uint8Array) => Promise<{ keeps: boolean }> {
  const cache = new Map<string, { known: Known | undefined; until: number }>();
  const labelsFor = async (hostId: string) => {
    const entry = cache.get(hostId);
    if (entry && entry.until > Date.now()) return entry.known;
    const known = await findHostLabels(db, hostId);
    if (cache.size > 20_000) cache.clear();
    cache.set(hostId, { known, until: Date.now() + labelsMs });
    return known;
  };
  return async (hostId, sentAtMs, gzipped) => {
    const store = theMetricsStore();
    if (!store) return { keeps: false };
    const batch = await open(gzipped);
    const known = await labelsFor(hostId);
    if (!known) return { keeps: false };
    const nowMs = Date.now();
    const offset = (sentAtMs - nowMs) / 1000;
    const lines = [serverLine('elepherd_host_clock_offset_seconds', known.own, offset, nowMs)];
    for (const { scope, text, atMs } of batch.groups) {
      // A scope that is no member here is a cluster that was just removed, or somebody else's.
      const labels = scope === null ? known.own : known.scopes.get(scope);
      if (!labels || lines.length > linesAtMost) continue;
      for (const line of forceLabels(text, labels, serverTime(atMs, sentAtMs, nowMs))) lines.push(line);
    }
    await store.write(`${lines.slice(0, linesAtMost).join('\n')}\n`).catch((cause: unknown) => {
      throw new AppError('unavailable', metricsText.storeAway, { cause });
    });
    if (batch.texts.length > 0) await keepTexts(db, known.orgId, batch.texts);
    return { keeps: true };
  };
}

async function open(gzipped: Uint8Array): Promise<MetricsBatch> {
  try {
    const text = await promisify(gunzip)(gzipped, { maxOutputLength: batchBytesAtMost });
    return MetricsBatch.parse(JSON.parse(text.toString('utf8')));
  } catch (cause) {
    throw new AppError('invalid', platformText.notJson, { cause });
  }
}

async function keepTexts(db: Kysely<DB>, orgId: string, texts: MetricsBatch['texts']): Promise<void> {
  // In one order, so that two hosts that tell the same wait for one another instead of deadlocking.
  const sorted = texts.toSorted((a, b) => (a.queryId < b.queryId ? -1 : 1));
  await sql`
    insert into fleet.query_text (org_id, query_id, text)
    select distinct on (v.query_id) ${orgId}::uuid, v.query_id, v.text
    from unnest(${sorted.map((t) => t.queryId)}::text[], ${sorted.map((t) => t.text.replaceAll('\u0000', ''))}::text[]) as v (query_id, text)
    order by v.query_id
    on conflict (org_id, query_id) do update set seen_at = now()
      where fleet.query_text.seen_at < now() - interval '1 day'`.execute(db);
}
