import { cliCommandText } from '../contract/cli-commands.text.ts';
import { selfBackupText } from '../contract/self-backup.text.ts';
import { Readiness } from '../contract/health.ts';
import type { Text } from '../contract/i18n.ts';
import { apiAt } from './api.ts';
import { defineCommand } from './command.ts';
import { exitCode } from './exit-code.ts';
import { CliFailure } from './failure.ts';
import { findSignIn } from './sign-in.ts';

const parts: Record<keyof Readiness['checks'], Text> = {
  database: cliCommandText.partDatabase,
  migrations: cliCommandText.partMigrations,
  worker: cliCommandText.partWorker,
};

/** Commands on Elepherd itself. */
export const serverCommands = [
  defineCommand('server status', {
    summary: cliCommandText.serverStatus,
    async run({ terminal, printer, wished }) {
      // Whoever cannot sign in wants to know all the more.
      const signIn = await findSignIn(terminal, wished);
      const answer = await apiAt({ ...signIn, key: undefined, org: undefined }, printer.locale).ask(
        '/api/health/ready',
      );
      printer.show(answer, Readiness, {
        quiet: ({ status }) => [status],
        people({ checks }) {
          printer.facts([[cliCommandText.address, signIn.url]]);
          printer.table(
            [
              { title: cliCommandText.part, value: ([name]) => printer.say(parts[name]) },
              {
                title: cliCommandText.state,
                value: ([, isWell]) => printer.say(isWell ? cliCommandText.well : cliCommandText.unwell),
                tone: ([, isWell]) => (isWell ? 'good' : 'bad'),
              },
            ],
            Object.entries(checks) as [keyof Readiness['checks'], boolean][],
            cliCommandText.part,
          );
        },
      });
      if (!answer.isOk) throw new CliFailure(exitCode.unreachable, cliCommandText.notReady);
    },
  }),

  defineCommand('self-backup', {
    summary: selfBackupText.summary,
    detail: selfBackupText.summaryDetail,
    options: {
      to: { type: 'string', value: 'folder', title: selfBackupText.toOption },
      'show-key': { type: 'boolean', title: selfBackupText.showKeyOption },
    },
    examples: ['elepherd self-backup --to /mnt/safe', 'elepherd self-backup --show-key'],
    async run({ terminal, options }) {
      const words = [
        ...(options.to === undefined ? [] : ['--to', options.to]),
        ...(options['show-key'] ? ['--show-key'] : []),
      ];
      const code = await terminal.runLocally('self-backup', words);
      if (code !== 0) throw new CliFailure(exitCode.failed, selfBackupText.notDone);
    },
  }),

  defineCommand('self-restore', {
    summary: selfBackupText.restoreSummary,
    arguments: [{ name: 'file', title: selfBackupText.restoreFile }],
    options: { 'key-file': { type: 'string', value: 'file', title: selfBackupText.keyFileOption } },
    examples: ['ELEPHERD_HOME=/var/lib/elepherd elepherd self-restore elepherd-20261122T022300Z.backup'],
    async run({ terminal, arguments: given, options }) {
      const keyFile = options['key-file'];
      const words = [given.file, ...(keyFile === undefined ? [] : ['--key-file', keyFile])];
      const code = await terminal.runLocally('self-restore', words);
      if (code !== 0) throw new CliFailure(exitCode.failed, selfBackupText.notDone);
    },
  }),
];
