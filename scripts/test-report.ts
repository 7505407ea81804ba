import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** What one part of the tests came to. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed: its name, and the first line of why. */
  failures: string[];
}

const Report = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      /** Why a file could not be run; nothing when only its tests failed. */
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

/**
 * Counts a report of Vitest's JSON reporter; `errors` are those outside of tests and of hooks, which it leaves out. Whatever makes a run fail
 * counts as a failure even if no single test did: a file that cannot be loaded, an error outside of tests, a run that left no report.
 */
export function readReport(
  part: string,
  text: string | undefined,
  exitCode: number,
  given: { errors?: readonly string[]; shorten?: (path: string) => string } = {},
): Outcome {
  const { errors = [], shorten = (path) => path } = given;
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const fail = (name: string, why = ''): void => {
    outcome.failed += 1;
    outcome.failures.push([`${part}: ${name}`, firstLine(why)].filter(Boolean).join(' · '));
  };
  const report = text === undefined ? undefined : Report.parse(JSON.parse(text));
  for (const file of report?.testResults ?? []) {
    for (const { fullName, status, failureMessages } of file.assertionResults) {
      if (status === 'passed') outcome.passed += 1;
      else if (status === 'failed') fail(`${shorten(file.name)}: ${fullName}`, failureMessages[0]);
      else outcome.skipped += 1;
    }
    const hasFailedTest = file.assertionResults.some(({ status }) => status === 'failed');
    // A hook that failed is among the errors, with its suite; the report has its tests as skipped and says nothing.
    const isTold = errors.some((error) => error.startsWith(`${shorten(file.name)}:`));
    if (file.status === 'failed' && !hasFailedTest && !isTold)
      fail(`${shorten(file.name)}: it could not be run`, file.message);
  }
  for (const error of errors) fail(`outside of tests: ${error}`);
  if (outcome.failed === 0 && (exitCode !== 0 || report === undefined))
    fail(`the run ended with exit code ${exitCode}`);
  return outcome;
}

// Colours are for a terminal; of a long line the beginning says what it is about.
const firstLine = (text: string) => (stripVTControlCharacters(text).split('\n')[0] ?? '').slice(0, 300);

/** The closing line: totals, with `skipped` only when there is something. */
export function sumLine(outcomes: readonly Outcome[]): string {
  const sum = (key: 'passed' | 'failed' | 'skipped'): number =>
    outcomes.reduce((total, one) => total + one[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
