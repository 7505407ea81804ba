import type { Text } from '#src/platform/contract/i18n.ts';
import type { MailState } from '#src/platform/contract/mail.ts';
import { mailText } from '#src/platform/contract/mail.text.ts';
import { IconMail, type Icon } from '../ui/icons.ts';
import { StatusBadge, type Tone } from '../ui/status-badge.tsx';

const states: Record<MailState, { tone: Tone; text: Text; icon?: Icon }> = {
  queued: { tone: 'busy', text: mailText.stateQueued },
  kept: { tone: 'idle', text: mailText.stateKept, icon: IconMail },
  sent: { tone: 'good', text: mailText.stateSent },
  dead: { tone: 'bad', text: mailText.stateDead },
};

/** How a mail stands. */
export function MailBadge({ state }: { state: MailState }) {
  return <StatusBadge {...states[state]} />;
}
