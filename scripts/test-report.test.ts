import { expect, test } from 'vitest';
import { readReport, sumLine } from './test-report.ts';

const file = (name: string, status: string, statuses: string[]) => ({
  name,
  status,
  assertionResults: statuses.map((one, at) => ({ fullName: `test ${at}`, status: one })),
});
const report = (...testResults: object[]) => JSON.stringify({ success: true, testResults });

test('counts passed, failed and skipped tests of all files', () => {
  const text = report(
    file('a', 'passed', ['passed', 'pending', 'todo']),
    file('b', 'failed', ['passed', 'failed']),
  );
  expect(readReport('unit', text, 1)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 2,
    failures: ['unit: b: test 1'],
  });
});

test('a file that cannot be loaded is a failure', () => {
  expect(readReport('unit', report(file('a', 'failed', [])), 1)).toMatchObject({ passed: 0, failed: 1 });
});

test('what failed says why, in the first line of its error', () => {
  const assertionResults = [
    {
      fullName: 'a test',
      status: 'failed',
      failureMessages: ['\u001b[31mError: no leader\u001b[39m\n    at x.ts'],
    },
  ];
  const { failures } = readReport(
    'lab',
    report(
      { name: 'a', status: 'failed', message: 'no host is online\nafter 60 s', assertionResults: [] },
      { name: 'b', status: 'failed', message: '', assertionResults },
    ),
    1,
  );
  expect(failures).toEqual([
    'lab: a: it could not be run · no host is online',
    'lab: b: a test · Error: no leader',
  ]);
});

test('a run that fails although every test passed is a failure, and so is one without a report', () => {
  expect(readReport('unit', report(file('a', 'passed', ['passed'])), 1)).toMatchObject({
    passed: 1,
    failed: 1,
  });
  expect(readReport('unit', undefined, 0)).toMatchObject({ failed: 1 });
  expect(readReport('unit', report(), 0)).toMatchObject({ failed: 0 });
});

test('errors outside of tests are named', () => {
  const outcome = readReport('unit', report(file('a', 'passed', ['passed'])), 1, {
    errors: ['a.test.ts · broke'],
  });
  expect(outcome).toMatchObject({
    passed: 1,
    failed: 1,
    failures: ['unit: outside of tests: a.test.ts · broke'],
  });
});

test('a file whose hook failed is named once, with the suite and why', () => {
  const outcome = readReport('lab', report(file('/x/a.test.ts', 'failed', ['skipped'])), 1, {
    errors: ['a.test.ts: a suite · no leader'],
    shorten: (path) => path.replace('/x/', ''),
  });
  expect(outcome.failures).toEqual(['lab: outside of tests: a.test.ts: a suite · no leader']);
});

test('the closing line names skipped tests only when there are some', () => {
  const some = { passed: 3, failed: 0, skipped: 0, failures: [] };
  expect(sumLine([some, some])).toBe('6 passed, 0 failed');
  expect(sumLine([some, { ...some, failed: 1, skipped: 2 }])).toBe('6 passed, 1 failed, 2 skipped');
});
