import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

/** A reporter for Vitest beside its JSON, which leaves them out: errors outside of tests and those of a suite's hooks, a line each, in the file that `ELEPHERD_TEST_ERRORS` names. */
export default class TestErrors implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const file = process.env['ELEPHERD_TEST_ERRORS'];
    if (file === undefined) return;
    const lines = errors.map((error) =>
      lineOf([error['VITEST_TEST_PATH'], error['VITEST_TEST_NAME']], error),
    );
    for (const module of modules)
      for (const suite of module.children.allSuites())
        for (const error of suite.errors()) lines.push(lineOf([module.moduleId, suite.name], error));
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  }
}

function lineOf(place: readonly unknown[], { message, stack = '' }: SerializedError): string {
  const where = place.filter((one) => typeof one === 'string').join(': ');
  // Where it was thrown says more than which test ran meanwhile.
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '));
  const at = (frames.find((line) => !line.includes('node_modules')) ?? frames[0])?.trim();
  return [where, message.split('\n')[0], at].filter(Boolean).join(' · ').replaceAll(`${process.cwd()}/`, '');
}
