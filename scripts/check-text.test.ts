import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkText } from './check-text.ts';

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

function messages(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'check-text-'));
  trees.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkText(root).map(({ file, line, message }) => `${file}:${line} ${message}`);
}

const dictionary = (entries: string, name = 'clusterText') =>
  `import type { Texts } from '../../platform/contract/i18n.ts';\nexport const ${name} = {\n${entries}\n} satisfies Texts;\n`;

const textFile = 'src/fleet/contract/clusters.text.ts';
const page = 'src/fleet/web/clusters.page.tsx';
const code = 'src/fleet/server/clusters/create-cluster.ts';

const clean = {
  [textFile]: dictionary(`
  title: { en: 'Clusters', 'zh-CN': '集群' },
  product: { en: 'PostgreSQL 17', 'zh-CN': 'PostgreSQL 17' },
  chinese: { en: '简体中文', 'zh-CN': '简体中文' },
  members: (count: number) => ({ en: \`\${count} member\${count === 1 ? '' : 's'}\`, 'zh-CN': \`\${count} 个成员\` }),
  role: (role: 'primary' | 'standby') => ({ en: role, 'zh-CN': role === 'primary' ? '主库' : '备库' }),
  only: (name: string) => { return { en: \`\${name}\`, 'zh-CN': \`\${name}\` }; },`),
  [page]: `
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
// 中文 in a comment is for the reader of the code.
export default function Page({ role, isOpen }) {
  const t = useText();
  return <main aria-label={t(clusterText.title)} className="wide page" data-state={isOpen ? 'open' : 'closed'}>
    {t(clusterText.members(3))} · {t(clusterText.chinese)} PostgreSQL
    <code>pg_ctl start</code> {isOpen && t(clusterText.role(role))} {role === 'primary' ? t(clusterText.only('x')) : '—'}
    <input placeholder="10.0.0.0/8" title={t(clusterText.product)} /> <kbd>Ctrl K</kbd>
  </main>;
}`,
  [code]: `throw new AppError('conflict', clusterText.title); const locales = ['en', 'zh-CN']; const text = { en: row.en, 'zh-CN': row['zh-CN'] }; const asked = { en: say('en'), 'zh-CN': say('zh-CN') };`,
  'src/fleet/server/clusters/create-cluster.test.ts': `expect('集群');`,
  'src/fleet/server/sample/clusters.demo.ts': `export const names = { en: 'Orders', 'zh-CN': '订单' };`,
};

test('finds nothing where every word is in a dictionary', () => {
  expect(messages(clean)).toEqual([]);
});

test.each([
  ['text in an element', '<p>Hello there</p>', /words in a page: "Hello there"/],
  ['text in an expression', `<p>{'Hello'}</p>`, /words in a page: "Hello"/],
  ['text in a condition', `<p>{ok ? 'Ready' : null}</p>`, /words in a page: "Ready"/],
  ['text after &&', `<p>{ok && 'Ready'}</p>`, /words in a page: "Ready"/],
  ['text in a template', '<p>{`${n} hosts`}</p>', /words in a page: "hosts"/],
  ['aria-label', `<a aria-label="Close" />`, /words in aria-label: "Close"/],
  ['title as expression', `<a title={'Close it'} />`, /words in title/],
  ['label in a condition', `<a label={x ? t(on) : 'Off'} />`, /words in label/],
  ['placeholder', `<input placeholder="Your name" />`, /words in placeholder/],
  ['Chinese', '<p>集群</p>', /words in a page: "集群"/],
  ['a property that is shown', `use({ title: 'Clusters' })`, /words in title: "Clusters"/],
])('finds on a page: %s', (_name, jsx, message) => {
  expect(messages({ ...clean, 'src/fleet/web/b.tsx': `export const b = () => ${jsx};` })).toEqual([
    expect.stringMatching(message),
  ]);
});

test.each([
  ['words in an error', `throw new AppError('conflict', 'Taken');`, /AppError carries a Text/],
  ['words with a name in an error', 'throw new AppError(code, `Taken: ${name}`);', /AppError carries a Text/],
  [
    'a text in an error',
    `throw new AppError('conflict', { en: 'Taken', 'zh-CN': '已占用' });`,
    /a text is written in code/,
  ],
  [
    'a text in a value',
    `const a = { en: \`Taken \${b}\`, 'zh-CN': \`占用 \${b}\` };`,
    /a text is written in code/,
  ],
  ['Chinese in a string', `log('已占用');`, /Chinese words in code/],
  ['Chinese in a template', 'log(`${a} 已占用`);', /Chinese words in code/],
])('finds in code: %s', (_name, text, message) => {
  expect(messages({ ...clean, 'src/fleet/server/clusters/a.ts': text })).toEqual([
    expect.stringMatching(message),
  ]);
});

test.each([
  ['a language is missing', `a: { en: 'A cluster' },`, /a lacks zh-CN/],
  ['empty English', `a: { en: ' ', 'zh-CN': '集群' },`, /a: en is empty/],
  ['empty Chinese', `a: { en: 'A cluster', 'zh-CN': '' },`, /a: zh-CN is empty/],
  ['Chinese is English', `a: { en: 'A cluster', 'zh-CN': 'A cluster' },`, /a: zh-CN is not Chinese/],
  ['English is Chinese', `a: { en: '集群 here', 'zh-CN': '集群' },`, /a: en has Chinese/],
  [
    'Chinese leaves out a name',
    "a: (n: string) => ({ en: `Host ${n}`, 'zh-CN': `主机` }),",
    /a: zh-CN leaves out n/,
  ],
])('finds in a dictionary: %s', (_name, entry, message) => {
  const files = {
    ...clean,
    'src/fleet/contract/hosts.text.ts': dictionary(entry, 'hostText'),
    [code]: 'hostText.a; clusterText.title;',
  };
  expect(messages(files)).toEqual([expect.stringMatching(message)]);
});

test('finds a text that nobody asks for, and takes a dictionary that is passed on whole as used', () => {
  const hosts = dictionary(
    `used: { en: 'Host', 'zh-CN': '主机' },\nunused: { en: 'Hosts', 'zh-CN': '主机' },`,
    'hostText',
  );
  const files = { ...clean, 'src/fleet/contract/hosts.text.ts': hosts };
  const useOne = `import { hostText } from './x.ts';\nhostText.used;`;
  expect(messages({ ...files, 'src/fleet/server/a.ts': useOne })).toEqual([
    expect.stringMatching(/hosts\.text\.ts:4 hostText\.unused is used nowhere/),
  ]);
  expect(
    messages({ ...files, 'src/fleet/server/a.test.ts': 'hostText.unused', 'src/fleet/server/a.ts': useOne }),
  ).toHaveLength(1);
  expect(messages({ ...files, 'src/fleet/server/a.ts': 'hostText[key]' })).toEqual([]);
  const alias = `import { hostText as words } from './x.ts';\nwords.used; words.unused;`;
  expect(messages({ ...files, 'src/fleet/server/a.ts': alias })).toEqual([]);
  expect(messages({ ...files, 'src/fleet/server/a.ts': alias.replace('words.unused', '') })).toHaveLength(1);
});

test('finds a dictionary without a name of its kind, and a file without a dictionary', () => {
  const named = { ...clean, 'src/fleet/contract/a.text.ts': dictionary('', 'words') };
  expect(messages(named)).toEqual([expect.stringMatching(/is named <topic>Text/)]);
  const empty = { ...clean, 'src/fleet/contract/a.text.ts': `export const a = 1;` };
  expect(messages(empty)).toEqual([expect.stringMatching(/exports a dictionary/)]);
});
