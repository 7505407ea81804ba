import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tableFaults } from '#src/platform/cli/command-table.ts';
import { guide } from '#src/platform/cli/guide.ts';
import { commands } from './cli-commands.ts';

const guides = join(import.meta.dirname, '../../docs/guides');

// Written anew by `npx vitest run -u src/main/cli-commands.test.ts`.
test('the guides in the documents are made from the table of commands', async () => {
  await expect(guide(commands, 'en')).toMatchFileSnapshot(join(guides, 'cli.md'));
  await expect(guide(commands, 'zh-CN')).toMatchFileSnapshot(join(guides, 'cli.zh-CN.md'));
});

test('no two commands contradict one another', () => {
  expect(tableFaults(commands)).toEqual([]);
});
