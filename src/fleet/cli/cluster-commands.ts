// Over 300 lines: the verbs of one noun in one table, each a few lines.
import { cliClusterText } from '#src/fleet/contract/cli-clusters.text.ts';
import {
  Cluster,
  ClusterPreview,
  Protection,
  Recovery,
  Started,
  Updated,
} from '#src/fleet/contract/clusters.ts';
import { passportText } from '#src/fleet/contract/passports.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { page } from '#src/platform/contract/pages.ts';
import type { Answer, Api } from '#src/platform/cli/api.ts';
import { confirmLoss } from '#src/platform/cli/ask.ts';
import { type Call, defineCommand } from '#src/platform/cli/command.ts';
import { usageFailure } from '#src/platform/cli/failure.ts';
import { momentOf, sizeOf, yesNo } from '#src/platform/cli/format.ts';
import type { Printer } from '#src/platform/cli/printer.ts';
import { endStarted } from '#src/platform/cli/started.ts';
import { healthWords, memberPhaseWords, phaseWords, primaryOf, roleWord } from './cluster-words.ts';
import { clusterArgument, clusterPath, findCluster, findMember } from './find-cluster.ts';
import { findHostId } from './find-host.ts';

const memberArgument = { name: 'member', title: cliClusterText.member } as const;

const wishOptions = {
  members: { type: 'number', value: 'number', title: cliClusterText.optionMembers },
  host: {
    type: 'string',
    multiple: true,
    value: 'host',
    title: cliClusterText.optionHost,
    completes: 'host list',
  },
  witness: { type: 'string', value: 'host', title: cliClusterText.optionWitness, completes: 'host list' },
  'pg-version': { type: 'number', value: 'major', title: cliClusterText.optionVersion },
  protection: { type: 'string', choices: Protection.options, title: cliClusterText.optionProtection },
  recovery: { type: 'string', choices: Recovery.options, title: cliClusterText.optionRecovery },
  network: { type: 'string', multiple: true, value: 'network', title: cliClusterText.optionNetwork },
  set: { type: 'string', multiple: true, value: 'name=value', title: cliClusterText.optionSet },
  unprotected: { type: 'boolean', title: cliClusterText.optionUnprotected },
} as const;

interface Wish {
  members: number | undefined;
  host: string[];
  witness: string | undefined;
  'pg-version': number | undefined;
  protection: string | undefined;
  recovery: string | undefined;
  network: string[];
  set: string[];
  unprotected: boolean;
}

/** What the options wish, as the API takes it; host names become ids. */
async function wishOf(api: Api, name: string, options: Wish) {
  const hostIds: string[] = [];
  for (const host of options.host) hostIds.push(await findHostId(api, host));
  return {
    name,
    ...(hostIds.length > 0 ? { hostIds } : {}),
    ...(options.members === undefined ? {} : { members: options.members }),
    ...(options.witness === undefined ? {} : { witnessHostId: await findHostId(api, options.witness) }),
    ...(options['pg-version'] === undefined ? {} : { pgVersion: options['pg-version'] }),
    ...(options.protection === undefined ? {} : { protection: options.protection }),
    ...(options.recovery === undefined ? {} : { recovery: options.recovery }),
    networks: options.network,
    settings: Object.fromEntries(options.set.map(readAssignment)),
    deletionProtected: !options.unprotected,
  };
}

/** A setting and its value from `name=value`. */
export function readAssignment(given: string): [string, string] {
  const at = given.indexOf('=');
  if (at < 1) throw usageFailure(cliClusterText.notAssignment(given.slice(0, 100)));
  return [given.slice(0, at), given.slice(at + 1)];
}

/** Ends a command that answered with the operation it started on a cluster. */
export async function endOnCluster<Any, Other>(
  call: Call<Any, Other>,
  api: Api,
  answer: Answer,
  words: { begun: Text; done: Text },
): Promise<void> {
  await endStarted(call, api, answer, { operationId: answer.as(Started).operationId, ...words });
}

/** Commands on clusters as wholes, and on their members. */
export const clusterCommands = [
  defineCommand('cluster take-back', {
    summary: passportText.title,
    detail: passportText.lead,
    waits: true,
    examples: ['elepherd cluster take-back --wait'],
    async run(call) {
      const api = await call.api();
      const answer = await api.post('/api/fleet/take-back');
      await endOnCluster(call, api, answer, { begun: passportText.begun, done: passportText.done });
    },
  }),

  defineCommand('cluster list', {
    summary: cliClusterText.list,
    pages: true,
    async run({ api, paging, printer }) {
      const answer = await (await api()).get('/api/fleet/clusters', paging);
      printer.show(answer, page(Cluster), {
        quiet: ({ items }) => items.map(({ name }) => name),
        people({ items, nextCursor }) {
          const servers = (row: Cluster) => row.members.filter(({ kind }) => kind === 'server');
          printer.table(
            [
              { title: cliClusterText.name, value: ({ name }) => name },
              {
                title: cliClusterText.health,
                value: ({ health }) => printer.say(healthWords[health][0]),
                tone: ({ health }) => healthWords[health][1],
              },
              { title: cliClusterText.version, align: 'right', value: ({ pgVersion }) => String(pgVersion) },
              { title: cliClusterText.members, align: 'right', value: (row) => String(servers(row).length) },
              { title: cliClusterText.primary, value: (row) => primaryOf(row)?.hostName ?? '-' },
              { title: cliClusterText.protection, value: ({ protection }) => protection },
              { title: cliClusterText.created, value: ({ createdAt }) => momentOf(createdAt) },
            ],
            items,
            cliClusterText.none,
          );
          printer.more(nextCursor);
        },
      });
    },
  }),

  defineCommand('cluster show', {
    summary: cliClusterText.show,
    arguments: [clusterArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).get(clusterPath(given.cluster));
      printer.show(answer, Cluster, {
        quiet: ({ health }) => [health],
        people: (cluster) => showCluster(printer, cluster),
      });
    },
  }),

  defineCommand('cluster create', {
    summary: cliClusterText.create,
    detail: cliClusterText.createDetail,
    arguments: [{ name: 'name', title: cliClusterText.newName }],
    options: wishOptions,
    waits: true,
    examples: [
      'elepherd cluster create demo --members 1 --wait',
      'elepherd cluster create orders --host db-1 --host db-2 --witness small-1 --protection sync --wait',
      'elepherd cluster create orders --members 3 --set work_mem=64MB --network 10.0.0.0/8',
    ],
    async run(call) {
      const api = await call.api();
      const { name } = call.arguments;
      const answer = await api.post('/api/fleet/clusters', await wishOf(api, name, call.options));
      const { id, operationId } = answer.as(Cluster);
      await endStarted(call, api, answer, {
        operationId: operationId ?? '',
        begun: cliClusterText.building(name),
        done: cliClusterText.ready(name),
        quiet: name,
        resultPath: clusterPath(id),
      });
    },
  }),

  defineCommand('cluster preview', {
    summary: cliClusterText.preview,
    arguments: [{ name: 'name', title: cliClusterText.newName }],
    options: wishOptions,
    async run({ api, arguments: given, options, printer }) {
      const client = await api();
      const wish = await wishOf(client, given.name, options);
      printer.show(await client.post('/api/fleet/clusters/preview', wish), ClusterPreview, {
        quiet: ({ members }) => members.map(({ hostName }) => hostName),
        people: (preview) => showPreview(printer, preview),
      });
    },
  }),

  defineCommand('cluster switchover', {
    summary: cliClusterText.switchover,
    arguments: [clusterArgument],
    options: { to: { type: 'string', value: 'member', title: cliClusterText.optionTo } },
    waits: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const { to } = call.options;
      const wish = to === undefined ? {} : { memberId: findMember(cluster, to).id };
      await endOnCluster(call, api, await api.post(`${path}/switchover`, wish), onCluster(cluster.name));
    },
  }),

  defineCommand('cluster restart', {
    summary: cliClusterText.restart,
    arguments: [clusterArgument],
    options: { member: { type: 'string', value: 'member', title: cliClusterText.optionMember } },
    waits: true,
    destroys: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const { member } = call.options;
      const wish = member === undefined ? {} : { memberId: findMember(cluster, member).id };
      await confirmLoss(call, cliClusterText.willRestart(cluster.name), cluster.name);
      await endOnCluster(call, api, await api.post(`${path}/restart`, wish), onCluster(cluster.name));
    },
  }),

  defineCommand('cluster add-member', {
    summary: cliClusterText.addMember,
    arguments: [
      clusterArgument,
      { name: 'host', title: cliClusterText.hostOfMember, completes: 'host list' },
    ],
    waits: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const hostId = await findHostId(api, call.arguments.host);
      await endOnCluster(call, api, await api.post(`${path}/members`, { hostId }), onCluster(cluster.name));
    },
  }),

  defineCommand('cluster remove-member', {
    summary: cliClusterText.removeMember,
    arguments: [clusterArgument, memberArgument],
    waits: true,
    destroys: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const member = findMember(cluster, call.arguments.member);
      await confirmLoss(call, cliClusterText.willRemoveMember(member.name, cluster.name), member.name);
      await endOnCluster(
        call,
        api,
        await api.delete(`${path}/members/${member.id}`),
        onCluster(cluster.name),
      );
    },
  }),

  defineCommand('cluster rebuild-member', {
    summary: cliClusterText.rebuildMember,
    arguments: [clusterArgument, memberArgument],
    waits: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const { id } = findMember(cluster, call.arguments.member);
      const answer = await api.post(`${path}/members/${id}/rebuild`);
      await endOnCluster(call, api, answer, onCluster(cluster.name));
    },
  }),

  defineCommand('cluster update', {
    summary: cliClusterText.update,
    arguments: [clusterArgument],
    options: {
      protection: wishOptions.protection,
      recovery: wishOptions.recovery,
      network: wishOptions.network,
      'no-networks': { type: 'boolean', title: cliClusterText.optionNoNetworks },
    },
    waits: true,
    examples: ['elepherd cluster update demo --network 10.0.0.0/8 --network 192.168.1.0/24 --wait'],
    async run(call) {
      const { protection, recovery, network } = call.options;
      const change = {
        ...(protection === undefined ? {} : { protection }),
        ...(recovery === undefined ? {} : { recovery }),
        ...(network.length > 0 || call.options['no-networks'] ? { networks: network } : {}),
      };
      if (Object.keys(change).length === 0) throw usageFailure(cliClusterText.nothingToChange);
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const answer = await api.patch(path, change);
      const { operationId } = answer.as(Updated);
      const words = onCluster(cluster.name);
      // Some changes only the next start of an operation hears of: then there is nothing to wait for.
      if (operationId === null) call.printer.done(answer, words.done);
      else await endStarted(call, api, answer, { operationId, ...words });
    },
  }),

  defineCommand('cluster protect', {
    summary: cliClusterText.protect,
    arguments: [clusterArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).patch(clusterPath(given.cluster), { deletionProtected: true });
      printer.done(answer, cliClusterText.protectionOn(given.cluster));
    },
  }),

  defineCommand('cluster unprotect', {
    summary: cliClusterText.unprotect,
    arguments: [clusterArgument],
    async run({ api, arguments: given, printer }) {
      const answer = await (await api()).patch(clusterPath(given.cluster), { deletionProtected: false });
      printer.done(answer, cliClusterText.protectionOff(given.cluster));
    },
  }),

  defineCommand('cluster delete', {
    summary: cliClusterText.delete,
    arguments: [clusterArgument],
    options: { 'grace-hours': { type: 'number', value: 'hours', title: cliClusterText.optionGrace } },
    waits: true,
    destroys: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const { name } = cluster;
      const graceHours = call.options['grace-hours'] ?? 72;
      await confirmLoss(call, cliClusterText.willDelete(name, graceHours), name);
      const answer = await api.delete(path, { confirm: name, graceHours });
      await endOnCluster(call, api, answer, {
        begun: cliClusterText.deleting(name),
        done: cliClusterText.deleted(name),
      });
    },
  }),

  defineCommand('cluster undelete', {
    summary: cliClusterText.undelete,
    arguments: [clusterArgument],
    waits: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      await endOnCluster(call, api, await api.post(`${path}/undelete`), {
        begun: cliClusterText.undeleted(cluster.name),
        done: cliClusterText.ready(cluster.name),
      });
    },
  }),
];

const onCluster = (name: string) => ({ begun: cliClusterText.begun(name), done: cliClusterText.done(name) });

function showCluster(printer: Printer, cluster: Cluster): void {
  const { say } = printer;
  const [health, healthTone] = healthWords[cluster.health];
  const [phase, phaseTone] = phaseWords[cluster.phase];
  const { postgres, pooler, readWrite, readOnly } = cluster.ports;
  printer.facts([
    [cliClusterText.name, cluster.name],
    [cliClusterText.id, cluster.id],
    [cliClusterText.health, say(health), healthTone],
    ...(phase === health ? [] : [[cliClusterText.phase, say(phase), phaseTone] as const]),
    [cliClusterText.version, `PostgreSQL ${cluster.pgVersion}`],
    [cliClusterText.protection, cluster.protection],
    [cliClusterText.recovery, cluster.recovery],
    [cliClusterText.timeline, cluster.timeline === null ? '-' : String(cluster.timeline)],
    ...(cluster.paused ? [[cliClusterText.paused, say(yesNo(true)), 'warning'] as const] : []),
    [cliClusterText.networks, cluster.networks.length === 0 ? '-' : cluster.networks],
    [cliClusterText.ports, `PostgreSQL ${postgres}, HAProxy ${readWrite}/${readOnly}, PgBouncer ${pooler}`],
    [cliClusterText.guarded, say(yesNo(cluster.deletionProtected))],
    ...(cluster.deleteAfter
      ? [[cliClusterText.goneAfter, momentOf(cluster.deleteAfter), 'bad'] as const]
      : []),
    [cliClusterText.operation, cluster.operationId ?? '-'],
    [cliClusterText.created, momentOf(cluster.createdAt)],
  ]);
  printer.heading(cliClusterText.members);
  printer.table(
    [
      { title: cliClusterText.memberName, value: ({ name }) => name },
      { title: cliClusterText.host, value: ({ hostName, address }) => `${hostName} (${address})` },
      {
        title: cliClusterText.memberRole,
        value: (member) => say(roleWord(member)[0]),
        tone: (member) => roleWord(member)[1],
      },
      { title: cliClusterText.state, value: ({ state, phase }) => state ?? say(memberPhaseWords[phase]) },
      {
        title: cliClusterText.timeline,
        align: 'right',
        value: ({ timeline }) => (timeline === null ? '-' : String(timeline)),
      },
      {
        title: cliClusterText.lag,
        align: 'right',
        value: ({ lagBytes, role }) => (role === 'primary' ? '-' : sizeOf(lagBytes)),
      },
      {
        title: cliClusterText.mark,
        value: ({ hostOnline, pendingRestart, failureDomain }) =>
          [
            ...(hostOnline ? [] : [say(cliClusterText.hostOffline)]),
            ...(pendingRestart ? [say(cliClusterText.restartNeeded)] : []),
            ...(failureDomain === null ? [] : [failureDomain]),
          ].join(', '),
      },
    ],
    cluster.members,
    cliClusterText.noneHere,
  );
}

function showPreview(printer: Printer, preview: ClusterPreview): void {
  const { say } = printer;
  const list = (heading: Text, texts: readonly Text[]) => {
    if (texts.length === 0) return;
    printer.heading(heading);
    for (const text of texts) printer.line(`- ${say(text)}`);
  };
  const found = (level: 'blocker' | 'warning') =>
    preview.findings.filter((finding) => finding.level === level).map(({ text }) => text);
  printer.facts([
    [cliClusterText.version, `PostgreSQL ${preview.pgVersion} (${preview.pgVersionsOffered.join(', ')})`],
    ...(preview.witness ? [[cliClusterText.witness, preview.witness.hostName] as const] : []),
    [cliClusterText.etcdOn, preview.etcdHostNames],
    [cliClusterText.packages, preview.packages.join(' ')],
  ]);
  printer.heading(cliClusterText.members);
  printer.table(
    [
      { title: cliClusterText.memberName, value: ({ name }) => name },
      { title: cliClusterText.host, value: ({ hostName }) => hostName },
      { title: cliClusterText.failureDomain, value: ({ failureDomain }) => failureDomain ?? '-' },
    ],
    preview.members,
    cliClusterText.noneHere,
  );
  printer.heading(cliClusterText.chosenSettings);
  printer.table(
    [
      { title: cliClusterText.name, value: ({ name }) => name },
      { title: cliClusterText.value, value: ({ value }) => value },
      { title: cliClusterText.why, value: ({ reason }) => say(reason) },
    ],
    preview.settings,
    cliClusterText.noneHere,
  );
  list(cliClusterText.survives, preview.survives);
  list(cliClusterText.doesNotSurvive, preview.doesNotSurvive);
  list(cliClusterText.costs, preview.costs);
  list(cliClusterText.warnings, found('warning'));
  list(cliClusterText.blockers, found('blocker'));
}
