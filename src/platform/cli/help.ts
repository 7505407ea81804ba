import { cliText } from '../contract/cli.text.ts';
import type { Locale, Text } from '../contract/i18n.ts';
import { callOf, firstWords, globalOptions, optionsOf } from './command-table.ts';
import type { Command, Option } from './command.ts';
import { displayWidth, padColumns } from './display-width.ts';
import { exitCodeMeanings } from './exit-code.ts';
import type { Style } from './style.ts';

/** Help on everything: each command with a line. */
export function helpOnAll(commands: readonly Command[], locale: Locale, style: Style): string {
  const say = (text: Text) => text[locale];
  const heading = (text: Text) => style('heading', say(text));
  const sections = firstWords(commands).map((word) =>
    commands
      .filter(({ words }) => words[0] === word)
      .map((command) => [callOf(command), say(command.summary)] as const),
  );
  // Commands of one word stand together; a noun with verbs gets a block of its own.
  const single = sections.filter((rows) => rows.length === 1).flat();
  const blocks = [...sections.filter((rows) => rows.length > 1), single].filter((rows) => rows.length > 0);
  const width = widest(blocks.flat());
  return [
    `${heading(cliText.usage)} elepherd <${say(cliText.wordCommand)}> [${say(cliText.wordOptions)}]`,
    '',
    say(cliText.what),
    ...blocks.flatMap((rows) => ['', ...listed(rows, width)]),
    '',
    heading(cliText.globalOptions),
    ...optionLines(globalOptions, say),
    '',
    heading(cliText.exitCodes),
    ...listed(exitCodeMeanings.map(([code, meaning]) => [String(code), say(meaning)] as const)),
    '',
    say(cliText.helpOnOne),
    '',
  ].join('\n');
}

/** Help on a noun: its verbs. */
export function helpOnNoun(commands: readonly Command[], noun: string, locale: Locale, style: Style): string {
  const say = (text: Text) => text[locale];
  const rows = commands
    .filter(({ words }) => words[0] === noun)
    .map((command) => [callOf(command), say(command.summary)] as const);
  return [
    `${style('heading', say(cliText.usage))} elepherd ${noun} <${say(cliText.wordVerb)}>`,
    '',
    ...listed(rows),
    '',
    say(cliText.helpOnOne),
    '',
  ].join('\n');
}

/** Help on one command: its arguments, options and examples. */
export function helpOnCommand(command: Command, locale: Locale, style: Style): string {
  const say = (text: Text) => text[locale];
  const heading = (text: Text) => style('heading', say(text));
  const options = optionsOf(command);
  const lines = [
    `${heading(cliText.usage)} elepherd ${callOf(command)}${Object.keys(options).length > 0 ? ` [${say(cliText.wordOptions)}]` : ''}`,
    '',
    say(command.summary),
  ];
  if (command.detail) lines.push('', say(command.detail));
  if (command.arguments.length > 0) {
    const rows = command.arguments.map(({ name, title }) => [`<${name}>`, say(title)] as const);
    lines.push('', heading(cliText.arguments), ...listed(rows));
  }
  if (Object.keys(options).length > 0) lines.push('', heading(cliText.options), ...optionLines(options, say));
  lines.push('', heading(cliText.globalOptions), ...optionLines(globalOptions, say));
  if (command.examples.length > 0) {
    lines.push('', heading(cliText.examples), ...command.examples.map((example) => `  ${example}`));
  }
  return [...lines, ''].join('\n');
}

/** How an option is written, as in `--quiet, -q` and `--members <number>`. */
export function optionForm(name: string, option: Option): string {
  const value =
    option.type === 'boolean' ? '' : ` <${option.choices?.join('|') ?? option.value ?? option.type}>`;
  return `--${name}${option.short ? `, -${option.short}` : ''}${value}`;
}

function optionLines(options: Readonly<Record<string, Option>>, say: (text: Text) => string): string[] {
  return listed(
    Object.entries(options).map(([name, option]) => [optionForm(name, option), say(option.title)] as const),
  );
}

const widest = (rows: readonly (readonly [string, string])[]) =>
  Math.min(44, Math.max(...rows.map(([left]) => displayWidth(left))));

function listed(rows: readonly (readonly [string, string])[], width = widest(rows)): string[] {
  return rows.map(([left, right]) => `  ${padColumns(left, width)}  ${right}`);
}
