import type { Text } from '../contract/i18n.ts';
import { cliText } from '../contract/cli.text.ts';
import type { ProblemCode } from '../contract/problem.ts';

/** What the shell is told when a command ends. */
export const exitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  notSignedIn: 3,
  notFound: 4,
  conflict: 5,
  unreachable: 6,
  operationFailed: 7,
  waitTimedOut: 124,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The meaning of each exit code, for help and the guide. */
export const exitCodeMeanings: readonly (readonly [ExitCode, Text])[] = [
  [exitCode.ok, cliText.exitOk],
  [exitCode.failed, cliText.exitFailed],
  [exitCode.usage, cliText.exitUsage],
  [exitCode.notSignedIn, cliText.exitNotSignedIn],
  [exitCode.notFound, cliText.exitNotFound],
  [exitCode.conflict, cliText.exitConflict],
  [exitCode.unreachable, cliText.exitUnreachable],
  [exitCode.operationFailed, cliText.exitOperationFailed],
  [exitCode.waitTimedOut, cliText.exitWaitTimedOut],
  [exitCode.interrupted, cliText.exitInterrupted],
];

const ofProblem: Partial<Record<ProblemCode, ExitCode>> = {
  unauthenticated: exitCode.notSignedIn,
  forbidden: exitCode.notSignedIn,
  not_found: exitCode.notFound,
  conflict: exitCode.conflict,
  unavailable: exitCode.unreachable,
};

/** The exit code of a refusal by the API. */
export function exitCodeOf(problemCode: string): ExitCode {
  return ofProblem[problemCode as ProblemCode] ?? exitCode.failed;
}
