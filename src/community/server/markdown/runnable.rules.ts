import { createHash } from 'node:crypto';
import { setupMark } from '#src/community/contract/shown-rows.ts';
import type { CodeBlock } from './parse-markdown.ts';

/** A block of SQL that can be run, with what its author wants to be there before. */
export type Runnable = {
  /** Of script and code: another text is another block. */
  hash: string;
  setup: string;
  code: string;
  /** The majors of PostgreSQL on which its author wants it run for real; none for the reader's browser alone. */
  majors: readonly number[];
};

const sqlNames = new Set(['sql', 'postgresql', 'postgres', 'pgsql', 'plpgsql']);
const charactersAtMost = 20_000;
const majorsAtMost = 4;

/**
 * Reads the blocks of a writing one after another: `sql run` can be run, `sql run pg=17,18` on real servers, too, and
 * `sql setup` comes before all that follow. `read` answers the name of a block in the page, undefined for plain code.
 */
export function readRunnables() {
  const found: Runnable[] = [];
  let setup = '';
  return {
    found: found as readonly Runnable[],
    read({ kind, marks, code }: CodeBlock): string | undefined {
      if (!sqlNames.has(kind) || code.trim() === '' || setup.length + code.length > charactersAtMost)
        return undefined;
      if (marks.includes('setup')) {
        setup += code;
        return setupMark;
      }
      if (!marks.includes('run')) return undefined;
      const hash = hashOf(setup, code);
      if (!found.some((one) => one.hash === hash)) found.push({ hash, setup, code, majors: majorsOf(marks) });
      return hash;
    },
  };
}

/** How a block is told from another. */
export function hashOf(setup: string, code: string): string {
  return createHash('sha256')
    .update(JSON.stringify([setup, code]))
    .digest('hex')
    .slice(0, 16);
}

function majorsOf(marks: readonly string[]): number[] {
  const named =
    marks
      .find((mark) => mark.startsWith('pg='))
      ?.slice(3)
      .split(',') ?? [];
  const majors = named.filter((word) => /^\d\d$/.test(word)).map(Number);
  return [...new Set(majors)].sort((a, b) => a - b).slice(0, majorsAtMost);
}
