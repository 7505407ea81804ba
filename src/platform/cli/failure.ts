import type { Text } from '../contract/i18n.ts';
import type { Problem } from '../contract/problem.ts';
import { type ExitCode, exitCode, exitCodeOf } from './exit-code.ts';

/** A command that ends without success: what happened, what to do, and what the shell is told. */
export class CliFailure extends Error {
  override name = 'CliFailure';
  readonly exitCode: ExitCode;
  readonly text: Text;
  /** The API's own refusal, as it came. */
  readonly problem: Problem | undefined;

  constructor(exitCode: ExitCode, text: Text, options: { problem?: Problem; cause?: unknown } = {}) {
    super(text.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = exitCode;
    this.text = text;
    this.problem = options.problem;
  }
}

/** The command line itself was wrong. */
export function usageFailure(text: Text): CliFailure {
  return new CliFailure(exitCode.usage, text);
}

/** A refusal by the API, with the fields at fault below its sentence. */
export function refused(problem: Problem, hint?: Text): CliFailure {
  const fields = (problem.fields ?? []).map(({ path, message }) => `\n  ${path}: ${message}`).join('');
  const say = (language: 'en' | 'zh-CN') =>
    `${problem.detail}${fields}${hint === undefined ? '' : `\n${hint[language]}`}`;
  return new CliFailure(exitCodeOf(problem.code), { en: say('en'), 'zh-CN': say('zh-CN') }, { problem });
}
