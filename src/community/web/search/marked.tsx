import { Fragment } from 'react';
import type { Snippet } from '#src/community/contract/search.ts';

/** A piece of text with what was looked for marked in it. */
export function Marked({ snippet: { text, marks } }: { snippet: Snippet }) {
  const ends = [0, ...marks.map(([, end]) => end)];
  return (
    <>
      {marks.map(([begin, end], at) => (
        <Fragment key={begin}>
          {text.slice(ends[at], begin)}
          <mark>{text.slice(begin, end)}</mark>
        </Fragment>
      ))}
      {text.slice(ends.at(-1))}
    </>
  );
}
