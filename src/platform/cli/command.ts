import type { Text } from '../contract/i18n.ts';
import type { Api } from './api.ts';
import type { Printer } from './printer.ts';
import type { Terminal } from './terminal.ts';

export interface Argument {
  name: string;
  title: Text;
  optional?: true;
  /** Takes all words that are left, at least one unless it is optional; only for the last argument. */
  rest?: true;
  /** Words of the command whose `--quiet` output is the names to choose from. */
  completes?: string;
}

export interface Option {
  type: 'string' | 'number' | 'boolean';
  title: Text;
  short?: string;
  /** May be given several times. */
  multiple?: true;
  choices?: readonly string[];
  /** What stands for the value in help, as in `--members <number>`. */
  value?: string;
  completes?: string;
}

type ArgumentValues<A extends readonly Argument[]> = {
  [Each in A[number] as Each['name']]: Each extends { rest: true }
    ? string[]
    : Each extends { optional: true }
      ? string | undefined
      : string;
};
type OptionValue<O extends Option> = O extends { type: 'boolean' }
  ? boolean
  : O extends { multiple: true }
    ? string[]
    : O extends { type: 'number' }
      ? number | undefined
      : string | undefined;
type OptionValues<O extends Record<string, Option>> = { [Name in keyof O]: OptionValue<O[Name]> };

/** What a command gets when it runs. */
export interface Call<Arguments = Record<string, unknown>, Options = Record<string, unknown>> {
  arguments: Arguments;
  options: Options;
  terminal: Terminal;
  printer: Printer;
  /** Given by `--url` and `--org`. */
  wished: { url: string | undefined; org: string | undefined };
  /** The API as the person is signed in; fails when they are not. */
  api(): Promise<Api>;
  /** Set by `--wait`. */
  wait: { timeoutSeconds: number | undefined } | undefined;
  /** What a list asks for, set by `--limit` and `--cursor`. */
  paging: { limit: number | undefined; cursor: string | undefined };
  /** Set by `--yes`. */
  yes: boolean;
}

export interface Command {
  /** The words that call it: noun and verb, or one word. */
  words: readonly string[];
  summary: Text;
  /** Whatever a person should know before using it. */
  detail?: Text;
  arguments: readonly Argument[];
  options: Readonly<Record<string, Option>>;
  /** Starts an operation: gets `--wait` and `--wait-timeout`. */
  waits: boolean;
  /** Lists in pages: gets `--limit` and `--cursor`. */
  pages: boolean;
  /** Loses something: gets `--yes`, without which the name is asked for. */
  destroys: boolean;
  examples: readonly string[];
  run(call: Call): Promise<void>;
}

interface Declaration<A extends readonly Argument[], O extends Record<string, Option>> {
  summary: Text;
  detail?: Text;
  arguments?: A;
  options?: O;
  waits?: true;
  pages?: true;
  destroys?: true;
  examples?: readonly string[];
  run(call: Call<ArgumentValues<A>, OptionValues<O>>): Promise<void>;
}

/** Declares a command, called by `words`, as one row of the table from which help, completion and the guide are made. */
export function defineCommand<
  const A extends readonly Argument[] = [],
  const O extends Record<string, Option> = Record<never, never>,
>(words: string, declaration: Declaration<A, O>): Command {
  return {
    arguments: [],
    options: {},
    waits: false,
    pages: false,
    destroys: false,
    examples: [],
    ...declaration,
    words: words.split(' '),
    // The parser gives each command exactly what it declared.
    run: declaration.run as unknown as Command['run'],
  };
}
