/**
 * Checks that the documents are true where a program can tell: paths and links exist, npm scripts exist, both READMEs
 * give the same commands, the glossary has each term once, decision records are numbered once and have their parts.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Finding, lineAt, readTree, report, type SourceFile } from './source-tree.ts';

type Say = (position: number, message: string) => void;

/** Every rule about documents over a whole tree; an empty list means that they can be followed. */
export function checkDocs(root: string): Finding[] {
  const documents = readTree(root, ['.']).filter(({ path }) => path.endsWith('.md'));
  const findings: Finding[] = [];
  const scripts = npmScripts(root);
  for (const document of documents) {
    const say: Say = (position, message) =>
      findings.push({ file: document.path, line: lineAt(document.text, position), message });
    checkLinks(root, document, documents, say);
    if (!isSuperseded(document)) checkPaths(root, document, say);
    for (const match of document.text.matchAll(/\bnpm run ([\w:-]+)/g)) {
      if (!scripts.includes(match[1] ?? '')) say(match.index, `package.json has no script "${match[1]}"`);
    }
    if (document.path === 'docs/glossary.md') checkGlossary(document, say);
    if (document.path === 'docs/architecture.md') checkConcepts(document, say);
  }
  findings.push(...checkReadmes(documents), ...checkDecisions(documents));
  return findings;
}

function npmScripts(root: string): string[] {
  const manifest = readTree(root, ['.']).find(({ path }) => path === 'package.json');
  const parsed = manifest ? (JSON.parse(manifest.text) as { scripts?: Record<string, string> }) : {};
  return Object.keys(parsed.scripts ?? {});
}

// ---- paths and links ------------------------------------------------------------------------------------------------

const ourFolders = /^(?:src|docs|migrations|tests|bench|scripts|bin|\.ci|\.github)\//;
const rootFiles =
  /^(?:README(?:\.zh-CN)?\.md|CONTRIBUTING\.md|LICENSE|package(?:-lock)?\.json|tsconfig\.json|[a-z-]+\.config\.ts|\.ox\w+\.json|\.npmrc)$/;

/** A path in backticks must exist; one with `<room>` in it is a form, one with `*` needs at least one match. */
function checkPaths(root: string, { text }: SourceFile, say: Say) {
  for (const match of withoutBlocks(text).matchAll(/`([^`\n]+)`/g)) {
    const path = (match[1] ?? '').replace(/:\d+(?:-\d+)?$/, '');
    if (!ourFolders.test(path) && !rootFiles.test(path)) continue;
    if (/[<>…\s{}]|\.\.\./.test(path)) continue;
    if (!existsInTree(root, path)) say(match.index, `${path} does not exist`);
  }
}

function existsInTree(root: string, path: string): boolean {
  if (!path.includes('*')) return existsSync(join(root, path));
  const segments = path.split('/').filter((segment) => segment !== '');
  let folders = [''];
  for (const segment of segments) {
    const pattern = new RegExp(`^${segment.replace(/[.+?^$()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
    folders = folders.flatMap((folder) => {
      const names = existsSync(join(root, folder))
        ? readdirSync(join(root, folder), { recursive: false })
        : [];
      return names
        .filter((name) => pattern.test(String(name)))
        .map((name) => posix.join(folder, String(name)));
    });
  }
  return folders.length > 0;
}

/** The text with code blocks blanked, so that positions stay. */
const withoutBlocks = (text: string) =>
  text.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ' '));

function checkLinks(root: string, { path, text }: SourceFile, documents: SourceFile[], say: Say) {
  const links = withoutBlocks(text).matchAll(
    /\]\(([^()\s]+(?:\([^()\s]*\))?)\)|\bsrc="([^"]+)"|\bhref="([^"]+)"/g,
  );
  for (const match of links) {
    const link = match[1] ?? match[2] ?? match[3] ?? '';
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
    const [file = '', anchor] = link.split('#');
    const target =
      file === '' ? path : posix.normalize(posix.join(posix.dirname(path), decodeURIComponent(file)));
    if (target.startsWith('..') || !existsSync(join(root, target))) {
      say(match.index, `the link ${link} leads nowhere`);
      continue;
    }
    const page = documents.find((document) => document.path === target);
    if (anchor && page && !anchorsOf(page.text).includes(decodeURIComponent(anchor))) {
      say(match.index, `${target} has no heading #${anchor}`);
    }
  }
}

/** The anchors that GitHub makes of the headings. */
function anchorsOf(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/^#+\s+(.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

// ---- tables ---------------------------------------------------------------------------------------------------------

interface Row {
  position: number;
  cells: string[];
}

/** The rows of the tables whose first column has this head. */
function tableRows(text: string, head: string): Row[] {
  const rows: Row[] = [];
  let position = 0;
  let columns: string[] | undefined;
  for (const line of withoutBlocks(text).split('\n')) {
    const isRow = /^\s*\|.*\|\s*$/.test(line);
    const cells = line
      .trim()
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    const isRule = cells.every((cell) => /^:?-+:?$/.test(cell));
    if (!isRow) columns = undefined;
    else if (!columns) columns = cells;
    else if (!isRule && columns[0] === head) rows.push({ position, cells });
    position += line.length + 1;
  }
  return rows;
}

/** The table of concepts: each row names a file. That it exists, `checkPaths` tells. */
function checkConcepts({ text }: SourceFile, say: Say) {
  const rows = tableRows(text, 'Concept');
  if (rows.length === 0) say(0, 'the table concept → file is missing');
  const seen = new Set<string>();
  for (const { position, cells } of rows) {
    const concept = cells[0] ?? '';
    if (!cells.slice(1).some((cell) => /`[^`]+`/.test(cell))) say(position, `"${concept}" names no file`);
    if (seen.has(concept)) say(position, `"${concept}" is in the table twice`);
    seen.add(concept);
  }
}

/** Each term once, in each language: two words for one thing, or one word for two, is how teams misunderstand. */
function checkGlossary({ text }: SourceFile, say: Say) {
  const rows = tableRows(text, 'Term');
  if (rows.length === 0) say(0, 'the table of terms is missing');
  for (const column of [0, 1]) {
    const seen = new Set<string>();
    for (const { position, cells } of rows) {
      const term = (cells[column] ?? '').replaceAll('*', '').toLowerCase();
      if (term === '') say(position, `a term has no ${column === 0 ? 'English' : 'Chinese'} word`);
      else if (seen.has(term)) say(position, `"${term}" is in the glossary twice`);
      seen.add(term);
    }
  }
  for (const { position, cells } of rows)
    if ((cells[2] ?? '') === '') say(position, `"${cells[0]}" has no meaning`);
}

// ---- READMEs and decisions ------------------------------------------------------------------------------------------

/** The commands of all shell blocks, without comments and prompts. */
function commandsOf(text: string): string[] {
  return [...text.matchAll(/^```(?:sh|bash|shell|console)\n([\s\S]*?)^```/gm)].flatMap((match) =>
    (match[1] ?? '')
      .split('\n')
      .map((line) =>
        line
          .replace(/^\$ /, '')
          .replace(/(?:^|\s+)#.*$/, '')
          .trim(),
      )
      .filter((line) => line !== ''),
  );
}

function checkReadmes(documents: SourceFile[]): Finding[] {
  const [english, chinese] = ['README.md', 'README.zh-CN.md'].map((name) =>
    documents.find(({ path }) => path === name),
  );
  if (!english || !chinese) {
    const missing = english ? 'README.zh-CN.md' : 'README.md';
    return [{ file: missing, line: 1, message: 'there is a README.md and a README.zh-CN.md' }];
  }
  const [ours, theirs] = [commandsOf(english.text), commandsOf(chinese.text)];
  const findings: Finding[] = [];
  const compare = (file: string, has: string[], other: string, lacks: string[]) => {
    for (const command of has.filter((one) => !lacks.includes(one))) {
      findings.push({ file, line: 1, message: `the command "${command}" is only here, not in ${other}` });
    }
  };
  compare('README.md', ours, 'README.zh-CN.md', theirs);
  compare('README.zh-CN.md', theirs, 'README.md', ours);
  if (findings.length === 0 && ours.join('\n') !== theirs.join('\n')) {
    findings.push({
      file: 'README.zh-CN.md',
      line: 1,
      message: 'the commands come in another order than in README.md',
    });
  }
  return findings;
}

const isDecision = (path: string) => path.startsWith('docs/decisions/');
const isSuperseded = ({ path, text }: SourceFile) => isDecision(path) && /^Status: superseded/m.test(text);

/** Decision records: numbered from 0001 without a gap, one page, with status, context, decision and cost. */
function checkDecisions(documents: SourceFile[]): Finding[] {
  const findings: Finding[] = [];
  let expected = 1;
  for (const { path, text } of documents.filter((document) => isDecision(document.path))) {
    const say = (message: string) => findings.push({ file: path, line: 1, message });
    const number = /^(\d{4})-[a-z0-9-]+\.md$/.exec(posix.basename(path))?.[1];
    if (number === undefined) {
      say('a decision record is named <four digits>-<what-was-decided>.md');
      continue;
    }
    if (Number(number) !== expected)
      say(`number ${number}, but the next is ${String(expected).padStart(4, '0')}`);
    else expected += 1;
    if (!/^Status: (?:accepted|superseded by \d{4})$/m.test(text))
      say('needs "Status: accepted" or "Status: superseded by <number>"');
    for (const part of ['Context', 'Decision', 'Cost']) {
      if (!new RegExp(`^## ${part}\\n+[^#\\s]`, 'm').test(text)) say(`has no "## ${part}"`);
    }
    if (text.split('\n').length > 80) say('a decision record is one page');
  }
  return findings;
}

if (import.meta.main) process.exitCode = report(checkDocs(join(import.meta.dirname, '..')));
