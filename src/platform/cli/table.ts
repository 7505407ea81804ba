import type { Text } from '../contract/i18n.ts';
import { displayWidth, harmless, padColumns } from './display-width.ts';
import type { Style, Tone } from './style.ts';

export interface Column<Row> {
  title: Text;
  value(row: Row): string;
  align?: 'right';
  tone?(row: Row): Tone | undefined;
}

const gap = '  ';

/** The lines of a table: a heading and a line a row, each column as wide as its widest cell on the screen. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  say: (text: Text) => string,
  style: Style,
): string[] {
  const cells = rows.map((row) => columns.map(({ value }) => harmless(value(row)).replace(/\s+/g, ' ')));
  const titles = columns.map(({ title }) => say(title));
  const widths = titles.map((title, index) =>
    Math.max(displayWidth(title), ...cells.map((line) => displayWidth(line[index] ?? ''))),
  );
  const lineOf = (values: readonly string[], paint: (text: string, index: number) => string) =>
    values
      .map((value, index) => {
        const isLast = index === values.length - 1;
        const align = columns[index]?.align;
        if (isLast && align !== 'right') return paint(value, index);
        const padded = padColumns(value, widths[index] ?? 0, align === 'right' ? 'left' : 'right');
        // Colour goes around the word, not around the spaces beside it.
        return padded.replace(value, () => paint(value, index));
      })
      .join(gap)
      .trimEnd();
  return [
    lineOf(titles, (text) => style('heading', text)),
    ...cells.map((line, at) =>
      lineOf(line, (text, index) => {
        const tone = columns[index]?.tone?.(rows[at] as Row);
        return tone === undefined ? text : style(tone, text);
      }),
    ),
  ];
}

/** The lines of a description: names on the left, what they are on the right; several values go below one another. */
export function factLines(
  facts: readonly (readonly [Text, string | readonly string[], Tone?])[],
  say: (text: Text) => string,
  style: Style,
): string[] {
  const width = Math.max(...facts.map(([name]) => displayWidth(say(name))));
  return facts.flatMap(([name, value, tone]) => {
    const values = typeof value === 'string' ? [value] : value;
    return values.map((one, index) => {
      const left = padColumns(index === 0 ? say(name) : '', width);
      const right = harmless(one).replace(/\s+/g, ' ');
      return `${style('heading', left)}${gap}${tone === undefined ? right : style(tone, right)}`.trimEnd();
    });
  });
}
