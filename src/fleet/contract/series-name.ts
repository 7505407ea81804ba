import type { Locale } from '#src/platform/contract/i18n.ts';
import type { ErrorClass } from './activity.ts';
import { errorClassWords } from './activity.text.ts';
import { panelWords, seriesWords } from './metrics-pages.text.ts';
import type { PanelName, PanelSeries } from './metrics-panels.ts';

/** What a person calls a series of a panel. */
export function nameOfSeries(
  panel: PanelName,
  { kind, name }: Pick<PanelSeries, 'kind' | 'name'>,
  locale: Locale,
): string {
  const word = seriesWords[kind];
  if (kind === 'class') return (errorClassWords[name as ErrorClass] ?? errorClassWords.unknown)[locale];
  if (!word) return name === '' ? panelWords[panel].title[locale] : name;
  return name === '' ? word[locale] : `${name} · ${word[locale]}`;
}
