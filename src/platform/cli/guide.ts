import { cliText } from '../contract/cli.text.ts';
import type { Locale, Text } from '../contract/i18n.ts';
import { callOf, firstWords, globalOptions, optionsOf } from './command-table.ts';
import type { Command, Option } from './command.ts';
import { exitCodeMeanings } from './exit-code.ts';
import { optionForm } from './help.ts';

/** The guide to the command line as Markdown, made from the table of commands. */
export function guide(commands: readonly Command[], locale: Locale): string {
  const say = (text: Text) => text[locale];
  const parts = [
    `# ${say(cliText.guideTitle)}`,
    say(cliText.guideMade),
    say(cliText.guideStart),
    block([
      'npx elepherd cluster create demo --members 1 --wait',
      `psql "$(npx elepherd cluster url demo)" -c 'select version()'`,
    ]),
    `## ${say(cliText.guideSignIn)}`,
    say(cliText.guideSignInText),
    `## ${say(cliText.guideOutput)}`,
    say(cliText.guideOutputText),
    optionTable(globalOptions, say),
    `## ${say(cliText.guideWaiting)}`,
    say(cliText.guideWaitingText),
    `## ${say(cliText.exitCodes)}`,
    table(
      [say(cliText.guideCode), say(cliText.guideMeaning)],
      exitCodeMeanings.map(([code, text]) => [String(code), say(text)]),
    ),
    `## ${say(cliText.guideCompletion)}`,
    block([
      'source <(elepherd completion bash)',
      'source <(elepherd completion zsh)',
      'elepherd completion fish | source',
    ]),
    ...firstWords(commands).flatMap((word) => [
      `## ${word}`,
      ...commands.filter(({ words }) => words[0] === word).flatMap((command) => onCommand(command, say)),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function onCommand(command: Command, say: (text: Text) => string): string[] {
  const options = optionsOf(command);
  return [
    `### \`elepherd ${callOf(command)}\``,
    say(command.summary),
    ...(command.detail ? [say(command.detail)] : []),
    ...(command.arguments.length > 0
      ? [
          table(
            [say(cliText.guideArgument), say(cliText.guideMeaning)],
            command.arguments.map(({ name, title }) => [`\`<${name}>\``, say(title)]),
          ),
        ]
      : []),
    ...(Object.keys(options).length > 0 ? [optionTable(options, say)] : []),
    ...(command.examples.length > 0 ? [block(command.examples)] : []),
  ];
}

function optionTable(options: Readonly<Record<string, Option>>, say: (text: Text) => string): string {
  return table(
    [say(cliText.guideOption), say(cliText.guideMeaning)],
    Object.entries(options).map(([name, option]) => [`\`${optionForm(name, option)}\``, say(option.title)]),
  );
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(titles), `|${titles.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n');
}

const block = (lines: readonly string[]) => ['```sh', ...lines, '```'].join('\n');
