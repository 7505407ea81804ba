import type { Text } from '../contract/i18n.ts';
import type { ProblemCode } from '../contract/problem.ts';

/** So much in so long, by a name that programs may tell from others. */
export type ReachedLimit = { name: string; limit: number; windowSeconds: number };

/** A refusal that a person reads: what happened, what stayed safe, what to do next. Everything else is a 500. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ProblemCode;
  readonly text: Text;
  readonly retryAfterSeconds: number | undefined;
  /** The limit that was reached, if it was one. */
  readonly reached: ReachedLimit | undefined;

  constructor(
    code: ProblemCode,
    text: Text,
    options: { retryAfterSeconds?: number; reached?: ReachedLimit; cause?: unknown } = {},
  ) {
    super(text.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.text = text;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.reached = options.reached;
  }
}
