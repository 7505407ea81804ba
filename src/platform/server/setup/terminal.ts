import { type Locale, negotiateLocale, type Text } from '../../contract/i18n.ts';

/** The language of this terminal, from the variables every Unix program reads. */
export function terminalLocale(env: NodeJS.ProcessEnv): Locale {
  const wish = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return negotiateLocale(wish.replace(/[.@].*$/, '').replace('_', '-'));
}

/** Prints one line for a person in the terminal's language. */
export function say(line: Text): void {
  process.stdout.write(`${line[terminalLocale(process.env)]}\n`);
}

/** Prints one line about a failure in the terminal's language. */
export function complain(line: Text): void {
  process.stderr.write(`${line[terminalLocale(process.env)]}\n`);
}
