import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkTypes } from './check-types.ts';

const source = `import type { Kysely } from 'kysely';
declare function work(): Promise<number>;
declare function quiet(): number;
declare const db: Kysely<{ host: { id: number } }>;
declare const maybe: Promise<void> | undefined;
declare const answer: { then: 'go' };
declare function look(): { then: 'wait' };
export async function right(ok: boolean) {
  await work();
  void work();
  quiet();
  look();
  answer;
  const kept = work();
  work().catch(() => {});
  work().then(quiet, quiet);
  work().catch(quiet).finally(quiet);
  ok ? await work() : quiet();
  await db.insertInto('host').values({ id: 1 }).execute();
  return kept;
}
export async function wrong(ok: boolean) {
  work();
  work().then(quiet);
  work().finally(quiet);
  ok && work();
  ok ? quiet() : work();
  maybe;
  (async () => quiet())();
  db.insertInto('host').values({ id: 1 });
  db.insertInto('host').values({ id: 1 }).execute();
  const text: string = 1;
  return text;
}
`;

test(
  'finds promises and queries that are left alone, and what the compiler finds',
  { timeout: 60_000 },
  () => {
    const root = mkdtempSync(join(tmpdir(), 'check-types-'));
    try {
      const repository = join(import.meta.dirname, '..');
      symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
      const options = {
        extends: join(repository, 'tsconfig.json'),
        compilerOptions: { types: [] },
        include: ['*.ts'],
      };
      writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(options));
      writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
      writeFileSync(join(root, 'a.ts'), source);
      const first = source.split('\n').findIndex((line) => line.includes('wrong')) + 2;
      const found = checkTypes(root, join(root, 'info')).map(
        ({ file, line, message }) => `${file} ${line - first} ${message.slice(0, 28)}`,
      );
      const promise = 'nobody waits for this promis';
      const expected = [
        "a.ts 9 TS2322 Type 'number' is not ",
        ...[0, 1, 2, 3, 4, 5, 6].map((line) => `a.ts ${line} ${promise}`),
        'a.ts 7 this query is never executed',
        `a.ts 8 ${promise}`,
      ];
      expect(found).toEqual(expected);
      // The second look, at what it remembers, says the same.
      expect(checkTypes(root, join(root, 'info'))).toHaveLength(expected.length);
    } finally {
      rmSync(root, { recursive: true });
    }
  },
);
