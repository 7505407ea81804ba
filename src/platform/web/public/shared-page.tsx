import { createContext, type ReactElement, use } from 'react';
import { createKeep } from './kept-part.tsx';

/** A stretch of a page as it leaves; one that `isKept` is the same object for all who are given the same. */
export type Piece = { text: string; isKept?: true };

/** How a route's data parts into what others are given too and what is its reader's alone. */
export type ReadersOwn<D> = {
  /** Null when nothing is the reader's alone. What is shared does not say who reads; the own part shows only its properties. */
  split: (data: D) => { shared: D; own: ReactElement<object> } | null;
};

const PlaceContext = createContext<string | null>(null);

/** The mark that stands where the reader's own part belongs while the rest is drawn for everybody; null when a page is drawn in one. */
export const useOwnPlace = (): string | null => use(PlaceContext);

export const OwnPlaceProvider = PlaceContext;

type SharedPage = {
  /** All that the page is drawn from, the time and the language among it. */
  given: unknown;
  /** The whole page, with the mark once where the reader's own part belongs. */
  page: (place: string) => string;
  /** All that the reader's own part is drawn from. */
  ownGiven: unknown;
  own: () => string;
};

/**
 * Draws a page once for all who are given exactly the same, and puts each reader's own part in its place. Nobody can form the
 * key of what was not given to them. `keyOf` answers null for what it cannot tell apart; such a page, and one without the
 * mark or with two, is not shared: the answer is null.
 */
export function createSharedPages(options: {
  /** A comment that nobody can write who does not know it. */
  place: string;
  keyOf: (given: unknown) => string | null;
  charactersAtMost: number;
}): (wish: SharedPage) => readonly Piece[] | null {
  const { place, keyOf } = options;
  const keep = createKeep<readonly [Piece, Piece] | null>(
    (halves) => (halves ? halves[0].text.length + halves[1].text.length : 0),
    options.charactersAtMost,
  );
  const keepOwn = createKeep<Piece>(({ text }) => text.length, options.charactersAtMost / 5);
  return ({ given, page, ownGiven, own }) => {
    const key = keyOf(given);
    if (key === null) return null;
    const halves = keep(key, () => {
      const [before, after, ...more] = page(place).split(place);
      if (before === undefined || after === undefined || more.length > 0) return null;
      return [
        { text: before, isKept: true },
        { text: after, isKept: true },
      ];
    });
    if (halves === null) return null;
    const ownKey = keyOf(ownGiven);
    const ownPiece =
      ownKey === null ? { text: own() } : keepOwn(ownKey, () => ({ text: own(), isKept: true }));
    return [halves[0], ownPiece, halves[1]];
  };
}
