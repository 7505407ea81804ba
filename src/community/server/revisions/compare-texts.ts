import { diffLines, diffWordsWithSpace } from 'diff';
import type { DiffPart } from '#src/community/contract/revisions.ts';

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

function shortened(part: DiffPart, isFirst: boolean, isLast: boolean): DiffPart[] {
  const head = isFirst ? 0 : around;
  const tail = isLast ? 0 : around;
  if (part.kind !== 'same' || part.text.length <= head + tail + around) return [part];
  const [begin, end] = [part.text.slice(0, head), tail === 0 ? '' : part.text.slice(-tail)];
  const same = (text: string): DiffPart[] =>
    text === '' ? [] : [{ kind: 'same', text: text.toWellFormed() }];
  return [...same(begin), { kind: 'gap', text: '' }, ...same(end)];
}
