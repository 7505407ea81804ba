import { cliText } from '../contract/cli.text.ts';
import { locales } from '../contract/i18n.ts';
import type { Command, Option } from './command.ts';

/** Options every command knows. */
export const globalOptions = {
  json: { type: 'boolean', title: cliText.optionJson },
  quiet: { type: 'boolean', short: 'q', title: cliText.optionQuiet },
  lang: { type: 'string', choices: locales, title: cliText.optionLang },
  url: { type: 'string', value: 'url', title: cliText.optionUrl },
  org: { type: 'string', value: 'organisation', title: cliText.optionOrg },
  help: { type: 'boolean', short: 'h', title: cliText.optionHelp },
  version: { type: 'boolean', title: cliText.optionVersion },
} as const satisfies Record<string, Option>;

const waitOptions = {
  wait: { type: 'boolean', title: cliText.optionWait },
  'wait-timeout': { type: 'number', value: 'seconds', title: cliText.optionWaitTimeout },
} as const satisfies Record<string, Option>;

const pageOptions = {
  limit: { type: 'number', value: 'number', title: cliText.optionLimit },
  cursor: { type: 'string', value: 'cursor', title: cliText.optionCursor },
} as const satisfies Record<string, Option>;

const destroyOptions = {
  yes: { type: 'boolean', short: 'y', title: cliText.optionYes },
} as const satisfies Record<string, Option>;

/** All options a command takes, beside the global ones. */
export function optionsOf(command: Command): Record<string, Option> {
  return {
    ...command.options,
    ...(command.waits ? waitOptions : {}),
    ...(command.pages ? pageOptions : {}),
    ...(command.destroys ? destroyOptions : {}),
  };
}

/** How a command is called, as in `cluster create <name>`. */
export function callOf(command: Command): string {
  const places = command.arguments.map(({ name, optional, rest }) => {
    const form = `${name}${rest ? '…' : ''}`;
    return optional ? `[${form}]` : `<${form}>`;
  });
  return [...command.words, ...places].join(' ');
}

/** The first words of all commands, in the order of the table. */
export function firstWords(commands: readonly Command[]): string[] {
  return [...new Set(commands.map(({ words }) => words[0] ?? ''))];
}

/** Faults in the table itself: words or options that would contradict one another. */
export function tableFaults(commands: readonly Command[]): string[] {
  const faults: string[] = [];
  const called = new Set<string>();
  const kinds = new Map<string, string>(
    Object.entries(globalOptions).map(([name, option]) => [name, kindOf(option)]),
  );
  for (const command of commands) {
    const words = command.words.join(' ');
    if (called.has(words)) faults.push(`${words} stands twice in the table`);
    called.add(words);
    if (
      commands.some(
        (other) => other !== command && command.words.join(' ').startsWith(`${other.words.join(' ')} `),
      )
    ) {
      faults.push(`${words} begins with the words of another command`);
    }
    for (const [name, option] of Object.entries(optionsOf(command))) {
      // One pass reads options before it knows the command, so a name must mean the same everywhere.
      const known = kinds.get(name);
      if (known !== undefined && known !== kindOf(option))
        faults.push(`${words}: --${name} is ${known} elsewhere`);
      kinds.set(name, kindOf(option));
    }
  }
  return faults;
}

const kindOf = (option: Option) =>
  `${option.type === 'boolean' ? 'a switch' : 'a value'}${option.multiple ? ', repeatable' : ''}${option.short ? `, -${option.short}` : ''}`;
