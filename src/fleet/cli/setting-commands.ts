import { z } from 'zod';
import { cliClusterText } from '#src/fleet/contract/cli-clusters.text.ts';
import { SettingRow } from '#src/fleet/contract/clusters.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { usageFailure } from '#src/platform/cli/failure.ts';
import { endOnCluster, readAssignment } from './cluster-commands.ts';
import { clusterArgument, clusterPath, findCluster } from './find-cluster.ts';

const sources = {
  person: cliClusterText.byPerson,
  derived: cliClusterText.byDerived,
  default: cliClusterText.byDefault,
} as const;

/** Commands on the settings of a cluster's PostgreSQL. */
export const settingCommands = [
  defineCommand('cluster settings', {
    summary: cliClusterText.settings,
    arguments: [clusterArgument],
    options: { all: { type: 'boolean', title: cliClusterText.optionAll } },
    async run({ api, arguments: given, options, printer }) {
      const answer = await (await api()).get(`${clusterPath(given.cluster)}/settings`);
      printer.show(answer, z.array(SettingRow), {
        quiet: (rows) => rows.map(({ name, value }) => `${name}=${value}`),
        people(rows) {
          const shown = rows.filter(
            ({ source, needsRestart }) => options.all || source !== 'default' || needsRestart,
          );
          printer.table(
            [
              { title: cliClusterText.name, value: ({ name }) => name },
              { title: cliClusterText.value, value: ({ value }) => value },
              { title: cliClusterText.runningValue, value: ({ running }) => running ?? '-' },
              { title: cliClusterText.source, value: ({ source }) => printer.say(sources[source]) },
              {
                title: cliClusterText.mark,
                value: ({ needsRestart }) => (needsRestart ? printer.say(cliClusterText.restartNeeded) : ''),
                tone: () => 'warning',
              },
              {
                title: cliClusterText.why,
                value: ({ reason, description }) => (reason === null ? description : printer.say(reason)),
              },
            ],
            shown,
            cliClusterText.noneHere,
          );
        },
      });
    },
  }),

  defineCommand('cluster set', {
    summary: cliClusterText.set,
    arguments: [
      clusterArgument,
      { name: 'settings', title: cliClusterText.assignments, rest: true, optional: true },
    ],
    options: {
      reset: { type: 'string', multiple: true, value: 'name', title: cliClusterText.optionReset },
      restart: { type: 'boolean', title: cliClusterText.optionRestart },
    },
    waits: true,
    examples: [
      'elepherd cluster set demo work_mem=64MB max_connections=200 --restart --wait',
      'elepherd cluster set demo --reset work_mem',
    ],
    async run(call) {
      const settings = Object.fromEntries([
        ...call.arguments.settings.map(readAssignment),
        ...call.options.reset.map((name) => [name, null] as const),
      ]);
      if (Object.keys(settings).length === 0) throw usageFailure(cliClusterText.nothingToSet);
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const answer = await api.patch(`${path}/settings`, { settings, restart: call.options.restart });
      await endOnCluster(call, api, answer, {
        begun: cliClusterText.begun(cluster.name),
        done: cliClusterText.done(cluster.name),
      });
    },
  }),
];
