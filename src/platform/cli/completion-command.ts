import { cliCommandText } from '../contract/cli-commands.text.ts';
import { type Command, defineCommand } from './command.ts';
import { completionScript, type Shell, shells } from './completion.ts';
import { usageFailure } from './failure.ts';

/** The command that prints completion scripts; it knows the whole table, itself included. */
export function completionCommand(all: () => readonly Command[]): Command {
  return defineCommand('completion', {
    summary: cliCommandText.completion,
    arguments: [{ name: 'shell', title: cliCommandText.shell }],
    examples: [
      'source <(elepherd completion bash)',
      'source <(elepherd completion zsh)',
      'elepherd completion fish | source',
    ],
    async run({ arguments: given, printer }) {
      const shell = shells.find((name) => name === given.shell);
      if (shell === undefined) throw usageFailure(cliCommandText.unknownShell(given.shell.slice(0, 60)));
      printer.raw(completionScript(all(), shell satisfies Shell, printer.locale));
    },
  });
}
