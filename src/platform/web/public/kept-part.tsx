import { type ComponentType, createContext, type ReactElement, type ReactNode, use } from 'react';
import { ReaderProvider, useReader } from '../i18n.tsx';

/** Draws a part of a page, or says it again as it was drawn before under the same key. */
export type Draw = (key: string, part: () => ReactElement) => string;

const DrawContext = createContext<Draw | null>(null);

/** Lets the parts below be drawn once for many readers; without it each is drawn in its place. */
export function DrawProvider(props: { draw: Draw; children: ReactNode }) {
  return <DrawContext value={props.draw}>{props.children}</DrawContext>;
}

let parts = 0;

/**
 * The inside of a page's part, drawn once for everybody who is given exactly the same: kept under all that it is drawn from,
 * so that nobody sees what was not given to them. It stands outside of the page when it is drawn, where nothing says who
 * reads: a part that asks fails. `youngest` is the latest time in it, by which words like "3 min. ago" grow old.
 */
export function keepPart<P extends object>(
  Part: ComponentType<P>,
  youngest: (given: P) => string,
): (props: { given: P; children: (inside: Inside) => ReactNode }) => ReactNode {
  const name = ++parts;
  return function KeptPart({ given, children }) {
    const draw = use(DrawContext);
    const reader = useReader();
    if (draw === null) return children({ children: <Part {...given} /> });
    const age = ageOf(youngest(given), Date.now());
    const key = `${name} ${reader.locale} ${reader.timeZone} ${age} ${JSON.stringify(given)}`;
    const __html = draw(key, () => (
      <ReaderProvider {...reader}>
        <Part {...given} />
      </ReaderProvider>
    ));
    return children({ dangerouslySetInnerHTML: { __html } });
  };
}

/** What the element around a part takes as its inside. */
export type Inside = { children: ReactNode } | { dangerouslySetInnerHTML: { __html: string } };

/** The time as coarse as words about this age are. */
function ageOf(youngest: string, now: number): number {
  const minutes = (now - Date.parse(youngest)) / 60_000;
  return Math.floor(now / (minutes < 45 ? 5_000 : minutes < 24 * 60 ? 60_000 : 1_800_000));
}

/**
 * Keeps parts by their keys, at most so many characters of them; the one that was asked for longest ago goes first. What is
 * kept is never changed by anybody: another key is another part.
 */
export function createDraw(render: (part: ReactElement) => string, charactersAtMost = 8_000_000): Draw {
  const keep = createKeep<string>((html) => html.length, charactersAtMost);
  return (key, part) => keep(key, () => render(part()));
}

/** Makes a value once for each key and keeps at most so much of them, by keys and sizes together. */
export function createKeep<T>(sizeOf: (value: T) => number, atMost: number) {
  const kept = new Map<string, T>();
  let size = 0;
  return (key: string, make: () => T): T => {
    const known = kept.get(key);
    if (known !== undefined) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const made = make();
    kept.set(key, made);
    size += key.length + sizeOf(made);
    for (const [oldest, value] of kept) {
      if (size <= atMost) break;
      kept.delete(oldest);
      size -= oldest.length + sizeOf(value);
    }
    return made;
  };
}
