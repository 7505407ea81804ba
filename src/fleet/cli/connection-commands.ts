import { cliClusterText } from '#src/fleet/contract/cli-clusters.text.ts';
import { Connection, ConnectionUrl, ConnectionWay } from '#src/fleet/contract/clusters.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { exitCode } from '#src/platform/cli/exit-code.ts';
import { CliFailure } from '#src/platform/cli/failure.ts';
import { clusterArgument, clusterPath } from './find-cluster.ts';

const database = { type: 'string', value: 'name', title: cliClusterText.optionDatabase } as const;
const kind = {
  type: 'string',
  choices: ConnectionWay.shape.kind.options,
  title: cliClusterText.optionKind,
} as const;

/** Commands that say how to connect to a cluster. */
export const connectionCommands = [
  defineCommand('cluster url', {
    summary: cliClusterText.url,
    detail: cliClusterText.urlDetail,
    arguments: [clusterArgument],
    options: { kind, database },
    examples: [`psql "$(elepherd cluster url demo)" -c 'select version()'`],
    async run({ api, arguments: given, options, printer }) {
      const answer = await (
        await api()
      ).post(`${clusterPath(given.cluster)}/connection/url`, undefined, {
        kind: options.kind,
        database: options.database,
      });
      printer.show(answer, ConnectionUrl, {
        quiet: ({ url }) => [url],
        people: ({ url }) => printer.line(url),
      });
    },
  }),

  defineCommand('cluster connection', {
    summary: cliClusterText.connection,
    arguments: [clusterArgument],
    options: { kind, database, authority: { type: 'boolean', title: cliClusterText.optionAuthority } },
    examples: [
      'elepherd cluster connection demo --kind routed',
      'elepherd cluster connection demo --authority > demo-ca.pem',
    ],
    async run({ api, arguments: given, options, printer }) {
      const answer = await (
        await api()
      ).get(`${clusterPath(given.cluster)}/connection`, { database: options.database });
      const { authority, username, ways, ...rest } = answer.as(Connection);
      if (options.authority) return printer.raw(authority);
      const shown = ways.filter((way) => options.kind === undefined || way.kind === options.kind);
      if (options.kind !== undefined && shown.length === 0) {
        const known = ways.map((way) => way.kind).join(', ');
        throw new CliFailure(exitCode.notFound, cliClusterText.noSuchWay(options.kind, known));
      }
      printer.show(answer, Connection, {
        quiet: () => shown.map(({ url }) => url),
        people() {
          printer.facts([
            [cliClusterText.databaseColumn, rest.database],
            [cliClusterText.username, username],
          ]);
          for (const way of shown) {
            printer.heading({
              en: `${way.title.en} (${way.kind})`,
              'zh-CN': `${way.title['zh-CN']} (${way.kind})`,
            });
            printer.line(printer.say(way.advice));
            printer.line(way.url);
            for (const { language, code } of way.samples) {
              printer.line();
              printer.line(`[${language}]`);
              printer.line(code);
            }
          }
        },
      });
    },
  }),
];
