import type { Text } from '#src/platform/contract/i18n.ts';
import { useText } from '../i18n.tsx';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconLoader2,
  type Icon,
} from './icons.ts';
import styles from './status-badge.module.css';

/** good: as wished · busy: under way · warn: look at it · bad: broken · idle: nothing to say */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

const toneIcons: Record<Tone, Icon> = {
  good: IconCircleCheck,
  busy: IconLoader2,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  idle: IconCircleDashed,
};

/** A state in colour, shape and word: never in colour alone. */
export function StatusBadge({ tone, text, icon }: { tone: Tone; text: Text; icon?: Icon }) {
  const t = useText();
  const Shape = icon ?? toneIcons[tone];
  return (
    <span className={styles.badge} data-tone={tone}>
      <Shape size={15} stroke={2} aria-hidden />
      {t(text)}
    </span>
  );
}
