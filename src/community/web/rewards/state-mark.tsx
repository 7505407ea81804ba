import type { RedemptionState } from '#src/community/contract/rewards.ts';
import { rewardPageText as text } from '#src/community/contract/rewards.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';

const tones = { ordered: 'busy', sent: 'busy', delivered: 'good', cancelled: 'idle' } as const;

/** The state of a redemption as a word with its colour. */
export function StateMark({ state }: { state: RedemptionState }) {
  const t = useText();
  return (
    <span className="com-mark" data-tone={tones[state]}>
      {t(text[state])}
    </span>
  );
}
