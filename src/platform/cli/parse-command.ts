import { parseArgs } from 'node:util';
import { cliText } from '../contract/cli.text.ts';
import { Locale } from '../contract/i18n.ts';
import { callOf, firstWords, globalOptions, optionsOf } from './command-table.ts';
import type { Command, Option } from './command.ts';
import { usageFailure } from './failure.ts';
import { suggest } from './suggest.ts';

/** A command line, understood. */
export interface Parsed {
  command: Command;
  arguments: Record<string, unknown>;
  options: Record<string, unknown>;
}

/** What is known before the command is: which words stand there, and which options were given. */
export interface Split {
  words: string[];
  given: { name: string; typed: string; value: string | undefined }[];
  has(name: keyof typeof globalOptions): boolean;
  valueOf(name: keyof typeof globalOptions): string | undefined;
}

/** Separates words from options. Refuses an option without its value and a value for a switch. */
export function splitWords(commands: readonly Command[], typed: readonly string[]): Split {
  const all = allOptions(commands);
  const { tokens } = parseArgs({
    args: [...typed],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(all).map(([name, { type, short }]) => [
        name,
        {
          type: type === 'boolean' ? ('boolean' as const) : ('string' as const),
          ...(short ? { short } : {}),
        },
      ]),
    ),
  });
  const words: string[] = [];
  const given: Split['given'] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(all, token.name) ? all[token.name] : undefined;
    const value = token.value ?? undefined;
    if (option?.type === 'boolean' && value !== undefined) {
      throw usageFailure(cliText.optionTakesNoValue(token.rawName));
    }
    if (option !== undefined && option.type !== 'boolean') {
      const looksLikeOption = !token.inlineValue && value !== undefined && /^-(?!\d|$)/.test(value);
      if (value === undefined || looksLikeOption) throw usageFailure(cliText.optionNeedsValue(token.rawName));
    }
    given.push({ name: token.name, typed: token.rawName, value });
  }
  return {
    words,
    given,
    has: (name) => given.some((option) => option.name === name),
    valueOf: (name) => given.findLast((option) => option.name === name)?.value,
  };
}

/** The language given by `--lang`; undefined when there is none. */
export function localeOf(split: Split): Locale | undefined {
  const wish = split.valueOf('lang');
  if (wish === undefined) return undefined;
  const locale = Locale.safeParse(wish);
  if (!locale.success) throw usageFailure(cliText.optionChoices('--lang', Locale.options.join(', ')));
  return locale.data;
}

/** The command that the words call, and how many of them are its name. Refuses unknown words with a suggestion. */
export function findCommand(commands: readonly Command[], words: readonly string[]): Command | undefined {
  const found = commands.find((command) => command.words.every((word, index) => words[index] === word));
  if (found !== undefined || words.length === 0) return found;
  const [first = '', second] = words;
  const underFirst = commands.filter((command) => command.words[0] === first);
  if (underFirst.length === 0) {
    throw usageFailure(cliText.unknownCommand(first, near(first, firstWords(commands))));
  }
  if (second === undefined) return undefined;
  const verbs = underFirst.map((command) => command.words[1] ?? '');
  const close = suggest(second, verbs);
  throw usageFailure(
    cliText.unknownVerb(
      first,
      second,
      close === undefined ? verbs.join(', ') : `elepherd ${first} ${close}`,
      close !== undefined,
    ),
  );
}

/** Arguments and options of a command, checked. Refuses what it does not know, with a suggestion. */
export function readCall(command: Command, split: Split): Parsed {
  const values = split.words.slice(command.words.length);
  const missing = command.arguments.find(({ optional }, index) => !optional && !values[index]);
  if (missing) throw usageFailure(cliText.argumentMissing(missing.name, callOf(command)));
  const tooMuch = values[command.arguments.length];
  const hasRest = command.arguments.at(-1)?.rest === true;
  if (tooMuch !== undefined && !hasRest)
    throw usageFailure(cliText.argumentTooMuch(tooMuch, callOf(command)));

  const known: Record<string, Option> = { ...globalOptions, ...optionsOf(command) };
  const options: Record<string, unknown> = Object.fromEntries(
    Object.entries(known).map(([name, { type, multiple }]) => [
      name,
      multiple ? [] : type === 'boolean' ? false : undefined,
    ]),
  );
  for (const { name, typed, value } of split.given) {
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (option === undefined) {
      const close = suggest(name, Object.keys(known));
      throw usageFailure(
        cliText.unknownOption(typed, command.words.join(' '), close === undefined ? '' : `--${close}`),
      );
    }
    const read = readValue(typed, option, value);
    if (option.multiple) (options[name] as unknown[]).push(read);
    else options[name] = read;
  }
  return {
    command,
    arguments: Object.fromEntries(
      command.arguments.map(({ name, rest }, index) => [name, rest ? values.slice(index) : values[index]]),
    ),
    options,
  };
}

function readValue(typed: string, option: Option, value: string | undefined): string | number | boolean {
  if (option.type === 'boolean') return true;
  const given = value ?? '';
  if (option.choices && !option.choices.includes(given)) {
    throw usageFailure(cliText.optionChoices(typed, option.choices.join(', ')));
  }
  if (option.type === 'string') return given;
  if (!/^-?\d{1,15}(?:\.\d+)?$/.test(given))
    throw usageFailure(cliText.optionNumber(typed, given.slice(0, 60)));
  return Number(given);
}

const near = (typed: string, known: readonly string[]) => {
  const close = suggest(typed, known);
  return close === undefined ? '' : `elepherd ${close}`;
};

function allOptions(commands: readonly Command[]): Record<string, Option> {
  const own = commands.flatMap((command) => Object.entries(optionsOf(command)));
  return { ...Object.fromEntries(own), ...globalOptions };
}
