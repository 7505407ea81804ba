import type { Text } from '../../contract/i18n.ts';

/** Setting up cannot go on for a reason a person can act on; it is shown alone, without a stack. */
export class SetupProblem extends Error {
  readonly text: Text;
  constructor(text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.name = 'SetupProblem';
    this.text = text;
  }
}
