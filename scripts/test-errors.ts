import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter } from 'vitest/node';

/** A reporter for Vitest beside its JSON, which leaves them out: errors outside of tests, a line each, in the file that `ELEPHERD_TEST_ERRORS` names. */
export default class TestErrors implements Reporter {
  onTestRunEnd(_modules: unknown, errors: readonly SerializedError[]): void {
    const file = process.env['ELEPHERD_TEST_ERRORS'];
    if (file !== undefined) writeFileSync(file, errors.map((error) => `${lineOf(error)}\n`).join(''));
  }
}

function lineOf(error: SerializedError): string {
  const { message, stack = '', VITEST_TEST_PATH: path, VITEST_TEST_NAME: name } = error;
  const where = [path, name].filter((one) => typeof one === 'string').join(': ');
  // Where it was thrown says more than which test ran meanwhile.
  const at = stack
    .split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim();
  return [where, message.split('\n')[0], at].filter(Boolean).join(' · ').replaceAll(`${process.cwd()}/`, '');
}
