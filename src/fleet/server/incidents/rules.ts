import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import type { Severity, TimelineEntry } from '#src/fleet/contract/incidents.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

/** The most entries one answer carries. */
export const entriesAtMost = 1000;
const longestMs = 400 * 24 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** The time that is meant; undefined when it ends before it begins or is too long. */
export function timesOf(
  query: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { from: Date; to: Date } | undefined {
  const to = query.to === undefined ? now : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - dayMs) : new Date(query.from);
  const length = to.getTime() - from.getTime();
  return length > 0 && length <= longestMs ? { from, to } : undefined;
}

const states: Record<string, readonly [Severity, Text]> = {
  running: ['info', incidentText.stateRunning],
  cancelling: ['warning', incidentText.stateCancelling],
  succeeded: ['info', incidentText.stateSucceeded],
  failed: ['critical', incidentText.stateFailed],
  cancelled: ['warning', incidentText.stateCancelled],
};

/** How an operation stands on the line of time. */
export function operationWords(title: Text, state: string): { severity: Severity; text: Text } {
  const [severity, words] = states[state] ?? states['running']!;
  return { severity, text: incidentText.operation(title, words) };
}

/** What a person changed, from the row of the audit log. */
export function changeWords(who: string, action: string, details: unknown): Text {
  const settings = (details as { settings?: Record<string, unknown> } | null)?.settings;
  const names = settings && typeof settings === 'object' ? Object.entries(settings) : [];
  if (names.length === 0) return incidentText.changed(who, action);
  return incidentText.settingsChanged(
    who,
    names.map(([name, value]) => `${name} = ${value === null ? '∅' : String(value)}`).join(', '),
  );
}

/** Puts what several sources said in the order of time; with too much of it the newest stay. */
export function inOrder(entries: readonly TimelineEntry[]): { entries: TimelineEntry[]; truncated: boolean } {
  const sorted = entries.toSorted((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
  return { entries: sorted.slice(-entriesAtMost), truncated: sorted.length > entriesAtMost };
}
