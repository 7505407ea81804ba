import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { RepositoryKey } from '#src/fleet/contract/backups.ts';
import { ExternalDatabase } from '#src/fleet/contract/logical-backups.ts';
import { logicalBackupText as text } from '#src/fleet/contract/logical-backups.text.ts';
import { segment } from '#src/platform/cli/api.ts';
import { confirmLoss } from '#src/platform/cli/ask.ts';
import { defineCommand } from '#src/platform/cli/command.ts';
import { usageFailure } from '#src/platform/cli/failure.ts';
import { momentOf, sizeOf } from '#src/platform/cli/format.ts';
import { endOnCluster } from './cluster-commands.ts';
import { findHostId } from './find-host.ts';

const externalArgument = { name: 'name', title: text.name, completes: 'external list' } as const;
const pathOf = (nameOrId: string) => `/api/fleet/external-databases/${segment(nameOrId)}`;
const bytesOf = ({ contents }: ExternalDatabase['backups'][number]) =>
  contents === null ? null : contents.files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Commands on databases that Elepherd does not control. */
export const externalCommands = [
  defineCommand('external list', {
    summary: text.cliList,
    async run({ api, printer }) {
      printer.show(await (await api()).get('/api/fleet/external-databases'), z.array(ExternalDatabase), {
        quiet: (all) => all.map(({ name }) => name),
        people: (all) =>
          printer.table(
            [
              { title: text.name, value: ({ name }) => name },
              { title: text.server, value: ({ server }) => `${server.host}:${server.port}` },
              { title: text.host, value: ({ hostName }) => hostName },
              { title: text.folder, value: ({ folder }) => folder },
              { title: text.schedule, value: ({ schedule }) => schedule },
              { title: text.last, value: ({ lastDoneAt }) => momentOf(lastDoneAt) },
            ],
            all,
            text.none,
          ),
      });
    },
  }),

  defineCommand('external show', {
    summary: text.cliShow,
    arguments: [externalArgument],
    async run({ api, arguments: { name }, printer }) {
      printer.show(await (await api()).get(pathOf(name)), ExternalDatabase, {
        quiet: ({ backups }) => backups.map(({ label }) => label),
        people(one) {
          printer.facts([
            [text.name, one.name],
            [text.server, `${one.server.host}:${one.server.port}`],
            [text.databases, one.databases.join(', ') || printer.say(text.all)],
            [text.host, one.hostName],
            [text.folder, `${one.folder}/${one.name}`],
            [text.schedule, `${one.schedule} ${one.timeZone}`],
            [text.keep, String(one.keep)],
            [text.keyFingerprint, one.keyFingerprint ?? '-'],
          ]);
          printer.table(
            [
              { title: text.label, value: ({ label }) => label },
              {
                title: text.state,
                value: ({ state }) => printer.say(text[state]),
                tone: ({ state }) => (state === 'failed' ? 'bad' : undefined),
              },
              {
                title: text.size,
                align: 'right',
                value: (backup) => sizeOf(bytesOf(backup)),
              },
              {
                title: text.passwords,
                value: ({ contents }) =>
                  contents === null ? '-' : printer.say(contents.withPasswords ? text.yes : text.no),
              },
            ],
            one.backups,
            text.never,
          );
          const whole = one.backups.find(({ state }) => state === 'done');
          if (whole) printer.note(text.howTo(`${one.folder}/${one.name}/${whole.label}`));
        },
      });
    },
  }),

  defineCommand('external add', {
    summary: text.cliAdd,
    arguments: [{ name: 'name', title: text.name }],
    options: {
      'dsn-file': { type: 'string', value: 'file', title: text.optionDsnFile },
      on: { type: 'string', value: 'host', title: text.optionHost, completes: 'host list' },
      folder: { type: 'string', value: 'folder', title: text.folder },
      databases: { type: 'string', value: 'names', title: text.databasesHint },
      schedule: { type: 'string', value: 'cron', title: text.schedule },
      zone: { type: 'string', value: 'zone', title: text.timeZone },
      keep: { type: 'number', value: 'number', title: text.keep },
    },
    examples: [
      'elepherd external add legacy --dsn-file ./url --on db-1 --folder /mnt/backup/dumps --keep 30',
    ],
    async run({ api, arguments: { name }, options, printer }) {
      const { 'dsn-file': file, on: host, folder, databases, schedule, zone, keep } = options;
      if (file === undefined || host === undefined || folder === undefined) throw usageFailure(text.needsAll);
      const dsn = await readFile(file, 'utf8').catch(() => {
        throw usageFailure(text.noFile(file.slice(0, 200)));
      });
      const client = await api();
      const answer = await client.post('/api/fleet/external-databases', {
        name,
        dsn: dsn.trim(),
        hostId: await findHostId(client, host),
        folder,
        databases: (databases ?? '').split(',').filter(Boolean),
        ...(schedule === undefined ? {} : { schedule }),
        ...(zone === undefined ? {} : { timeZone: zone }),
        ...(keep === undefined ? {} : { keep }),
      });
      printer.done(answer, text.added(name));
    },
  }),

  defineCommand('external backup', {
    summary: text.cliBackup,
    arguments: [externalArgument],
    waits: true,
    examples: ['elepherd external backup legacy --wait'],
    async run(call) {
      const api = await call.api();
      const { name } = call.arguments;
      const answer = await api.post(`${pathOf(name)}/backups`);
      await endOnCluster(call, api, answer, { begun: text.begun(name), done: text.isBackedUp(name) });
    },
  }),

  defineCommand('external key', {
    summary: text.cliKey,
    arguments: [externalArgument],
    async run({ api, arguments: { name }, printer }) {
      printer.show(await (await api()).post(`${pathOf(name)}/key`), RepositoryKey, {
        quiet: ({ passphrase }) => [passphrase],
        people: ({ passphrase }) => printer.line(passphrase),
      });
    },
  }),

  defineCommand('external remove', {
    summary: text.cliRemove,
    arguments: [externalArgument],
    destroys: true,
    async run(call) {
      const { name } = call.arguments;
      await confirmLoss(call, text.removeSays, name);
      call.printer.done(await (await call.api()).delete(pathOf(name)), text.removed(name));
    },
  }),
];
