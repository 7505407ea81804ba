import { errorClasses, type ErrorClass } from '#src/fleet/contract/activity.ts';

export const severities = ['WARNING', 'ERROR', 'FATAL', 'PANIC'] as const;
export type LogSeverity = (typeof severities)[number];
export { errorClasses };

const byState: readonly [RegExp, ErrorClass][] = [
  [/^(?:XX001|XX002|58030)$/, 'corruption'],
  [/^28/, 'sign-in'],
  [/^42501$/, 'permission'],
  [/^08/, 'connection'],
  [/^(?:22|21|2F|39|P0)/, 'data'],
  [/^(?:23|27|44)/, 'constraint'],
  [/^40/, 'conflict'],
  [/^55P03$/, 'conflict'],
  [/^(?:53|54)/, 'resources'],
  [/^57/, 'cancelled'],
  [/^(?:42|0A|25|26|34|3|2|55)/, 'statement'],
  [/^(?:58|F0|XX|HV|72)/, 'system'],
];
/** What a server says that does not write SQLSTATE into its lines. */
const byWords: readonly [RegExp, ErrorClass][] = [
  [/invalid page|checksum|could not read block|corrupt/i, 'corruption'],
  [/authentication failed|no pg_hba\.conf entry|role ".*" does not exist/, 'sign-in'],
  [/permission denied|must be owner/, 'permission'],
  [/violates .* constraint|duplicate key/, 'constraint'],
  [/deadlock detected|could not serialize|lock timeout/, 'conflict'],
  [/too many connections|remaining connection slots|out of memory|No space left/, 'resources'],
  [/canceling statement|terminating connection|shutting down|starting up/, 'cancelled'],
  [/does not exist|syntax error|is aborted/, 'statement'],
];

/**
 * What one line of a server's log reports: its severity, the class of its error, and its words; undefined for lines that report
 * nothing. Patroni's lines stand in the same log: PostgreSQL writes two spaces behind the colon, they do not.
 */
export function errorOf(
  line: string,
): { severity: LogSeverity; errorClass: ErrorClass; words: string } | undefined {
  const [, before = '', severity, words = ''] =
    /^(.*?)\b(WARNING|ERROR|FATAL|PANIC): {2}(.*)$/.exec(line) ?? [];
  if (severity === undefined) return undefined;
  const state = /(?:^|[\s[])([0-9A-Z]{5})(?=[\s\]]|$)/.exec(before.replace(/^\S+ \S+ \S+ /, ''))?.[1];
  const found =
    (state === undefined || state === '00000'
      ? undefined
      : byState.find(([pattern]) => pattern.test(state))) ?? byWords.find(([pattern]) => pattern.test(words));
  return { severity: severity as LogSeverity, errorClass: found?.[1] ?? 'unknown', words };
}
