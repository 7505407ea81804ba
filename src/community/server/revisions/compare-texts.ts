import { diffLines, diffWordsWithSpace } from 'diff';
import type { Difference, DiffPart } from '#src/community/contract/revisions.ts';

const words = new Intl.Segmenter('zh', { granularity: 'word' });
/** Texts that differ nearly everywhere would take seconds to compare by words: then lines must do. */
const atMostMs = 300;
/** So much that did not change stands around a change. */
const around = 240;

/** Two texts laid on one another by words, Chinese ones too, with long stretches that did not change left out. */
export function compareTexts(before: string, after: string): DiffPart[] {
  const changes =
    diffWordsWithSpace(before, after, { intlSegmenter: words, timeout: atMostMs }) ??
    diffLines(before, after, { timeout: atMostMs });
  const parts: DiffPart[] =
    changes === undefined
      ? [
          { kind: 'removed', text: before },
          { kind: 'added', text: after },
        ]
      : changes.map(({ added, removed, value }) => ({
          kind: added ? 'added' : removed ? 'removed' : 'same',
          text: value,
        }));
  return parts
    .filter(({ text }) => text !== '')
    .flatMap((part, at, all) => shortened(part, at === 0, at === all.length - 1));
}

type Writing = { title: string | null; tags: readonly string[]; markdown: string };

/** What a writing changes of another, field by field; what stays as it is has no parts, except the text itself. */
export function compareWritings(before: Writing, after: Writing): Difference {
  const differ = (one: string, other: string) => (one === other ? [] : compareTexts(one, other));
  return {
    title: differ(before.title ?? '', after.title ?? ''),
    tags: differ(before.tags.join(' '), after.tags.join(' ')),
    markdown: compareTexts(before.markdown, after.markdown),
  };
}

function shortened(part: DiffPart, isFirst: boolean, isLast: boolean): DiffPart[] {
  const head = isFirst ? 0 : around;
  const tail = isLast ? 0 : around;
  if (part.kind !== 'same' || part.text.length <= head + tail + around) return [part];
  const [begin, end] = [part.text.slice(0, head), tail === 0 ? '' : part.text.slice(-tail)];
  const same = (text: string): DiffPart[] =>
    text === '' ? [] : [{ kind: 'same', text: text.toWellFormed() }];
  return [...same(begin), { kind: 'gap', text: '' }, ...same(end)];
}
