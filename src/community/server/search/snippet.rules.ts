import type { Snippet } from '#src/community/contract/search.ts';

const charactersBefore = 50;
const charactersAtMost = 180;

/** The part of a text where the most of these words stand first, with each of them marked; the beginning when none does. */
export function snippetOf(text: string, words: readonly string[]): Snippet {
  const folded = text.toLowerCase();
  // Folding may change lengths in rare scripts: then nothing is marked rather than the wrong thing.
  const wanted = folded.length === text.length ? [...new Set(words)].filter((word) => word.length > 0) : [];
  const first = wanted.map((word) => folded.indexOf(word)).filter((at) => at >= 0);
  const around = first.length === 0 ? 0 : Math.min(...first);
  const begin = around <= charactersBefore ? 0 : safeCut(text, around - charactersBefore);
  const end = safeCut(text, Math.min(text.length, begin + charactersAtMost));
  const lead = begin > 0 ? '…' : '';
  const piece = lead + text.slice(begin, end) + (end < text.length ? '…' : '');
  return { text: piece, marks: marksIn(piece.toLowerCase(), wanted) };
}

/** A place that does not part the two halves of a character. */
function safeCut(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

function marksIn(text: string, words: readonly string[]): [number, number][] {
  const marks: [number, number][] = [];
  for (const word of words) {
    for (
      let at = text.indexOf(word);
      at >= 0 && marks.length < 40;
      at = text.indexOf(word, at + word.length)
    ) {
      marks.push([at, at + word.length]);
    }
  }
  const sorted = marks.toSorted((a, b) => a[0] - b[0] || b[1] - a[1]);
  return sorted.reduce<[number, number][]>((kept, mark) => {
    const last = kept.at(-1);
    if (last && mark[0] <= last[1]) last[1] = Math.max(last[1], mark[1]);
    else kept.push([...mark]);
    return kept;
  }, []);
}
