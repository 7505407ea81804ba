import type { Text } from '#src/platform/contract/i18n.ts';

/** A task that cannot be done, with what happened, what stayed safe and what to do next. */
export class TaskFailure extends Error {
  override name = 'TaskFailure';
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}
