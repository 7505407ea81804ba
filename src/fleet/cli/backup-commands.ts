// Over 300 lines: the verbs of three small nouns that are used together, each a few lines.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  BackupPlan,
  BackupType,
  ClusterBackups,
  Policy,
  Repository,
  RepositoryKey,
  type PlanState,
  type RepositoryPlace,
} from '#src/fleet/contract/backups.ts';
import { cliBackupText } from '#src/fleet/contract/cli-backups.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { segment } from '#src/platform/cli/api.ts';
import { confirmLoss } from '#src/platform/cli/ask.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { usageFailure } from '#src/platform/cli/failure.ts';
import { momentOf, sizeOf } from '#src/platform/cli/format.ts';
import type { Printer } from '#src/platform/cli/printer.ts';
import type { Tone } from '#src/platform/cli/style.ts';
import { endOnCluster } from './cluster-commands.ts';
import { clusterArgument, clusterPath, findCluster } from './find-cluster.ts';

const repositoryArgument = {
  name: 'repository',
  title: cliBackupText.repository,
  completes: 'repository list',
} as const;
const policyArgument = { name: 'policy', title: cliBackupText.policy, completes: 'policy list' } as const;

const repositoryPath = (nameOrId: string) => `/api/fleet/repositories/${segment(nameOrId)}`;
const policyPath = (nameOrId: string) => `/api/fleet/backup-policies/${segment(nameOrId)}`;

async function contentOf(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, 'utf8').catch(() => {
    throw usageFailure(cliBackupText.noFile(path.slice(0, 200)));
  });
}

const placeOptions = {
  path: { type: 'string', value: 'folder', title: cliBackupText.optionPath },
  s3: { type: 'string', value: 'place', title: cliBackupText.optionS3 },
  region: { type: 'string', value: 'name', title: cliBackupText.optionRegion },
  'host-style': { type: 'boolean', title: cliBackupText.optionHostStyle },
  'authority-file': { type: 'string', value: 'file', title: cliBackupText.optionAuthority },
  'secret-file': { type: 'string', value: 'file', title: cliBackupText.optionSecret },
  sftp: { type: 'string', value: 'place', title: cliBackupText.optionSftp },
  fingerprint: { type: 'string', value: 'hex', title: cliBackupText.optionFingerprint },
  'key-file': { type: 'string', value: 'file', title: cliBackupText.optionPrivateKey },
  'passphrase-file': { type: 'string', value: 'file', title: cliBackupText.optionPassphrase },
} as const;

interface PlaceWish {
  path: string | undefined;
  s3: string | undefined;
  region: string | undefined;
  'host-style': boolean;
  'authority-file': string | undefined;
  sftp: string | undefined;
  fingerprint: string | undefined;
}

/** Where a repository shall be, from the options of a command. */
async function placeOf(options: PlaceWish): Promise<Partial<RepositoryPlace>> {
  const { path, s3, sftp } = options;
  if ([path, s3, sftp].filter((one) => one !== undefined).length !== 1)
    throw usageFailure(cliBackupText.onePlace);
  if (path !== undefined) return { kind: 'path', path };
  if (s3 !== undefined) {
    const [, endpoint = '', bucket = '', folder] =
      /^(?:s3:\/\/|https:\/\/)?([^/]+)\/([^/]+)(\/.+)?$/.exec(s3) ?? [];
    if (bucket === '') throw usageFailure(cliBackupText.notS3(s3.slice(0, 200)));
    const authority = await contentOf(options['authority-file']);
    return {
      kind: 's3',
      endpoint,
      bucket,
      ...(folder === undefined ? {} : { path: folder }),
      ...(options.region === undefined ? {} : { region: options.region }),
      uriStyle: options['host-style'] ? 'host' : 'path',
      ...(authority === undefined ? {} : { authority }),
    };
  }
  const [, username, host, port, folder] = /^([^@]+)@([^:/]+)(?::(\d+))?(\/.+)$/.exec(sftp ?? '') ?? [];
  if (username === undefined || host === undefined || folder === undefined)
    throw usageFailure(cliBackupText.notSftp((sftp ?? '').slice(0, 200)));
  return {
    kind: 'sftp',
    username,
    host,
    path: folder,
    ...(port === undefined ? {} : { port: Number(port) }),
    hostFingerprint: options.fingerprint ?? '',
  };
}

const policyOptions = {
  full: { type: 'string', value: 'cron', title: cliBackupText.optionFull },
  diff: { type: 'string', value: 'cron', title: cliBackupText.optionDiff },
  incr: { type: 'string', value: 'cron', title: cliBackupText.optionIncr },
  zone: { type: 'string', value: 'zone', title: cliBackupText.optionZone },
  days: { type: 'number', value: 'number', title: cliBackupText.optionDays },
  weeks: { type: 'number', value: 'number', title: cliBackupText.optionWeeks },
  months: { type: 'number', value: 'number', title: cliBackupText.optionMonths },
  processes: { type: 'number', value: 'number', title: cliBackupText.optionProcesses },
  compression: {
    type: 'string',
    choices: Policy.shape.compression.options,
    title: cliBackupText.optionCompression,
  },
  gentle: { type: 'boolean', title: cliBackupText.optionGentle },
  'archive-seconds': { type: 'number', value: 'seconds', title: cliBackupText.optionArchive },
} as const;

interface PolicyWish {
  full: string | undefined;
  diff: string | undefined;
  incr: string | undefined;
  zone: string | undefined;
  days: number | undefined;
  weeks: number | undefined;
  months: number | undefined;
  processes: number | undefined;
  compression: string | undefined;
  gentle: boolean;
  'archive-seconds': number | undefined;
}

const given = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** What the options say of a policy; what they leave out stays as in `before`. */
function policyOf(options: PolicyWish, before: Pick<Policy, 'schedule' | 'retention'> | undefined) {
  const cron = (line: string | undefined) => (line === 'none' ? null : line);
  const schedule = given({
    full: options.full,
    diff: cron(options.diff),
    incr: cron(options.incr),
    timeZone: options.zone,
  });
  const retention = given({ days: options.days, weeks: options.weeks, months: options.months });
  const first = { full: '0 1 * * 0', diff: '0 1 * * 1-6' };
  return given({
    schedule: Object.keys(schedule).length > 0 ? { ...(before?.schedule ?? first), ...schedule } : undefined,
    retention: Object.keys(retention).length > 0 ? { ...before?.retention, ...retention } : undefined,
    processMax: options.processes,
    compression: options.compression,
    gentle: options.gentle ? true : undefined,
    archiveTimeoutSeconds: options['archive-seconds'],
  });
}

const planWords: Record<PlanState, readonly [Text, Tone]> = {
  enabling: [cliBackupText.stateEnabling, 'warning'],
  on: [cliBackupText.stateOn, 'good'],
  disabling: [cliBackupText.stateDisabling, 'warning'],
  off: [cliBackupText.stateOff, 'quiet'],
};
const typeWords: Record<BackupType, Text> = {
  full: cliBackupText.full,
  diff: cliBackupText.diff,
  incr: cliBackupText.incr,
};

function archiveWord(printer: Printer, { archive, state }: BackupPlan): string {
  if (state !== 'on' || archive.waitingFiles === null) return '-';
  return printer.say(
    archive.failing === null ? cliBackupText.archiveWell : cliBackupText.archiveFails(archive.waitingFiles),
  );
}

/** Commands on backups, their places and their policies. */
export const backupCommands = [
  defineCommand('backup plans', {
    summary: cliBackupText.plans,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/fleet/backup-plans'), z.array(BackupPlan), {
        quiet: (plans) => plans.map(({ clusterName }) => clusterName),
        people: (plans) =>
          printer.table(
            [
              { title: cliBackupText.cluster, value: ({ clusterName }) => clusterName },
              {
                title: cliBackupText.state,
                value: ({ state }) => printer.say(planWords[state][0]),
                tone: ({ state }) => planWords[state][1],
              },
              { title: cliBackupText.policyColumn, value: ({ policy }) => policy.name },
              {
                title: cliBackupText.repositoryColumn,
                value: ({ repositories }) => repositories.map(({ name }) => name).join(', '),
              },
              {
                title: cliBackupText.lastBackup,
                value: ({ repositories }) =>
                  momentOf(
                    repositories
                      .map((r) => r.lastBackupAt ?? '')
                      .toSorted()
                      .at(-1),
                  ),
              },
              {
                title: cliBackupText.archive,
                value: (plan) => archiveWord(printer, plan),
                tone: ({ archive }) => (archive.failing === null ? undefined : 'bad'),
              },
            ],
            plans,
            cliBackupText.noPlans,
          ),
      });
    },
  }),

  defineCommand('backup list', {
    summary: cliBackupText.list,
    arguments: [clusterArgument],
    async run({ api, arguments: { cluster }, printer }) {
      printer.show(await (await api()).get(`${clusterPath(cluster)}/backups`), ClusterBackups, {
        quiet: ({ backups }) => backups.map(({ label }) => label),
        people: ({ backups }) =>
          printer.table(
            [
              { title: cliBackupText.label, value: ({ label }) => label },
              { title: cliBackupText.type, value: ({ type }) => printer.say(typeWords[type]) },
              { title: cliBackupText.repositoryColumn, value: ({ repositoryName }) => repositoryName },
              { title: cliBackupText.ended, value: ({ endedAt }) => momentOf(endedAt) },
              {
                title: cliBackupText.size,
                align: 'right',
                value: ({ databaseBytes }) => sizeOf(databaseBytes),
              },
              {
                title: cliBackupText.stored,
                align: 'right',
                value: ({ repositoryBytes }) => sizeOf(repositoryBytes),
              },
            ],
            backups,
            cliBackupText.noBackups,
          ),
      });
    },
  }),

  defineCommand('backup enable', {
    summary: cliBackupText.enable,
    arguments: [clusterArgument],
    options: {
      policy: {
        type: 'string',
        value: 'policy',
        title: cliBackupText.optionPolicy,
        completes: 'policy list',
      },
      repository: {
        type: 'string',
        multiple: true,
        value: 'repository',
        title: cliBackupText.optionRepository,
        completes: 'repository list',
      },
    },
    waits: true,
    examples: ['elepherd backup enable orders --policy daily --repository store --wait'],
    async run(call) {
      const { policy, repository } = call.options;
      if (policy === undefined || repository.length === 0) throw usageFailure(cliBackupText.needsPolicy);
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const answer = await api.post(`${path}/backups/enable`, { policy, repositories: repository });
      await endOnCluster(call, api, answer, {
        begun: cliBackupText.enabling(cluster.name),
        done: cliBackupText.isEnabled(cluster.name),
      });
    },
  }),

  defineCommand('backup run', {
    summary: cliBackupText.run,
    arguments: [clusterArgument],
    options: {
      type: { type: 'string', choices: BackupType.options, title: cliBackupText.optionType },
      into: {
        type: 'string',
        value: 'repository',
        title: cliBackupText.optionInto,
        completes: 'repository list',
      },
    },
    waits: true,
    examples: ['elepherd backup run orders --type incr --wait'],
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      const answer = await api.post(
        `${path}/backups`,
        given({ type: call.options.type, repository: call.options.into }),
      );
      await endOnCluster(call, api, answer, {
        begun: cliBackupText.running(cluster.name),
        done: cliBackupText.isBackedUp(cluster.name),
      });
    },
  }),

  defineCommand('backup disable', {
    summary: cliBackupText.disable,
    arguments: [clusterArgument],
    waits: true,
    destroys: true,
    async run(call) {
      const api = await call.api();
      const { cluster, path } = await findCluster(api, call.arguments.cluster);
      await confirmLoss(call, cliBackupText.willDisable(cluster.name), cluster.name);
      await endOnCluster(call, api, await api.post(`${path}/backups/disable`), {
        begun: cliBackupText.disabling(cluster.name),
        done: cliBackupText.isDisabled(cluster.name),
      });
    },
  }),

  defineCommand('repository list', {
    summary: cliBackupText.repositoryList,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/fleet/repositories'), z.array(Repository), {
        quiet: (all) => all.map(({ name }) => name),
        people: (all) =>
          printer.table(
            [
              { title: cliBackupText.name, value: ({ name }) => name },
              { title: cliBackupText.address, value: ({ address }) => address },
              { title: cliBackupText.clusters, value: ({ clusters }) => clusters.join(', ') || '-' },
              { title: cliBackupText.keyShown, value: ({ keyShownAt }) => momentOf(keyShownAt) },
            ],
            all,
            cliBackupText.noRepositories,
          ),
      });
    },
  }),

  defineCommand('repository show', {
    summary: cliBackupText.repositoryShow,
    arguments: [repositoryArgument],
    async run({ api, arguments: { repository }, printer }) {
      printer.show(await (await api()).get(repositoryPath(repository)), Repository, {
        quiet: ({ id }) => [id],
        people: (one) =>
          printer.facts([
            [cliBackupText.name, one.name],
            [cliBackupText.address, one.address],
            [cliBackupText.clusters, one.clusters.join(', ') || '-'],
            [cliBackupText.keyFingerprint, one.keyFingerprint],
            [cliBackupText.keyShown, momentOf(one.keyShownAt)],
            [cliBackupText.created, momentOf(one.createdAt)],
          ]),
      });
    },
  }),

  defineCommand('repository create', {
    summary: cliBackupText.repositoryCreate,
    detail: cliBackupText.repositoryCreateDetail,
    arguments: [{ name: 'name', title: cliBackupText.newName }],
    options: placeOptions,
    examples: [
      'elepherd repository create nfs --path /mnt/backup/pg',
      'elepherd repository create store --s3 s3.example.com/pg-backups --secret-file ./s3-keys',
    ],
    async run({ api, arguments: { name }, options, printer }) {
      const place = await placeOf(options);
      const [accessKeyId, secretAccessKey] = (await contentOf(options['secret-file']))?.split(/\s+/) ?? [];
      const answer = await (
        await api()
      ).post('/api/fleet/repositories', {
        name,
        place,
        ...given({
          accessKeyId,
          secretAccessKey,
          privateKey: await contentOf(options['key-file']),
          passphrase: (await contentOf(options['passphrase-file']))?.trim(),
        }),
      });
      printer.done(answer, cliBackupText.repositoryCreated(name));
    },
  }),

  defineCommand('repository key', {
    summary: cliBackupText.repositoryKey,
    arguments: [repositoryArgument],
    async run({ api, arguments: { repository }, printer }) {
      printer.show(await (await api()).post(`${repositoryPath(repository)}/key`), RepositoryKey, {
        quiet: ({ passphrase }) => [passphrase],
        people: ({ passphrase }) => printer.line(passphrase),
      });
    },
  }),

  defineCommand('repository remove', {
    summary: cliBackupText.repositoryRemove,
    arguments: [repositoryArgument],
    destroys: true,
    async run(call) {
      const { repository } = call.arguments;
      await confirmLoss(call, cliBackupText.willRemove(repository), repository);
      const answer = await (await call.api()).delete(repositoryPath(repository));
      call.printer.done(answer, cliBackupText.repositoryRemoved(repository));
    },
  }),

  defineCommand('policy list', {
    summary: cliBackupText.policyList,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/fleet/backup-policies'), z.array(Policy), {
        quiet: (all) => all.map(({ name }) => name),
        people: (all) =>
          printer.table(
            [
              { title: cliBackupText.name, value: ({ name }) => name },
              { title: cliBackupText.full, value: ({ schedule }) => schedule.full },
              { title: cliBackupText.diff, value: ({ schedule }) => schedule.diff ?? '-' },
              { title: cliBackupText.incr, value: ({ schedule }) => schedule.incr ?? '-' },
              { title: cliBackupText.zone, value: ({ schedule }) => schedule.timeZone },
              {
                title: cliBackupText.keeps,
                value: ({ retention: { days, weeks, months } }) =>
                  printer.say(cliBackupText.keepsValue(days, weeks, months)),
              },
              { title: cliBackupText.clusters, value: ({ clusters }) => clusters.join(', ') || '-' },
            ],
            all,
            cliBackupText.noPolicies,
          ),
      });
    },
  }),

  defineCommand('policy create', {
    summary: cliBackupText.policyCreate,
    arguments: [{ name: 'name', title: cliBackupText.newName }],
    options: policyOptions,
    examples: ["elepherd policy create daily --full '0 1 * * *' --zone Asia/Shanghai --days 14"],
    async run({ api, arguments: { name }, options, printer }) {
      const answer = await (
        await api()
      ).post('/api/fleet/backup-policies', { name, ...policyOf(options, undefined) });
      printer.done(answer, cliBackupText.policyKept(name));
    },
  }),

  defineCommand('policy update', {
    summary: cliBackupText.policyUpdate,
    arguments: [policyArgument],
    options: policyOptions,
    async run({ api, arguments: { policy }, options, printer }) {
      const client = await api();
      const before = (await client.get(policyPath(policy))).as(Policy);
      const change = policyOf(options, before);
      if (Object.keys(change).length === 0) throw usageFailure(cliBackupText.nothingToChange);
      printer.done(await client.patch(policyPath(before.id), change), cliBackupText.policyKept(before.name));
    },
  }),

  defineCommand('policy delete', {
    summary: cliBackupText.policyDelete,
    arguments: [policyArgument],
    async run({ api, arguments: { policy }, printer }) {
      printer.done(await (await api()).delete(policyPath(policy)), cliBackupText.policyDeleted(policy));
    },
  }),
];
