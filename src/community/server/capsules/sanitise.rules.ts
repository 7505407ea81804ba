import { planWords, settingNames, settingWords, sqlWords } from './words.rules.ts';

/** What a member pastes of a database, and what is kept of it. */
export type Capsule = { schema: string; settings: string; plan: string };

/**
 * Takes everything out of a schema, settings and a plan that could be the data of whoever pastes it. Nothing is kept because
 * it looks harmless: only words on a list, types, punctuation, and figures where they count or measure stay. Every other
 * name becomes n1, n2 and so on, the same name the same in all three; values become ?; comments go.
 */
export function sanitiseCapsule(given: Capsule): Capsule {
  const names = newNames();
  return {
    schema: sanitiseSql(given.schema, names),
    settings: sanitiseSettings(given.settings),
    plan: sanitisePlan(given.plan, names),
  };
}

type Names = (name: string) => string;

function newNames(): Names {
  const known = new Map<string, string>();
  return (name) => {
    const made = known.get(name) ?? `n${known.size + 1}`;
    known.set(name, made);
    return made;
  };
}

// ---- SQL ------------------------------------------------------------------------------------------------------------

type Token = { kind: 'space' | 'word' | 'quoted' | 'value' | 'number' | 'sign'; text: string };

const patterns: [Token['kind'] | 'nothing', RegExp][] = [
  ['nothing', /--[^\n]*/y],
  ['value', /[eEbBxXnN]?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/y],
  ['value', /[uU]&'(?:[^']|'')*(?:'|$)/y],
  ['value', /\$([A-Za-z_]\w*|)\$[\s\S]*?(?:\$\1\$|$)/y],
  ['quoted', /(?:[uU]&)?"(?:[^"]|"")*(?:"|$)/y],
  ['number', /(?:0[xXoObB][0-9a-fA-F_]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?)(?![\p{L}\p{N}_])/uy],
  ['word', /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_$]*/uy],
  ['space', /[ \t\r\n]+/y],
  ['sign', /[-+*/<>=~!@#%^&|`?()[\]{},;:.]/y],
];

/** The tokens of SQL, comments and signs that mean nothing left out. What begins and never ends goes to the end. */
function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    if (sql.startsWith('/*', at)) {
      at = endOfComment(sql, at);
      continue;
    }
    let length = 1;
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const found = pattern.exec(sql)?.[0];
      if (found === undefined || found === '') continue;
      if (kind !== 'nothing') tokens.push({ kind, text: found });
      length = found.length;
      break;
    }
    at += length;
  }
  return tokens;
}

/** Comments nest in PostgreSQL. */
function endOfComment(sql: string, from: number): number {
  let depth = 0;
  for (let at = from; at < sql.length; at++) {
    const two = sql.slice(at, at + 2);
    if (two === '/*') depth++;
    else if (two === '*/' && --depth === 0) return at + 2;
    else continue;
    at++;
  }
  return sql.length;
}

/** Rows of a dump between COPY … FROM stdin and its end are data and nothing else. */
const withoutRows = (sql: string) =>
  sql.replace(
    /^([ \t]*copy\b[^;]*\bfrom\s+stdin\b[^;\n]*;)[^\n]*\n[\s\S]*?(?:^\\\.[ \t]*$|(?![\s\S]))/gim,
    '$1\n',
  );

const sized =
  /^(?:varchar|char|character|varying|bpchar|numeric|decimal|bit|varbit|time|timetz|timestamp|timestamptz|interval|float|vector|halfvec)$/;

function sanitiseSql(sql: string, names: Names, known: ReadonlySet<string> = sqlWords): string {
  const tokens = tokensOf(withoutRows(sql));
  let size = false;
  let before = '';
  const kept = tokens.map(({ kind, text }, at) => {
    if (kind === 'space')
      return /\n/.test(text) ? '\n' + ' '.repeat(Math.min(8, text.length - 1 - text.lastIndexOf('\n'))) : ' ';
    const last = before;
    before = text.toLowerCase();
    switch (kind) {
      case 'value':
        return '?';
      case 'quoted':
        return nameOf(unquoted(text), names, known, true);
      case 'number':
        return size && /^\d{1,5}$/.test(text) ? text : '?';
      case 'word':
        return nameOf(text, names, known, tokens[at - 1]?.text === '.');
      default:
        if (text === '(') size = sized.test(last);
        else if (text === ')') size = false;
        return text;
    }
  });
  return kept
    .join('')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const unquoted = (text: string) =>
  text
    .replace(/^(?:[uU]&)?"/, '')
    .replace(/"$/, '')
    .replaceAll('""', '"');

/** A word of the language as it is; a name as the one it was given. After a dot and in quotes stand names only. */
function nameOf(word: string, names: Names, known: ReadonlySet<string>, isName: boolean): string {
  const lower = word.toLowerCase();
  if (!isName && known.has(lower)) return word;
  return names(isName && word !== lower ? word : lower);
}

// ---- settings -------------------------------------------------------------------------------------------------------

const measure = /^-?\d{1,10}(?:\.\d{1,6})?\s?(?:B|kB|MB|GB|TB|8kB|us|ms|s|min|h|d)?$/;

/** Lines of `name = value`, or of a table of pg_settings: settings of PostgreSQL with figures, units and words of their own. */
function sanitiseSettings(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const found = /^[\s|]*([A-Za-z_]\w*)\s*(?:=|\||\t|\s)\s*(.*)$/.exec(line.replace(/#.*$/, ''));
      const name = found?.[1]?.toLowerCase() ?? '';
      if (!settingNames.has(name)) return [];
      const [value = '', unit = ''] = (found?.[2] ?? '').split('|').map((part) => part.trim());
      const bare = value.replace(/^'(.*)'$/, '$1');
      const isKept = measure.test(bare) || settingWords.has(bare.toLowerCase());
      const shownUnit = isKept && /^(?:8kB|B|kB|MB|GB|us|ms|s|min|h|d)$/.test(unit) ? ` ${unit}` : '';
      return [`${name} = ${isKept ? bare : '?'}${shownUnit}`];
    })
    .join('\n');
}

// ---- plans ----------------------------------------------------------------------------------------------------------

const allWords: ReadonlySet<string> = new Set([...sqlWords, ...planWords]);

/** Figures of a plan stay where they count or measure: in the brackets of a node, and after the names of measures. */
const figures = [
  String.raw`\((?:cost=[\d.]+ rows=\d+ width=\d+)\)`,
  String.raw`\((?:actual time=[\d.]+ rows=[\d.]+ loops=\d+|actual rows=[\d.]+ loops=\d+|never executed)\)`,
  String.raw`\((?:cost=[\d.]+ rows=\d+ width=\d+) (?:actual time=[\d.]+ rows=[\d.]+ loops=\d+)\)`,
].map((pattern) => pattern.replaceAll(String.raw`[\d.]+ rows`, String.raw`[\d.]+(?:\.\.[\d.]+)? rows`));
const nodeFigures = new RegExp(figures.join('|'), 'g');

const measured =
  /^(\s*)((?:Planning Time|Execution Time|Planning|Execution|Rows Removed by (?:Filter|Join Filter|Index Recheck|Conflict Filter)|Heap Fetches|Index Searches|Workers (?:Planned|Launched)|Buffers|I\/O Timings|WAL|Sort Method|Heap Blocks|Buckets|Batches|Hits|Cache Mode|Full-sort Groups|Pre-sorted Groups|Storage|Functions|Timing|Options|Tuples Inserted|Conflicting Tuples|Memory Usage|Worker \d{1,3}|Memory)):(.*)$/;
const figure = /^\d{1,10}(?:\.\d{1,6})?(?:kB|MB|ms|%)?$/;

function sanitisePlan(plan: string, names: Names): string {
  const text = plan.trim();
  if (/^[[{]/.test(text)) {
    try {
      return JSON.stringify(sanitiseNode(JSON.parse(text), '', names), null, 2);
    } catch {
      // No JSON after all: then it is text.
    }
  }
  return plan
    .split('\n')
    .map((line) => sanitiseLine(line, names))
    .filter((line) => line.trim() !== '')
    .join('\n');
}

const isMeasure = (part: string) => figure.test(part) || allWords.has(part.toLowerCase());

function sanitiseLine(line: string, names: Names): string {
  const indent = /^\s{0,200}/.exec(line)?.[0].replace(/[^ ]/g, ' ') ?? '';
  const measures = measured.exec(line);
  if (measures) {
    const [, , name = '', rest = ''] = measures;
    const kept = rest
      .split(/([ =:,()]+)/)
      .map((part, at) => (at % 2 === 1 || part === '' || isMeasure(part) ? part : '?'));
    return `${indent}${name}:${kept.join('')}`;
  }
  const shown: string[] = [];
  const rest = line.trim().replace(nodeFigures, (found) => {
    shown.push(found);
    return '';
  });
  const words = sanitiseSql(rest, names, allWords).replace(/\s+/g, ' ');
  return `${indent}${[words, ...shown].filter((part) => part !== '').join('  ')}`;
}

/** A plan as JSON: figures stay except in conditions, words of EXPLAIN stay, everything else is SQL. */
function sanitiseNode(value: unknown, key: string, names: Names): unknown {
  if (Array.isArray(value)) return value.slice(0, 10_000).map((one) => sanitiseNode(one, key, names));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [keyOf(name, names), sanitiseNode(inner, name, names)]),
    );
  }
  // Settings have texts for figures; other figures measure.
  if (typeof value === 'number') return isKnownKey(key) ? value : '?';
  if (typeof value === 'string') return sanitiseSql(value, names, allWords);
  return value;
}

const isKnownKey = (key: string) => key.split(/[\s/-]+/).every((word) => allWords.has(word.toLowerCase()));

const keyOf = (key: string, names: Names) => (isKnownKey(key) || key === '' ? key : names(key));
