import { measureNames, measureWords } from '#src/community/contract/measures.ts';
import { useText } from '#src/platform/web/i18n.tsx';

/** The measures that there are, as options of a choice. */
export function MeasureOptions() {
  const t = useText();
  return measureNames.map((name) => (
    <option key={name} value={name}>
      {t(measureWords(name))}
    </option>
  ));
}
