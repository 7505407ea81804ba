import type { Cluster } from '#src/fleet/contract/clusters.ts';
import type { HostFacts } from '#src/fleet/contract/hosts.ts';
import {
  RestorePlace,
  type RestorePreview,
  type RestorePreviewWish,
  type RestoreTarget,
} from '#src/fleet/contract/restores.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { previewCluster } from '#src/fleet/server/clusters/queries.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getKnown, type Known } from './queries.ts';
import { refusalWords } from './rules.ts';
import { chooseBackup, estimateRestore, type Choice, type Refusal } from './window.rules.ts';

/** What a target comes to: a backup and what follows from it, or why not. `at` is null for the end of a backup and for the newest. */
export type Plan = { known: Known; at: Date | null; isNewest: boolean } & (
  | {
      choice: Choice & ReturnType<typeof estimateRestore> & { repositoryId: string; repositoryName: string };
      refusal: null;
    }
  | { choice: null; refusal: Refusal }
);

/** Finds the way to a target; refuses a repository that the cluster does not back up to. */
export function planRestore(known: Known, target: RestoreTarget): Plan {
  const repository = known.repositories.find((r) => r.id === target.repositoryId);
  if (target.repositoryId !== undefined && !repository)
    throw new AppError('invalid', restoreText.notItsRepository);
  const named = known.backups.find((b) => b.label === target.backup);
  const wished = target.at === undefined ? null : new Date(target.at);
  const isNewest = wished === null && target.backup === undefined;
  const moment = wished ?? named?.stoppedAt;
  const choice = chooseBackup(known, {
    ...(moment ? { at: moment } : {}),
    ...(target.backup === undefined ? {} : { label: target.backup }),
    ...(repository ? { repo: repository.position } : {}),
  });
  if ('why' in choice) return { known, at: wished, isNewest, choice: null, refusal: choice };
  // The very end of a backup is reached by itself; as a moment it would want a commit after it, which may never have been.
  const isItsEnd = wished?.getTime() === choice.backup.stoppedAt.getTime();
  const at = isItsEnd ? null : wished;
  // Without a moment nothing is replayed beyond what the backup itself needs.
  const chosen = at === null && !isNewest ? { ...choice, lastWal: choice.backup.stopWal } : choice;
  const from = known.repositories.find((r) => r.position === chosen.backup.repo)!;
  return {
    known,
    at,
    isNewest,
    choice: {
      ...chosen,
      ...estimateRestore(chosen, known.speeds),
      repositoryId: from.id,
      repositoryName: from.name,
    },
    refusal: null,
  };
}

type Touched = { hostId: string; hostName: string; what: Text; getsData: boolean };

/** Hosts a restore touches; the first gets the data. Refuses a place that is not there. */
async function hostsTouched(ctx: Context, cluster: Cluster, place: RestorePlace): Promise<Touched[]> {
  if (place.kind === 'in-place') {
    const servers = cluster.members.filter((m) => m.kind === 'server');
    const chosen = memberToRestore(cluster, place.memberId);
    return [chosen, ...servers.filter((m) => m !== chosen)].map((m) => ({
      hostId: m.hostId,
      hostName: m.hostName,
      what: m === chosen ? restoreText.getsDataFirst : restoreText.copiedAgain,
      getsData: m === chosen,
    }));
  }
  if (place.kind === 'scratch') {
    const host = await ctx.db
      .selectFrom('fleet.host')
      .select(['id', 'name'])
      .where('id', '=', place.hostId)
      .where('org_id', '=', ctx.actor.orgId)
      .where('phase', '<>', 'removed')
      .executeTakeFirst();
    if (!host) throw new AppError('not_found', restoreText.noSuchHost);
    return [{ hostId: host.id, hostName: host.name, what: restoreText.scratchServer, getsData: true }];
  }
  const { members } = await previewCluster(ctx, { ...place.cluster, pgVersion: cluster.pgVersion });
  return members.map((m, i) => ({
    hostId: m.hostId,
    hostName: m.hostName,
    what: i === 0 ? restoreText.newServer : restoreText.newReplica,
    getsData: i === 0,
  }));
}

/** The member whose host gets the data first: the wished one, or the primary, or the first. */
export function memberToRestore(cluster: Cluster, memberId: string | undefined) {
  const servers = cluster.members.filter((m) => m.kind === 'server');
  const chosen =
    memberId === undefined
      ? (servers.find((m) => m.role === 'primary') ?? servers[0])
      : servers.find((m) => m.id === memberId);
  if (!chosen) throw new AppError('not_found', upkeepText.noSuchMember);
  return chosen;
}

/** Bytes free where servers keep their data, as the host last said. */
export function freeBytesOf(facts: HostFacts | null): number | null {
  const mounts = (facts?.disks ?? []).filter((d) => '/var/lib/postgresql'.startsWith(d.mount));
  return mounts.toSorted((a, b) => b.mount.length - a.mount.length)[0]?.freeBytes ?? null;
}

/** What a restore would do: the backup, the way, the time it takes, the room it needs. Touches nothing. */
export async function previewRestore(
  ctx: Context,
  idOrName: string,
  wish: RestorePreviewWish,
): Promise<RestorePreview> {
  const { cluster, known } = await getKnown(ctx, idOrName);
  const plan = planRestore(known, wish.target ?? {});
  const place = RestorePlace.parse(wish.place);
  const touched = await hostsTouched(ctx, cluster, place);
  const rows = touched.length
    ? await ctx.db
        .selectFrom('fleet.host')
        .select(['id', 'facts'])
        .where(
          'id',
          'in',
          touched.map((t) => t.hostId),
        )
        .execute()
    : [];
  const hosts = touched.map((t) => ({
    hostName: t.hostName,
    what: t.what,
    freeBytes: freeBytesOf(
      (rows.find((r) => r.id === t.hostId)?.facts ?? null) as unknown as HostFacts | null,
    ),
  }));
  const { choice } = plan;
  return {
    possible: choice !== null,
    refusal: plan.refusal && refusalWords(plan.refusal),
    nearest: plan.refusal?.nearest?.toISOString() ?? null,
    at: plan.at?.toISOString() ?? null,
    backup: choice?.backup.label ?? null,
    backupEndedAt: choice?.backup.stoppedAt.toISOString() ?? null,
    repositoryId: choice?.repositoryId ?? null,
    repositoryName: choice?.repositoryName ?? null,
    timeline: choice?.timeline ?? null,
    firstWal: choice?.firstWal ?? null,
    lastWal: choice?.lastWal ?? null,
    walSegments: choice?.walSegments ?? null,
    estimatedSeconds: choice?.seconds ?? null,
    measured: choice?.measured ?? false,
    needsBytes: choice?.needsBytes ?? null,
    hosts,
    warnings: choice ? warningsOf(choice, plan.at, place, hosts) : [],
  };
}

function warningsOf(
  choice: NonNullable<Plan['choice']>,
  at: Date | null,
  place: RestorePlace,
  hosts: RestorePreview['hosts'],
): Text[] {
  const tight = hosts.filter((h) => h.freeBytes !== null && h.freeBytes < choice.needsBytes);
  const inPlace = place.kind === 'in-place';
  return [
    ...(inPlace ? [restoreText.warnDowntime(choice.seconds)] : []),
    ...(inPlace && at ? [restoreText.warnLoses(at)] : []),
    ...(choice.timeline === null ? [] : [restoreText.warnAbandoned(choice.timeline)]),
    ...(choice.backup.hasErrors ? [restoreText.warnPageErrors] : []),
    ...(choice.measured ? [] : [restoreText.warnGuess]),
    ...tight.map((h) => restoreText.warnRoom(h.hostName, h.freeBytes ?? 0, choice.needsBytes)),
  ];
}
