import { fieldTermText } from '#src/community/contract/field-terms.text.ts';

/** What somebody looks for, read from what they typed. */
export type Wish = {
  /** Each group must fit; one of its alternatives is enough. An alternative is words that all must be there. */
  groups: string[][][];
  /** Texts that must stand there as they are, but for capitals; their words stand in `phraseWords`. */
  phrases: string[];
  phraseWords: string[];
  /** Words that must not be there. */
  without: string[];
};

/** How people who are in a hurry call a term of the field. */
const short: Partial<Record<keyof typeof fieldTermText, string>> = {
  highAvailability: 'ha',
  pointInTimeRecovery: 'pitr',
  writeAheadLog: 'wal',
  fullTextSearch: 'fts',
};

/** Other names of one thing, each cut as a query is. */
const synonyms: readonly (readonly string[])[] = [
  ['pg', 'postgresql', 'postgres', 'postgre'],
  ['k8s', 'kubernetes'],
  ...Object.entries(fieldTermText).map(([key, term]) => [
    term.en,
    term['zh-CN'],
    ...(key in short ? [short[key as keyof typeof fieldTermText]!] : []),
  ]),
];

/**
 * Reads a search: quoted words stay together, a word after a minus must be missing, everything else must be there, by its
 * own name or by a synonym. `cut` is the segmenter of queries.
 */
export function readWish(typed: string, cut: (text: string) => string[]): Wish {
  const wish: Wish = { groups: [], phrases: [], phraseWords: [], without: [] };
  const rest = typed
    .replace(/["“”「]([^"“”「」]+)["“”」]/g, (_, inner: string) => {
      const words = cut(inner);
      if (words.length > 0) {
        wish.phrases.push(inner.trim());
        wish.phraseWords.push(...words);
      }
      return ' ';
    })
    .replace(/(?:^|\s)-([^\s-]\S*)/g, (_, word: string) => {
      wish.without.push(...cut(word));
      return ' ';
    });
  const words = cut(rest).slice(0, 24);
  const known = synonyms.map((names) => names.map((name) => cut(name)));
  for (let at = 0; at < words.length;) {
    // The longest name that begins here decides: "logical replication" is one thing.
    const best = known
      .flatMap((names) => names.map((name) => ({ name, names })))
      .filter(({ name }) => name.length > 0 && name.every((word, i) => words[at + i] === word))
      .toSorted((a, b) => b.name.length - a.name.length)[0];
    if (best) {
      const same = known.filter((names) => names.some((name) => name.join(' ') === best.name.join(' ')));
      const all = same.flat().filter((name) => name.length > 0);
      wish.groups.push([...new Map(all.map((name) => [name.join(' '), name])).values()]);
      at += best.name.length;
    } else {
      wish.groups.push([[words[at]!]]);
      at += 1;
    }
  }
  return wish;
}

/** Whether nothing is looked for. */
export const isEmptyWish = ({ groups, phrases }: Wish) => groups.length === 0 && phrases.length === 0;
