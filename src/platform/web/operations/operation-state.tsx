import type { Text } from '#src/platform/contract/i18n.ts';
import { operationsText } from '#src/platform/contract/operations.text.ts';
import type { OperationState, OperationStep } from '#src/platform/contract/operations.ts';
import {
  IconBan,
  IconCheck,
  IconCircle,
  IconHourglass,
  IconLoader2,
  IconPlayerSkipForward,
  IconX,
  type Icon,
} from '../ui/icons.ts';
import { StatusBadge, type Tone } from '../ui/status-badge.tsx';

const states: Record<OperationState, { tone: Tone; text: Text; icon?: Icon }> = {
  running: { tone: 'busy', text: operationsText.running },
  cancelling: { tone: 'warn', text: operationsText.cancelling },
  succeeded: { tone: 'good', text: operationsText.succeeded },
  failed: { tone: 'bad', text: operationsText.failed },
  cancelled: { tone: 'idle', text: operationsText.cancelled, icon: IconBan },
};

/** How long work stands. */
export function OperationBadge({ state }: { state: OperationState }) {
  return <StatusBadge {...states[state]} />;
}

/** The look and the word of each state of a step. */
export const stepLook: Record<OperationStep['state'], { icon: Icon; text: Text }> = {
  done: { icon: IconCheck, text: operationsText.stepDone },
  running: { icon: IconLoader2, text: operationsText.stepRunning },
  waiting: { icon: IconHourglass, text: operationsText.stepWaiting },
  failed: { icon: IconX, text: operationsText.stepFailed },
  todo: { icon: IconCircle, text: operationsText.stepTodo },
  skipped: { icon: IconPlayerSkipForward, text: operationsText.stepSkipped },
};
