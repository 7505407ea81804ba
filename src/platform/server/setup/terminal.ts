import { terminalLocale, type Text } from '../../contract/i18n.ts';

/** Prints one line for a person in the terminal's language. */
export function say(line: Text): void {
  process.stdout.write(`${line[terminalLocale(process.env)]}\n`);
}

/** Prints one line about a failure in the terminal's language. */
export function complain(line: Text): void {
  process.stderr.write(`${line[terminalLocale(process.env)]}\n`);
}
