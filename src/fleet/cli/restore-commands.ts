// Over 300 lines: the verbs of restores, drills and the card, which are used together, each a few lines.
import { writeFile } from 'node:fs/promises';
import { cliRestoreText } from '#src/fleet/contract/cli-restores.text.ts';
import { Started } from '#src/fleet/contract/clusters.ts';
import { ClusterDrills, DrillPlan, DrillStarted } from '#src/fleet/contract/drills.ts';
import { Restore, RestorePreview, RestoreStarted, RestoreWindow } from '#src/fleet/contract/restores.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { type Api, segment } from '#src/platform/cli/api.ts';
import { confirmLoss } from '#src/platform/cli/ask.ts';
import { type Call, defineCommand } from '#src/platform/cli/command.ts';
import { exitCode } from '#src/platform/cli/exit-code.ts';
import { CliFailure, usageFailure } from '#src/platform/cli/failure.ts';
import { momentOf, sizeOf } from '#src/platform/cli/format.ts';
import { endStarted } from '#src/platform/cli/started.ts';
import type { Cluster } from '#src/fleet/contract/clusters.ts';
import { z } from 'zod';
import { endOnCluster } from './cluster-commands.ts';
import { clusterArgument, clusterPath, findCluster } from './find-cluster.ts';
import { findHostId } from './find-host.ts';

const targetOptions = {
  at: { type: 'string', value: 'moment', title: cliRestoreText.optionAt },
  backup: { type: 'string', value: 'label', title: cliRestoreText.optionBackup },
  preview: { type: 'boolean', title: cliRestoreText.optionDry },
} as const;
const hostOption = {
  type: 'string',
  value: 'host',
  title: cliRestoreText.optionHost,
  completes: 'host list',
} as const;

type TargetWish = { at: string | undefined; backup: string | undefined; preview: boolean };

const targetOf = ({ at, backup }: TargetWish) => ({
  ...(at === undefined ? {} : { at }),
  ...(backup === undefined ? {} : { backup }),
});

type Place = Record<string, unknown> & { kind: string };

/** Shows what a restore would do, or begins it and says how it goes. */
async function restore<Any>(
  call: Call<Any, TargetWish>,
  api: Api,
  found: { cluster: Cluster; path: string },
  place: Place,
  name: string,
): Promise<void> {
  const { printer } = call;
  const wish = { target: targetOf(call.options), place };
  if (call.options.preview) {
    const answer = await api.post(`${found.path}/restore-preview`, wish);
    const preview = answer.as(RestorePreview);
    printer.show(answer, RestorePreview, {
      quiet: ({ backup }) => (backup === null ? [] : [backup]),
      people(one) {
        if (one.refusal) {
          printer.warn(one.refusal);
          if (one.nearest) printer.note(cliRestoreText.nearest(one.nearest));
          return;
        }
        printer.facts([
          [cliRestoreText.backup, one.backup ?? '-'],
          [cliRestoreText.repository, one.repositoryName ?? '-'],
          [cliRestoreText.at, one.at ?? '-'],
          [
            cliRestoreText.wal,
            printer.say(
              cliRestoreText.walRange(one.firstWal ?? '-', one.lastWal ?? '-', one.walSegments ?? 0),
            ),
          ],
          [cliRestoreText.estimate, printer.say(cliRestoreText.secondsAbout(one.estimatedSeconds ?? 0))],
          [cliRestoreText.needs, sizeOf(one.needsBytes)],
          [cliRestoreText.host, one.hosts.map((h) => `${h.hostName}: ${printer.say(h.what)}`)],
        ]);
        for (const warning of one.warnings) printer.warn(warning);
      },
    });
    if (preview.refusal) throw new CliFailure(exitCode.failed, preview.refusal);
    return;
  }
  const isInPlace = place.kind === 'in-place';
  if (isInPlace) await confirmLoss(call, cliRestoreText.willRestore(name), found.cluster.name);
  const answer = await api.post(`${found.path}/restores`, {
    ...wish,
    ...(isInPlace ? { confirm: found.cluster.name } : {}),
  });
  const { operationId } = answer.as(RestoreStarted);
  await endStarted(call, api, answer, {
    operationId,
    begun: cliRestoreText.begun(name),
    done: cliRestoreText.done(name),
  });
}

/** Commands that bring data back, prove that it can be, and print how. */
export const restoreCommands = [
  defineCommand('restore window', {
    summary: cliRestoreText.window,
    arguments: [clusterArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).get(`${clusterPath(given.cluster)}/restore-window`);
      printer.show(answer, RestoreWindow, {
        quiet: ({ ranges }) => ranges.map(({ from, to }) => `${from} ${to}`),
        people({ ranges, gaps }) {
          printer.table(
            [
              { title: cliRestoreText.from, value: ({ from }) => from },
              { title: cliRestoreText.to, value: ({ to }) => to },
              { title: cliRestoreText.repository, value: ({ repositoryName }) => repositoryName },
              { title: cliRestoreText.timeline, align: 'right', value: ({ timeline }) => String(timeline) },
              {
                title: cliRestoreText.backups,
                align: 'right',
                value: ({ backups }) => String(backups.length),
              },
            ],
            ranges,
            cliRestoreText.noWindow,
          );
          for (const gap of gaps)
            printer.warn(cliRestoreText.gap(gap.from, gap.to, gap.missingFrom, gap.missingTo));
        },
      });
    },
  }),

  defineCommand('restore list', {
    summary: cliRestoreText.list,
    arguments: [clusterArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).get(`${clusterPath(given.cluster)}/restores`);
      printer.show(answer, z.array(Restore), {
        quiet: (rows) => rows.map(({ id }) => id),
        people(rows) {
          printer.table(
            [
              { title: cliRestoreText.id, value: ({ id }) => id },
              { title: cliRestoreText.kind, value: ({ kind }) => kind },
              { title: cliRestoreText.state, value: ({ state }) => state },
              { title: cliRestoreText.at, value: ({ at }) => at ?? '-' },
              { title: cliRestoreText.backup, value: ({ backup }) => backup },
              { title: cliRestoreText.host, value: ({ hostName }) => hostName ?? '-' },
              { title: cliRestoreText.started, value: ({ createdAt }) => momentOf(createdAt) },
            ],
            rows,
            cliRestoreText.noRestores,
          );
        },
      });
    },
  }),

  defineCommand('restore in-place', {
    summary: cliRestoreText.inPlace,
    arguments: [clusterArgument],
    options: targetOptions,
    waits: true,
    destroys: true,
    async run(call) {
      const api = await call.api();
      const found = await findCluster(api, call.arguments.cluster);
      await restore(call, api, found, { kind: 'in-place' }, found.cluster.name);
    },
  }),

  defineCommand('restore to-cluster', {
    summary: cliRestoreText.toCluster,
    arguments: [clusterArgument, { name: 'name', title: cliRestoreText.newName }],
    options: { ...targetOptions, host: { ...hostOption, multiple: true } },
    waits: true,
    async run(call) {
      const api = await call.api();
      const found = await findCluster(api, call.arguments.cluster);
      const hostIds: string[] = [];
      for (const host of call.options.host) hostIds.push(await findHostId(api, host));
      const { name } = call.arguments;
      const cluster = { name, ...(hostIds.length > 0 ? { hostIds } : { members: 1 }) };
      await restore(call, api, found, { kind: 'new-cluster', cluster }, name);
    },
  }),

  defineCommand('restore to-scratch', {
    summary: cliRestoreText.toScratch,
    arguments: [
      clusterArgument,
      { name: 'host', title: cliRestoreText.hostArgument, completes: 'host list' },
    ],
    options: {
      ...targetOptions,
      hours: { type: 'number', value: 'number', title: cliRestoreText.optionHours },
    },
    waits: true,
    async run(call) {
      const api = await call.api();
      const found = await findCluster(api, call.arguments.cluster);
      const hostId = await findHostId(api, call.arguments.host);
      const { hours } = call.options;
      const place = { kind: 'scratch', hostId, ...(hours === undefined ? {} : { hours }) };
      await restore(call, api, found, place, found.cluster.name);
    },
  }),

  defineCommand('restore clean', {
    summary: cliRestoreText.clean,
    arguments: [{ name: 'restore', title: cliRestoreText.restore }],
    waits: true,
    destroys: true,
    async run(call) {
      const api = await call.api();
      const id = call.arguments.restore;
      await confirmLoss(call, cliRestoreText.willClean, id);
      const answer = await api.post(`/api/fleet/restores/${segment(id)}/clean`);
      await endStarted(call, api, answer, {
        operationId: answer.as(Started).operationId,
        begun: cliRestoreText.cleaning,
        done: cliRestoreText.cleaned,
      });
    },
  }),

  defineCommand('drill run', {
    summary: cliRestoreText.drillRun,
    arguments: [clusterArgument],
    options: { at: targetOptions.at, on: hostOption },
    waits: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const { at, on } = call.options;
      const answer = await api.post(`${path}/drills`, {
        ...(at === undefined ? {} : { at }),
        ...(on === undefined ? {} : { hostId: await findHostId(api, on) }),
      });
      const { id, operationId } = answer.as(DrillStarted);
      await endStarted(call, api, answer, {
        operationId,
        begun: cliRestoreText.drillBegun(cluster.name),
        done: cliRestoreText.drillDone(cluster.name),
        quiet: id,
        resultPath: `/api/fleet/drills/${id}`,
      });
    },
  }),

  defineCommand('drill list', {
    summary: cliRestoreText.drillList,
    arguments: [clusterArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).get(`${clusterPath(given.cluster)}/drills`);
      const figure = (value: number | null) => (value === null ? '-' : value.toFixed(1));
      printer.show(answer, ClusterDrills, {
        quiet: ({ drills }) => drills.map(({ id }) => id),
        people({ drills }) {
          printer.table(
            [
              { title: cliRestoreText.id, value: ({ id }) => id },
              {
                title: cliRestoreText.state,
                value: ({ state }) => state,
                tone: ({ state }) => (state === 'backup-bad' ? 'bad' : undefined),
              },
              { title: cliRestoreText.at, value: ({ at }) => at ?? '-' },
              { title: cliRestoreText.host, value: ({ hostName }) => hostName },
              {
                title: cliRestoreText.recovery,
                align: 'right',
                value: ({ recoverySeconds }) => figure(recoverySeconds),
              },
              { title: cliRestoreText.loss, align: 'right', value: ({ lossSeconds }) => figure(lossSeconds) },
              { title: cliRestoreText.started, value: ({ createdAt }) => momentOf(createdAt) },
            ],
            drills,
            cliRestoreText.noDrills,
          );
          for (const { reason } of drills.slice(0, 1)) if (reason) printer.warn(reason);
        },
      });
    },
  }),

  defineCommand('restore take', {
    summary: restoreText.takeTitle,
    arguments: [{ name: 'restore', title: cliRestoreText.id }],
    options: {
      from: { type: 'string', value: 'database', title: cliRestoreText.optionTakeFrom },
      table: { type: 'string', value: 'table', title: cliRestoreText.optionTakeTable },
      into: { type: 'string', value: 'name', title: cliRestoreText.optionTakeInto },
    },
    waits: true,
    examples: ['elepherd restore take 6f1c… --from app --table orders --wait'],
    async run(call) {
      const { from, table, into } = call.options;
      if (from === undefined) throw usageFailure(cliRestoreText.needsFrom);
      const api = await call.api();
      const answer = await api.post(`/api/fleet/restores/${segment(call.arguments.restore)}/take`, {
        database: from,
        ...(table === undefined ? {} : { table }),
        ...(into === undefined ? {} : { into }),
      });
      const name = into ?? `${from}_restored`;
      await endOnCluster(call, api, answer, {
        begun: cliRestoreText.takeBegun(name),
        done: restoreText.taken(name),
      });
    },
  }),

  defineCommand('drill plan', {
    summary: cliRestoreText.drillPlan,
    arguments: [clusterArgument],
    options: {
      hours: { type: 'number', value: 'number', title: cliRestoreText.optionEvery },
      on: hostOption,
    },
    async run({ api: open, arguments: given, options, printer }) {
      const api = await open();
      const { cluster, path } = await findCluster(api, given.cluster);
      const answer = await api.post(`${path}/drill-plan`, {
        intervalHours: options.hours ?? 168,
        hostId: options.on === undefined ? null : await findHostId(api, options.on),
      });
      printer.done(answer, cliRestoreText.planned(cluster.name, answer.as(DrillPlan).intervalHours));
    },
  }),

  defineCommand('drill unplan', {
    summary: cliRestoreText.drillUnplan,
    arguments: [clusterArgument],
    async run({ api: open, arguments: given, printer }) {
      const api = await open();
      const { cluster, path } = await findCluster(api, given.cluster);
      printer.done(await api.delete(`${path}/drill-plan`), cliRestoreText.unplanned(cluster.name));
    },
  }),

  defineCommand('drill evidence', {
    summary: cliRestoreText.drillEvidence,
    arguments: [
      { name: 'drill', title: cliRestoreText.drill },
      { name: 'file', title: cliRestoreText.optionOutput },
    ],
    async run({ api, arguments: given, printer }) {
      const form = /\.(pdf|html|json)$/.exec(given.file)?.[1];
      if (form === undefined) throw usageFailure(cliRestoreText.badEnding);
      const path = `/api/fleet/drills/${segment(given.drill)}/evidence${form === 'json' ? '' : `.${form}`}`;
      const query = form === 'json' ? {} : { lang: printer.locale };
      await writeFile(given.file, await (await api()).document(path, query));
      printer.note(cliRestoreText.saved(given.file));
    },
  }),

  defineCommand('recovery-card', {
    summary: cliRestoreText.card,
    arguments: [clusterArgument],
    options: { output: { type: 'string', value: 'file', title: cliRestoreText.optionCardFile } },
    async run({ api: open, arguments: given, options, printer }) {
      const api = await open();
      const page = await api.document(`${clusterPath(given.cluster)}/recovery-card`, {
        lang: printer.locale,
      });
      if (options.output === undefined) {
        printer.raw(new TextDecoder().decode(page));
        return;
      }
      await writeFile(options.output, page);
      printer.note(cliRestoreText.saved(options.output));
    },
  }),
];
