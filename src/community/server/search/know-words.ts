import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { pairsOf, segmentText } from './segment-text.ts';

/** Words as they are counted, by the place where they stand. */
export type Cut = { titleWords: string; tagWords: string; bodyWords: string };

/** Cuts a document into them. */
export const cut = (document: { title: string; tags: readonly string[]; body: string }): Cut => ({
  titleWords: [...segmentText(document.title), ...pairsOf(document.title)].join(' '),
  tagWords: document.tags.flatMap(segmentText).join(' '),
  bodyWords: segmentText(document.body).join(' '),
});

/** Them with the weight of their place: A title, B tags, D text. */
export const weighted = ({ titleWords, tagWords, bodyWords }: Cut) =>
  sql<string>`setweight(to_tsvector('community.words', ${titleWords}), 'A')
    || setweight(to_tsvector('community.words', ${tagWords}), 'B')
    || strip(to_tsvector('community.words', ${bodyWords}))`;

/** The same at once. */
export const wordsOf = (document: { title: string; tags: readonly string[]; body: string }) =>
  weighted(cut(document));

/** Remembers words of titles, tags and names, by which mistyped ones are put right. */
export async function knowWords(tx: Context, words: readonly string[]): Promise<void> {
  const known = [...new Set(words)].filter((word) => word.length >= 2 && word.length <= 60);
  if (known.length === 0) return;
  await tx.db
    .insertInto('community.search_word')
    .values(known.toSorted().map((word) => ({ word })))
    .onConflict((oc) => oc.doNothing())
    .execute();
}
