import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkDocs } from './check-docs.ts';

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

function messages(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'check-docs-'));
  trees.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkDocs(root).map(({ file, line, message }) => `${file}:${line} ${message}`);
}

const decision =
  '# Title\n\nStatus: accepted\n\n## Context\n\nWhy.\n\n## Decision\n\nWhat.\n\n## Cost\n\nHow much.\n';

const clean = {
  'package.json': '{ "scripts": { "check": "x", "start": "y" } }',
  'src/main/server.ts': '',
  'docs/images/one.png': '',
  'README.md': `# Elepherd
See [the map](docs/architecture.md#the-path-of-a-request), [here](#elepherd), [a site](https://example.org/x) and \`src/main/server.ts:12\`.
![picture](docs/images/one.png) <img src="docs/images/one.png">
\`src/<room>/server/\` is a form, \`migrations/\`-like words in prose: \`select 1\`, \`npm run check\`.

\`\`\`sh
npm start   # starts
$ npm test
\`\`\`

\`\`\`ts
import '\`src/nowhere.ts\`';
\`\`\`
`.replace('`migrations/`-like', '`src/*/server.ts`'),
  'README.zh-CN.md': '# 象群\n\n```sh\nnpm start   # 启动\nnpm test\n```\n',
  'docs/architecture.md':
    '# Map\n\n## The path of a request\n\n| word | job |\n|---|---|\n| reads | rows |\n\n| Concept | File |\n|---|---|\n| server | `src/main/server.ts` |\n',
  'docs/glossary.md':
    '| Term | 中文 | Meaning |\n|---|---|---|\n| host | 主机 | a machine |\n| server | 服务器 | one PostgreSQL |\n',
  'docs/decisions/0001-one.md': decision,
  'docs/decisions/0002-two.md': decision.replace('accepted', 'superseded by 0003') + '\n`src/gone.ts`\n',
  'docs/decisions/0003-three.md': decision,
};

test('finds nothing in documents that are true', () => {
  expect(messages(clean)).toEqual([]);
});

const glossary = clean['docs/glossary.md'];
const architecture = clean['docs/architecture.md'];

test.each<[fault: string, file: string, text: string, message: RegExp]>([
  [
    'a path that is gone',
    'docs/a.md',
    'one\n`src/main/gone.ts`',
    /a\.md:2 src\/main\/gone\.ts does not exist/,
  ],
  ['a folder that is gone', 'docs/a.md', '`src/fleet/`', /src\/fleet\/ does not exist/],
  ['a pattern without a match', 'docs/a.md', '`docs/*.png`', /docs\/\*\.png does not exist/],
  ['a root file that is gone', 'docs/a.md', '`CONTRIBUTING.md`', /CONTRIBUTING\.md does not exist/],
  ['a path in a README of a room', 'src/fleet/README.md', '`src/fleet/gone.ts`', /gone\.ts does not exist/],
  ['a link to nowhere', 'docs/a.md', '[x](./b.md)', /link \.\/b\.md leads nowhere/],
  ['a link out of the repository', 'docs/a.md', '[x](../../b.md)', /leads nowhere/],
  [
    'a picture that is gone',
    'docs/a.md',
    '<img alt="x" src="images/two.png">',
    /images\/two\.png leads nowhere/,
  ],
  ['a heading that is gone', 'docs/a.md', '[x](architecture.md#the-end)', /has no heading #the-end/],
  ['a script that is gone', 'docs/a.md', 'Say `npm run lint`.', /no script "lint"/],
  [
    'a command in one README',
    'README.zh-CN.md',
    '```sh\nnpm start\nnpm test\nnpm ci\n```',
    /"npm ci" is only here/,
  ],
  ['a command missing in one README', 'README.zh-CN.md', '```sh\nnpm start\n```', /"npm test" is only here/],
  ['commands in another order', 'README.zh-CN.md', '```sh\nnpm test\nnpm start\n```', /another order/],
  [
    'a concept without a file',
    'docs/architecture.md',
    `${architecture}| worker | soon |\n`,
    /:12 "worker" names no file/,
  ],
  [
    'a concept twice',
    'docs/architecture.md',
    architecture + '| server | `src/main/` |\n',
    /"server" is in the table twice/,
  ],
  [
    'a concept whose file is gone',
    'docs/architecture.md',
    architecture + '| worker | `src/main/worker.ts` |\n',
    /:12 src\/main\/worker\.ts does not exist/,
  ],
  ['no table of concepts', 'docs/architecture.md', '## The path of a request', /concept → file is missing/],
  [
    'a term twice',
    'docs/glossary.md',
    `${glossary}| Host | 机器 | x |\n`,
    /:5 "host" is in the glossary twice/,
  ],
  [
    'a Chinese term twice',
    'docs/glossary.md',
    `${glossary}| machine | 主机 | x |\n`,
    /"主机" is in the glossary twice/,
  ],
  ['a term without Chinese', 'docs/glossary.md', `${glossary}| slot |  | x |\n`, /has no Chinese word/],
  ['a term without meaning', 'docs/glossary.md', `${glossary}| slot | 槽 |  |\n`, /"slot" has no meaning/],
  ['a decision number twice', 'docs/decisions/0003-other.md', decision, /number 0003, but the next is 0004/],
  ['a gap in the numbers', 'docs/decisions/0005-five.md', decision, /number 0005, but the next is 0004/],
  ['a decision without a number', 'docs/decisions/why.md', decision, /is named <four digits>/],
  [
    'a decision without its cost',
    'docs/decisions/0004-four.md',
    decision.replace('Cost', 'Price'),
    /has no "## Cost"/,
  ],
  [
    'a decision with an empty part',
    'docs/decisions/0004-four.md',
    decision.replace('Why.\n\n', ''),
    /has no "## Context"/,
  ],
  [
    'a decision without status',
    'docs/decisions/0004-four.md',
    decision.replace('Status: accepted', ''),
    /needs "Status: accepted"/,
  ],
  ['a long decision', 'docs/decisions/0004-four.md', decision + '\n'.repeat(80), /is one page/],
])('finds %s', (_fault, file, text, message) => {
  expect(messages({ ...clean, [file]: text })).toEqual([expect.stringMatching(message)]);
});

test('wants a README in both languages', () => {
  const { 'README.zh-CN.md': _, ...english } = clean;
  expect(messages(english)).toEqual([expect.stringMatching(/^README\.zh-CN\.md:1/)]);
});
