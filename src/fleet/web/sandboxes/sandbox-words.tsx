import { sandboxPageText as text } from '#src/fleet/contract/sandbox-pages.text.ts';
import type { Enforcement, Sandbox } from '#src/fleet/contract/sandboxes.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { Duration } from '#src/platform/web/ui/amounts.tsx';
import { StatusBadge, type Tone } from '#src/platform/web/ui/status-badge.tsx';
import { useNow } from '#src/platform/web/ui/time-ago.tsx';

const states: Record<Sandbox['state'], readonly [Tone, Text]> = {
  making: ['busy', text.stateMaking],
  ready: ['good', text.stateReady],
  failed: ['bad', text.stateFailed],
  expired: ['idle', text.stateExpired],
  destroyed: ['idle', text.stateDestroyed],
};

/** How a sandbox stands, in colour, shape and word. */
export function SandboxBadge({ state }: Pick<Sandbox, 'state'>) {
  const [tone, word] = states[state];
  return <StatusBadge tone={tone} text={word} />;
}

/** What it is called: by its purpose, or by the first of its id. */
export const titleOf = ({ purpose, id }: Pick<Sandbox, 'purpose' | 'id'>): Text =>
  purpose === null ? text.nameless(id.slice(0, 8)) : { en: purpose, 'zh-CN': purpose };

/** True while it is there, or on its way. */
export const livesOn = ({ state }: Pick<Sandbox, 'state'>) => state === 'making' || state === 'ready';

const soonSeconds = 300;

/** The time a sandbox has left, counted down before the reader's eyes. */
export function TimeLeft({ sandbox, className }: { sandbox: Sandbox; className: string | undefined }) {
  const now = useNow(1000);
  const seconds = Math.max(0, Math.round((Date.parse(sandbox.expiresAt) - now) / 1000));
  if (!livesOn(sandbox)) return '—';
  return (
    <span className={className} data-soon={seconds < soonSeconds || undefined}>
      <Duration seconds={seconds} />
    </span>
  );
}

/** What keeps a limit, and how well. */
export const keepers: Record<Enforcement, readonly [Tone, Text]> = {
  kernel: ['good', text.keptKernel],
  postgres: ['good', text.keptPostgres],
  watched: ['good', text.keptWatched],
  no: ['warn', text.keptNo],
};
