/** What a textarea holds, and what is selected in it. */
export type Selected = { text: string; from: number; to: number };
/** A change of it: this part becomes that text, and then this is selected. */
export type TextChange = { from: number; to: number; text: string; select: [number, number] };

/** Puts marks around the selection, or takes them away when they are there; without one they wait for words. */
export function toggleAround({ text, from, to }: Selected, mark: string, placeholder: string): TextChange {
  const size = mark.length;
  const inside = text.slice(from, to);
  if (text.slice(from - size, from) === mark && text.slice(to, to + size) === mark)
    return { from: from - size, to: to + size, text: inside, select: [from - size, to - size] };
  const words = inside === '' ? placeholder : inside;
  return {
    from,
    to,
    text: `${mark}${words}${mark}`,
    select: [from + size, from + size + words.length],
  };
}

/** Begins each selected line with a mark, or takes it away when all have it; `number` counts them instead. */
export function toggleLines({ text, from, to }: Selected, mark: string | 'number'): TextChange {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to) === -1 ? text.length : text.indexOf('\n', to);
  const lines = text.slice(start, end).split('\n');
  const isMarked = (line: string) => (mark === 'number' ? /^\d+\. /.test(line) : line.startsWith(mark));
  const bare = (line: string) => (mark === 'number' ? line.replace(/^\d+\. /, '') : line.slice(mark.length));
  const changed = lines.every(isMarked)
    ? lines.map(bare)
    : lines.map((line, at) => (mark === 'number' ? `${at + 1}. ` : mark) + line);
  const joined = changed.join('\n');
  const select: [number, number] =
    lines.length === 1 ? [start + joined.length, start + joined.length] : [start, start + joined.length];
  return { from: start, to: end, text: joined, select };
}

/** A heading one step deeper at each call, from the second level to the fourth and then none. */
export function stepHeading({ text, from, to }: Selected): TextChange {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to) === -1 ? text.length : text.indexOf('\n', to);
  const line = text.slice(start, end);
  const [, marks = '', words = line] = /^(#{1,6}) (.*)$/s.exec(line) ?? [];
  const next = marks === '' ? '## ' : marks.length < 4 ? `${'#'.repeat(Math.max(3, marks.length + 1))} ` : '';
  return {
    from: start,
    to: end,
    text: next + words,
    select: [start + next.length + words.length, start + next.length + words.length],
  };
}

/** A link around the selection: an address becomes its target, words its text. */
export function linkAround({ text, from, to }: Selected, placeholder: string): TextChange {
  const inside = text.slice(from, to);
  if (/^https?:\/\/\S+$/.test(inside))
    return {
      from,
      to,
      text: `[${placeholder}](${inside})`,
      select: [from + 1, from + 1 + placeholder.length],
    };
  const words = inside === '' ? placeholder : inside;
  const at = from + words.length + 3;
  return { from, to, text: `[${words}](https://)`, select: [at, at + 'https://'.length] };
}

/** Code: marks within a line, a fence around several. */
export function codeAround(selected: Selected, placeholder: string): TextChange {
  const inside = selected.text.slice(selected.from, selected.to);
  if (!inside.includes('\n')) return toggleAround(selected, '`', placeholder);
  return block(selected, `\`\`\`sql\n${inside.replace(/\n$/, '')}\n\`\`\``, 3, 6);
}

/** A block of its own after the selection, set apart by blank lines; what is selected counts from its beginning. */
export function block({ text, from, to }: Selected, words: string, start: number, end: number): TextChange {
  const before = text.slice(0, from);
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const after = text.slice(to).startsWith('\n') ? '\n' : '\n\n';
  const at = from + gap.length;
  return { from, to, text: gap + words + after, select: [at + start, at + end] };
}

/**
 * What the return key does in a list: the next item with its mark, numbers counted on; in an empty item the list ends.
 * Undefined where the key does what it always does.
 */
export function continueList({ text, from, to }: Selected): TextChange | undefined {
  if (from !== to) return undefined;
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const found = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))( \[[ xX]\])? (.*)$/.exec(text.slice(start, from));
  if (!found) return undefined;
  const [, indent = '', bullet, number, stop, task, words = ''] = found;
  if (words.trim() === '') return { from: start, to: from, text: '', select: [start, start] };
  const mark = bullet ?? `${Number(number) + 1}${stop}`;
  const next = `\n${indent}${mark}${task === undefined ? '' : ' [ ]'} `;
  return { from, to, text: next, select: [from + next.length, from + next.length] };
}
