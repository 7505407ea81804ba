import { cliText } from '../contract/cli.text.ts';
import { type Locale, type Text, terminalLocale } from '../contract/i18n.ts';
import { Viewer } from '../contract/viewer.ts';
import { type Api, apiAt } from './api.ts';
import type { Call, Command } from './command.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { CliFailure, usageFailure } from './failure.ts';
import { helpOnAll, helpOnCommand, helpOnNoun } from './help.ts';
import { isId } from './id.ts';
import { findCommand, localeOf, readCall, splitWords, type Split } from './parse-command.ts';
import { Printer } from './printer.ts';
import { getSignIn } from './sign-in.ts';
import { styleFor } from './style.ts';
import { mayColour, type Terminal } from './terminal.ts';

/** Runs one command line against the table of commands and answers what the shell is told. Never throws. */
export async function runProgram(
  commands: readonly Command[],
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  let locale = terminalLocale(terminal.environment);
  let asJson = false;
  try {
    const split = splitWords(commands, terminal.words);
    locale = localeOf(split) ?? locale;
    asJson = split.has('json');
    if (split.has('version')) {
      terminal.output.write(`elepherd ${version}\n`);
      return exitCode.ok;
    }
    const help = helpFor(commands, split, locale, terminal);
    if (help !== undefined) {
      const wasAsked = split.has('help') || split.words[0] === 'help';
      (wasAsked ? terminal.output : terminal.errors).write(help);
      return wasAsked ? exitCode.ok : exitCode.usage;
    }
    const command = findCommand(commands, split.words);
    if (command === undefined) throw usageFailure(cliText.unknownCommand(split.words[0] ?? '', ''));
    await command.run(callFor(command, split, locale, terminal));
    return exitCode.ok;
  } catch (error) {
    return complain(error, terminal, locale, asJson);
  }
}

/** The help that the words ask for; undefined when they call a command. */
function helpFor(
  commands: readonly Command[],
  split: Split,
  locale: Locale,
  terminal: Terminal,
): string | undefined {
  const isAsked = split.has('help') || split.words[0] === 'help';
  const words = split.words[0] === 'help' ? split.words.slice(1) : split.words;
  const command = findCommand(commands, words);
  if (command !== undefined && !isAsked) return undefined;
  const style = styleFor(mayColour(isAsked ? terminal.output : terminal.errors, terminal.environment));
  if (command !== undefined) return helpOnCommand(command, locale, style);
  if (words[0] !== undefined) return helpOnNoun(commands, words[0], locale, style);
  return helpOnAll(commands, locale, style);
}

function callFor(command: Command, split: Split, locale: Locale, terminal: Terminal): Call {
  const { arguments: given, options } = readCall(command, split);
  const wished = {
    url: options['url'] as string | undefined,
    org: options['org'] as string | undefined,
  };
  const timeoutSeconds = options['wait-timeout'] as number | undefined;
  if (timeoutSeconds !== undefined && (timeoutSeconds <= 0 || timeoutSeconds > 1_000_000)) {
    throw usageFailure(cliText.optionNumber('--wait-timeout', String(timeoutSeconds)));
  }
  return {
    arguments: given,
    options,
    terminal,
    printer: new Printer(terminal, {
      json: options['json'] === true,
      quiet: options['quiet'] === true,
      locale,
    }),
    wished,
    api: () => openApi(terminal, wished, locale),
    wait:
      command.waits && (options['wait'] === true || timeoutSeconds !== undefined)
        ? { timeoutSeconds }
        : undefined,
    paging: {
      limit: options['limit'] as number | undefined,
      cursor: options['cursor'] as string | undefined,
    },
    yes: options['yes'] === true,
  };
}

/** The API as the person is signed in, for the organisation they named by its id or its name. */
async function openApi(terminal: Terminal, wished: Call['wished'], locale: Locale): Promise<Api> {
  const signIn = await getSignIn(terminal, wished);
  if (signIn.org === undefined || isId(signIn.org)) return apiAt(signIn, locale);
  const viewer = (await apiAt({ ...signIn, org: undefined }, locale).get('/api/identity/viewer')).as(Viewer);
  const found = viewer.orgs.filter(({ name }) => name === signIn.org);
  const [org] = found;
  if (org === undefined || found.length > 1) {
    const known = viewer.orgs.map(({ name, id }) => `${name} (${id})`).join(', ');
    throw new CliFailure(exitCode.notFound, cliText.noSuchOrganisation(signIn.org, known || '-'));
  }
  return apiAt({ ...signIn, org: org.id }, locale);
}

/** Says on standard error what went wrong and what to do; a stack only to those who ask for it. */
function complain(error: unknown, terminal: Terminal, locale: Locale, asJson: boolean): ExitCode {
  const known =
    error instanceof CliFailure
      ? error
      : new CliFailure(exitCode.failed, cliText.bug(error instanceof Error ? error.message : String(error)));
  if (asJson) {
    const own = {
      type: 'about:blank',
      title: 'cli',
      status: 0,
      code: nameOf(known.exitCode),
      detail: known.text[locale],
    };
    terminal.errors.write(`${JSON.stringify(known.problem ?? own)}\n`);
  } else {
    const style = styleFor(mayColour(terminal.errors, terminal.environment));
    const isUsage = known.exitCode === exitCode.usage;
    const say = (text: Text) => text[locale];
    terminal.errors.write(`${style('bad', 'elepherd:')} ${say(known.text)}\n`);
    if (isUsage) terminal.errors.write(`${say(cliText.seeHelp)}\n`);
  }
  if (terminal.environment['ELEPHERD_DEBUG'] && !(error instanceof CliFailure) && error instanceof Error) {
    terminal.errors.write(`${error.stack ?? ''}\n`);
  }
  return known.exitCode;
}

const nameOf = (code: ExitCode) =>
  Object.entries(exitCode).find(([, value]) => value === code)?.[0] ?? 'failed';
