// Over 300 lines: databases, roles and extensions are three times the same three verbs, easier to compare in one place.
import { cliClusterText } from '#src/fleet/contract/cli-clusters.text.ts';
import { Contents, RoleSecret } from '#src/fleet/contract/clusters.ts';
import { type Answer, type Api, segment } from '#src/platform/cli/api.ts';
import { confirmLoss } from '#src/platform/cli/ask.ts';
import { type Call, defineCommand } from '#src/platform/cli/command.ts';
import { usageFailure } from '#src/platform/cli/failure.ts';
import { momentOf, sizeOf, yesNo } from '#src/platform/cli/format.ts';
import type { Printer } from '#src/platform/cli/printer.ts';
import { watchOperation } from '#src/platform/cli/watch-operation.ts';
import { endOnCluster } from './cluster-commands.ts';
import { clusterArgument, clusterPath, findCluster } from './find-cluster.ts';

const databaseArgument = { name: 'database', title: cliClusterText.database } as const;
const roleArgument = { name: 'role', title: cliClusterText.role } as const;
const extensionArgument = { name: 'extension', title: cliClusterText.extension } as const;
const inDatabase = { type: 'string', value: 'name', title: cliClusterText.optionInDatabase } as const;

const onCluster = (name: string) => ({ begun: cliClusterText.begun(name), done: cliClusterText.done(name) });

/** Commands on what is inside a cluster: databases, roles, extensions. */
export const contentCommands = [
  defineCommand('cluster databases', {
    summary: cliClusterText.databases,
    arguments: [clusterArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).get(`${clusterPath(given.cluster)}/contents`);
      printer.show(answer, Contents, {
        quiet: ({ databases }) => databases.map(({ name }) => name),
        people({ databases, readAt }) {
          printer.table(
            [
              { title: cliClusterText.name, value: ({ name }) => name },
              { title: cliClusterText.owner, value: ({ owner }) => owner },
              { title: cliClusterText.size, align: 'right', value: ({ sizeBytes }) => sizeOf(sizeBytes) },
              { title: cliClusterText.encoding, value: ({ encoding }) => encoding },
              {
                title: cliClusterText.connections,
                align: 'right',
                value: ({ connectionLimit }) => limitOf(printer, connectionLimit),
              },
            ],
            databases,
            cliClusterText.noneHere,
          );
          sayWhenRead(printer, readAt);
        },
      });
    },
  }),

  defineCommand('cluster add-database', {
    summary: cliClusterText.addDatabase,
    arguments: [clusterArgument, databaseArgument],
    options: { owner: { type: 'string', value: 'role', title: cliClusterText.optionOwner } },
    waits: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const answer = await api.post(`${path}/databases`, {
        name: call.arguments.database,
        ...(call.options.owner === undefined ? {} : { owner: call.options.owner }),
      });
      await endOnCluster(call, api, answer, onCluster(cluster.name));
    },
  }),

  defineCommand('cluster drop-database', {
    summary: cliClusterText.dropDatabase,
    arguments: [clusterArgument, databaseArgument],
    waits: true,
    destroys: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const { database } = call.arguments;
      await confirmLoss(call, cliClusterText.willDropDatabase(database, cluster.name), database);
      const answer = await api.delete(`${path}/databases/${segment(database)}`, { confirm: database });
      await endOnCluster(call, api, answer, onCluster(cluster.name));
    },
  }),

  defineCommand('cluster roles', {
    summary: cliClusterText.roles,
    arguments: [clusterArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).get(`${clusterPath(given.cluster)}/contents`);
      printer.show(answer, Contents, {
        quiet: ({ roles }) => roles.map(({ name }) => name),
        people({ roles, readAt }) {
          printer.table(
            [
              { title: cliClusterText.name, value: ({ name }) => name },
              { title: cliClusterText.login, value: ({ canLogin }) => printer.say(yesNo(canLogin)) },
              {
                title: cliClusterText.superuser,
                value: ({ isSuperuser }) => printer.say(yesNo(isSuperuser)),
                tone: ({ isSuperuser }) => (isSuperuser ? 'warning' : undefined),
              },
              {
                title: cliClusterText.connections,
                align: 'right',
                value: ({ connectionLimit }) => limitOf(printer, connectionLimit),
              },
              { title: cliClusterText.memberOf, value: ({ memberOf }) => memberOf.join(', ') || '-' },
              { title: cliClusterText.managed, value: ({ managed }) => printer.say(yesNo(managed)) },
            ],
            roles,
            cliClusterText.noneHere,
          );
          sayWhenRead(printer, readAt);
        },
      });
    },
  }),

  defineCommand('cluster add-role', {
    summary: cliClusterText.addRole,
    arguments: [clusterArgument, roleArgument],
    options: {
      'no-login': { type: 'boolean', title: cliClusterText.optionNoLogin },
      connections: { type: 'number', value: 'number', title: cliClusterText.optionConnections },
      'member-of': { type: 'string', multiple: true, value: 'role', title: cliClusterText.optionMemberOf },
    },
    waits: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const answer = await api.post(`${path}/roles`, {
        name: call.arguments.role,
        canLogin: !call.options['no-login'],
        ...(call.options.connections === undefined ? {} : { connectionLimit: call.options.connections }),
        memberOf: call.options['member-of'],
      });
      await endWithSecret(call, api, answer, cluster.name);
    },
  }),

  defineCommand('cluster reset-role', {
    summary: cliClusterText.resetRole,
    arguments: [clusterArgument, roleArgument],
    waits: true,
    destroys: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const { role } = call.arguments;
      await confirmLoss(call, cliClusterText.willResetRole(role, cluster.name), role);
      const answer = await api.post(`${path}/roles/${segment(role)}/password`);
      await endWithSecret(call, api, answer, cluster.name);
    },
  }),

  defineCommand('cluster drop-role', {
    summary: cliClusterText.dropRole,
    arguments: [clusterArgument, roleArgument],
    waits: true,
    destroys: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const { role } = call.arguments;
      await confirmLoss(call, cliClusterText.willDropRole(role, cluster.name), role);
      await endOnCluster(
        call,
        api,
        await api.delete(`${path}/roles/${segment(role)}`),
        onCluster(cluster.name),
      );
    },
  }),

  defineCommand('cluster extensions', {
    summary: cliClusterText.extensions,
    arguments: [clusterArgument],
    options: { database: inDatabase },
    async run({ api, arguments: given, options, printer }) {
      const answer = await (
        await api()
      ).get(`${clusterPath(given.cluster)}/contents`, { database: options.database });
      printer.show(answer, Contents, {
        quiet: ({ extensions }) => [...new Set(extensions.map(({ name }) => name))],
        people({ extensions, extensionsOffered, readAt }) {
          printer.table(
            [
              { title: cliClusterText.databaseColumn, value: ({ database }) => database },
              { title: cliClusterText.extension, value: ({ name }) => name },
              { title: cliClusterText.version, value: ({ version }) => version },
              { title: cliClusterText.newest, value: ({ newest }) => newest ?? '-' },
            ],
            extensions,
            cliClusterText.noneHere,
          );
          printer.heading(cliClusterText.offered);
          printer.table(
            [
              { title: cliClusterText.extension, value: ({ name }) => name },
              { title: cliClusterText.version, value: ({ version }) => version },
              { title: cliClusterText.about, value: ({ comment }) => comment },
            ],
            extensionsOffered,
            cliClusterText.noneHere,
          );
          sayWhenRead(printer, readAt);
        },
      });
    },
  }),

  defineCommand('cluster add-extension', {
    summary: cliClusterText.addExtension,
    arguments: [clusterArgument, extensionArgument],
    options: { database: inDatabase },
    waits: true,
    async run(call) {
      const { database } = call.options;
      if (database === undefined) throw usageFailure(cliClusterText.databaseMissing);
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const answer = await api.post(`${path}/extensions`, { database, name: call.arguments.extension });
      await endOnCluster(call, api, answer, onCluster(cluster.name));
    },
  }),

  defineCommand('cluster drop-extension', {
    summary: cliClusterText.dropExtension,
    arguments: [clusterArgument, extensionArgument],
    options: { database: inDatabase },
    waits: true,
    destroys: true,
    async run(call) {
      const { database } = call.options;
      if (database === undefined) throw usageFailure(cliClusterText.databaseMissing);
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const name = call.arguments.extension;
      await confirmLoss(call, cliClusterText.willDropExtension(name, database), name);
      const answer = await api.delete(`${path}/extensions/${segment(name)}`, undefined, { database });
      await endOnCluster(call, api, answer, onCluster(cluster.name));
    },
  }),
];

const limitOf = (printer: Printer, limit: number) =>
  limit < 0 ? printer.say(cliClusterText.unlimited) : String(limit);

function sayWhenRead(printer: Printer, readAt: string | null): void {
  printer.note(readAt === null ? cliClusterText.neverRead : cliClusterText.readAt(momentOf(readAt)));
}

/** Ends a command whose answer holds a password: it is printed at once, for it is shown only this once. */
async function endWithSecret<Any, Other>(
  call: Call<Any, Other>,
  api: Api,
  answer: Answer,
  clusterName: string,
): Promise<void> {
  const { printer, terminal, wait } = call;
  const { name, operationId, password } = answer.as(RoleSecret);
  if (printer.json) printer.raw(answer.json);
  else {
    printer.note(cliClusterText.password(name));
    printer.line(password);
  }
  if (wait !== undefined) {
    await watchOperation({ api, terminal, printer, operationId, timeoutSeconds: wait.timeoutSeconds });
    printer.note(cliClusterText.done(clusterName));
  } else {
    printer.note(cliClusterText.begun(clusterName));
  }
}
