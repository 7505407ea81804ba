import { cliText } from '../contract/cli.text.ts';
import type { Text } from '../contract/i18n.ts';
import type { Call } from './command.ts';
import { exitCode } from './exit-code.ts';
import { CliFailure, usageFailure } from './failure.ts';
import { isInteractive, type Terminal } from './terminal.ts';

/** Goes on only when the person types the name of what will be lost, or gave `--yes`. */
export async function confirmLoss<Any, Other>(
  call: Call<Any, Other>,
  what: Text,
  name: string,
): Promise<void> {
  if (call.yes) return;
  if (!isInteractive(call.terminal)) throw usageFailure(cliText.needsYes);
  const { printer, terminal } = call;
  terminal.errors.write(`${printer.paintErrors('warning', printer.say(what))}\n`);
  const typed = await askLine(terminal, printer.say(cliText.typeName(name)), { hidden: false });
  if (typed.trim() !== name) throw new CliFailure(exitCode.failed, cliText.notConfirmed);
}

/** One line from the person; a hidden one is not shown while it is typed. */
export async function askLine(
  terminal: Terminal,
  question: string,
  options: { hidden: boolean },
): Promise<string> {
  const { input, errors } = terminal;
  errors.write(`${question} `);
  let typed = '';
  // Raw, so that nothing is echoed by the terminal and an editor's habits work the same everywhere.
  input.setRawMode?.(true);
  try {
    for await (const chunk of input) {
      for (const key of String(chunk)) {
        if (key === '\r' || key === '\n') return typed;
        if (key === '\u0003' || key === '\u0004') {
          throw new CliFailure(exitCode.interrupted, cliText.notConfirmed);
        }
        if (key === '\u007f' || key === '\b') {
          if (typed === '') continue;
          const gone = [...typed].at(-1) ?? '';
          typed = typed.slice(0, -gone.length);
          if (!options.hidden) errors.write('\b \b');
        } else if (key >= ' ') {
          typed += key;
          if (!options.hidden) errors.write(key);
        }
      }
    }
    return typed;
  } finally {
    input.setRawMode?.(false);
    errors.write('\n');
  }
}

/** Everything that is piped in, at most 64 KiB, without the last line end. */
export async function readPiped(terminal: Terminal): Promise<string> {
  let text = '';
  for await (const chunk of terminal.input) {
    text += String(chunk);
    if (text.length > 65_536) throw usageFailure(cliText.tooMuchPiped);
  }
  return text.replace(/\r?\n$/, '');
}
