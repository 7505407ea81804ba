import { cliCommandText } from '../contract/cli-commands.text.ts';
import type { Text } from '../contract/i18n.ts';
import { Viewer } from '../contract/viewer.ts';
import { apiAt } from './api.ts';
import { askLine, readPiped } from './ask.ts';
import { defineCommand } from './command.ts';
import { exitCode } from './exit-code.ts';
import { CliFailure, usageFailure } from './failure.ts';
import {
  checkUrl,
  findSignIn,
  isReadableOnTheWay,
  removeStored,
  storedFile,
  writeStored,
} from './sign-in.ts';
import { isInteractive } from './terminal.ts';

/** Commands that say who talks to which Elepherd. */
export const signInCommands = [
  defineCommand('login', {
    summary: cliCommandText.login,
    detail: cliCommandText.loginDetail,
    examples: [
      'elepherd login --url https://elepherd.example.com',
      'elepherd login --url https://elepherd.example.com < key-file',
    ],
    async run({ terminal, printer, wished }) {
      const given = wished.url ?? terminal.environment['ELEPHERD_URL'];
      if (!given) throw usageFailure(cliCommandText.urlMissing);
      const url = checkUrl(given);
      if (isReadableOnTheWay(url)) printer.warn(cliCommandText.plainHttp(url));
      const key = (
        isInteractive(terminal)
          ? await askLine(terminal, printer.say(cliCommandText.askKey(url)), { hidden: true })
          : await readPiped(terminal)
      ).trim();
      if (!/^[\x21-\x7e]{8,500}$/.test(key)) throw usageFailure(cliCommandText.keyEmpty);
      const answer = await apiAt({ url, key, org: undefined, from: 'login' }, printer.locale).get(
        '/api/identity/viewer',
      );
      const viewer = answer.as(Viewer);
      const file = await writeStored(terminal, {
        url,
        key,
        ...(wished.org === undefined ? {} : { org: wished.org }),
      });
      const name = printer.say(nameOf(viewer));
      if (printer.json) printer.raw(answer.json);
      else if (!printer.quiet) printer.tell(cliCommandText.loggedIn(name, url, file));
    },
  }),

  defineCommand('logout', {
    summary: cliCommandText.logout,
    async run({ terminal, printer }) {
      const wasThere = await removeStored(terminal);
      printer.note(wasThere ? cliCommandText.loggedOut : cliCommandText.wasNotLoggedIn);
    },
  }),

  defineCommand('whoami', {
    summary: cliCommandText.whoami,
    async run({ api, terminal, printer, wished }) {
      const client = await api();
      const { from } = await findSignIn(terminal, wished);
      const by = {
        environment: cliCommandText.byEnvironment,
        login: cliCommandText.byLogin(storedFile(terminal)),
        machine: cliCommandText.byMachine,
        nowhere: cliCommandText.nobody,
      }[from];
      printer.show(await client.get('/api/identity/viewer'), Viewer, {
        quiet: (viewer) => [viewer.user?.email ?? printer.say(nameOf(viewer))],
        people(viewer) {
          printer.facts([
            [cliCommandText.who, printer.say(nameOf(viewer))],
            [cliCommandText.organisation, viewer.org ? `${viewer.org.name} (${viewer.org.id})` : '-'],
            [cliCommandText.address, client.url],
            [cliCommandText.signedInBy, printer.say(by)],
            [cliCommandText.permissions, viewer.permissions.length > 0 ? viewer.permissions : '-'],
          ]);
        },
      });
    },
  }),

  defineCommand('sign-in-link', {
    summary: cliCommandText.signInLink,
    detail: cliCommandText.signInLinkDetail,
    async run({ terminal }) {
      const code = await terminal.runLocally('sign-in-link', []);
      if (code !== 0) throw new CliFailure(exitCode.failed, cliCommandText.signInLinkFailed);
    },
  }),
];

function nameOf({ user, org }: Viewer): Text {
  if (user === null) return org === null ? cliCommandText.nobody : cliCommandText.key;
  const words = `${user.name} <${user.email}>`;
  return { en: words, 'zh-CN': words };
}
