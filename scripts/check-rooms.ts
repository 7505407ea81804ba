// Over 300 lines: the rules of the house are one list, and a reader looks for a rule in one file.
/**
 * Checks the map of the code: rooms, faces, the import rule, the closed vocabulary of file names, foreign keys.
 * Each rule is described where it is checked; `docs/architecture.md` has the picture.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { type Finding, lineAt, readTree, report, type SourceFile } from './source-tree.ts';

/** For each room the rooms it may know. The arrow of the whole product; fleet and community do not know each other. */
const roomsBelow: Record<string, string[]> = (() => {
  const floors = [
    ['platform'],
    ['identity'],
    ['billing'],
    ['fleet', 'community'],
    ['events'],
    ['academy'],
    ['market'],
    ['vendor'],
    ['insight'],
  ];
  return Object.fromEntries(
    floors.flatMap((rooms, index) => rooms.map((room) => [room, floors.slice(0, index).flat()])),
  );
})();
/** The rooms of the product, lowest first. */
export const rooms = Object.keys(roomsBelow);
const faces = ['contract', 'server', 'agent', 'web', 'cli'];

/** Files directly in `src/`: the program of the web, which puts the pages of all rooms together. */
const webPrograms = [
  'root.tsx',
  'console.tsx',
  'routes.ts',
  'nav.ts',
  'entry.server.tsx',
  'entry.client.tsx',
];

/** Where a file stands: in a face of a room, among the programs, or outside the product. */
type Place =
  | { kind: 'face'; room: string; face: string; inside: string }
  | { kind: 'program'; name: string }
  | { kind: 'web-program'; name: string }
  | { kind: 'outside' };

function placeOf(path: string): Place {
  const [top, second = '', third = '', ...rest] = path.split('/');
  if (top !== 'src') return { kind: 'outside' };
  if (second === 'main') return { kind: 'program', name: [third, ...rest].join('/') };
  if (third === '') return { kind: 'web-program', name: second };
  return { kind: 'face', room: second, face: third, inside: rest.join('/') };
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith('tests/');
const isCode = (path: string) => /\.(?:ts|tsx|mjs)$/.test(path);
const isGenerated = (path: string) => path.includes('.gen.');

/** Every rule over a whole tree; an empty list means that the house is in order. */
export function checkRooms(root: string): Finding[] {
  const files = readTree(root, ['src', 'scripts', 'tests', 'bench', 'bin', 'migrations']);
  const findings: Finding[] = [];
  const permissions = declaredPermissions(files);
  for (const file of files) {
    const say = (line: number, message: string) => findings.push({ file: file.path, line, message });
    if (file.path.startsWith('migrations/')) {
      checkMigration(file, say);
      continue;
    }
    checkName(file.path, say);
    if (isCode(file.path) && !isGenerated(file.path)) {
      checkLength(file, say);
      if (file.path.startsWith('src/')) checkCode(file, say);
      if (/^src\/\w+\/server\//.test(file.path) && !isTest(file.path))
        checkPermissions(file, permissions, say);
    }
  }
  return findings;
}

type Say = (line: number, message: string) => void;

// ---- names ----------------------------------------------------------------------------------------------------------

const emptyNames = /^(?:index|utils?|helpers?|types|common|misc|shared)$/;
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const verbNoun = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

function checkName(path: string, say: Say) {
  const segments = path.split('/');
  for (const segment of segments) {
    const stems = segment.split('.');
    if (stems.some((stem) => emptyNames.test(stem) || /-(?:utils?|helpers?)$/.test(stem))) {
      say(1, `"${segment}" says nothing about what is inside: name it after its noun or verb`);
    }
    if (/(?:^|[-_.])v\d+(?:[-_.]|$)/.test(segment)) say(1, `no version numbers in names: "${segment}"`);
    const isKebab = segment === 'README.md' || stems.every((stem) => stem === '' || kebab.test(stem));
    if (path.startsWith('src/') && !isKebab) say(1, `"${segment}" is not in kebab-case`);
  }
  const place = placeOf(path);
  if (place.kind === 'web-program') {
    if (!webPrograms.includes(place.name) && !/\.(?:css|d\.ts)$/.test(place.name)) {
      say(1, `only ${webPrograms.join(', ')} live directly in src/: give the file a room`);
    }
  }
  if (place.kind !== 'face') return;
  const { room, face, inside } = place;
  if (!rooms.includes(room)) return say(1, `"${room}" is not a room: the rooms are ${rooms.join(', ')}`);
  if (inside === '') {
    if (face !== 'README.md') say(1, `a room has only faces (${faces.join(', ')}) and a README.md`);
    return;
  }
  if (!faces.includes(face)) return say(1, `"${face}" is not a face: the faces are ${faces.join(', ')}`);
  if (face === 'server' && room !== 'platform') checkVocabulary(inside, say);
}

const roomFiles = /^(?:room|work|public)(?:\.test)?\.ts$/;

/** The closed vocabulary of a topic folder. A new word in it takes a decision record. */
function checkVocabulary(inside: string, say: Say) {
  const [topic = '', name, ...deeper] = inside.split('/');
  if (name === undefined) {
    if (!roomFiles.test(topic))
      say(1, `directly in server/ live room.ts, work.ts and public.ts: move ${topic} into a topic folder`);
    return;
  }
  if (deeper.length > 0) return say(1, 'a topic folder has no folders: make a topic of it');
  if (!wordOf(name) && !isTest(name)) {
    say(
      1,
      `"${name}" is not in the vocabulary: queries.ts, <verb>-<noun>.ts, <verb>-<noun>.operation.ts, ` +
        '<verb>-<noun>.job.ts, when-<fact>.ts, rules.ts, <noun>.rules.ts, routes.ts, *.test.ts',
    );
  }
}

type Word = 'queries' | 'rules' | 'routes' | 'operation' | 'job' | 'reaction' | 'command';

/** Which word of the vocabulary a file name is; undefined when it is none. */
function wordOf(name: string): Word | undefined {
  const [stem = '', second, third] = name.split('.');
  if (third === undefined && second === 'ts') {
    if (stem === 'queries' || stem === 'rules' || stem === 'routes') return stem;
    if (/^when-./.test(stem) && kebab.test(stem)) return 'reaction';
    return verbNoun.test(stem) ? 'command' : undefined;
  }
  if (third !== 'ts') return undefined;
  if (second === 'rules') return kebab.test(stem) ? 'rules' : undefined;
  if (second === 'operation' || second === 'job') return verbNoun.test(stem) ? second : undefined;
  return undefined;
}

function checkLength({ text }: SourceFile, say: Say) {
  const lines = text.split('\n').length - 1;
  const first = text.slice(0, text.indexOf('\n'));
  if (lines > 300 && !(/^(?:\/\/|\/\*|#!)/.test(first) && /\b(?:lines|long|one file)\b/i.test(first))) {
    say(1, `${lines} lines: split it, or say on line 1 why it is long ("// Over 300 lines: …")`);
  }
}

// ---- imports --------------------------------------------------------------------------------------------------------

interface Import {
  specifier: string;
  line: number;
  isTypeOnly: boolean;
}

/** All modules a file names: imports, re-exports, dynamic imports and types by `import('…')`. */
function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, isTypeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      found.push({
        specifier: specifier.text,
        line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
        isTypeOnly,
      });
    }
  };
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node))
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node, node.arguments[0], false);
    else if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'require'
    )
      add(node, node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The path from the root that a specifier means; undefined for packages. */
function resolveLocal(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.'))
    return posix.normalize(posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')));
  const alias = /^#(src|tests|scripts)\//.exec(specifier);
  return alias ? posix.normalize(specifier.slice(1).replace(/\?.*$/, '')) : undefined;
}

function checkCode(file: SourceFile, say: Say) {
  const place = placeOf(file.path);
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, false);
  for (const imported of importsOf(source)) {
    const message = importFault(file.path, place, imported);
    if (message) say(imported.line, message);
  }
  if (isTest(file.path)) return;
  if (place.kind === 'face' && !(place.room === 'platform' && place.inside === 'config.ts'))
    checkEnvironment(file, source, say);
  if (place.kind === 'face' && place.face === 'server' && place.room !== 'platform') {
    const word = wordOf(posix.basename(file.path));
    if (word && place.inside.includes('/')) checkWord(word, file, source, say);
  }
}

// The browser must not receive these, and Vite would bundle them without a word.
const serverPackages =
  /^(?:node:|pg$|kysely|graphile-worker|nodemailer|pino|aws4fetch|hono|@hono\/|@peculiar\/|esbuild|vite)/;

/** What is wrong with one import; undefined when it follows the rules. */
function importFault(path: string, from: Place, { specifier, isTypeOnly }: Import): string | undefined {
  if (specifier.includes('/+types/')) return undefined;
  const target = resolveLocal(path, specifier);
  if (target === undefined) return isTest(path) ? undefined : packageFault(from, specifier);
  if (!target.startsWith('src/')) {
    return isTest(path) || !/^(?:tests|scripts|bench)\//.test(target)
      ? undefined
      : `the product does not use ${target.split('/')[0]}/`;
  }
  const to = placeOf(target);
  if (from.kind === 'program') return isTest(path) ? undefined : programFault(from.name, to);
  if (from.kind === 'web-program') {
    if (to.kind === 'web-program' || (to.kind === 'face' && (to.face === 'web' || to.face === 'contract')))
      return undefined;
    return 'the web programs use only the web and contract faces';
  }
  if (from.kind !== 'face') return undefined;
  if (to.kind === 'web-program' && from.face === 'web' && isTypeOnly) return undefined;
  if (to.kind !== 'face') return 'a room does not know the programs that run it';
  return faceFault(path, from.face, to.face, isTypeOnly) ?? roomFault(from.room, to);
}

function packageFault(from: Place, specifier: string): string | undefined {
  const room = from.kind === 'face' ? from.room : '';
  if (/^(?:better-auth|@better-auth\/)/.test(specifier) && room !== 'identity')
    return 'better-auth stays inside identity';
  if (from.kind === 'web-program' && from.name !== 'entry.server.tsx' && serverPackages.test(specifier)) {
    return `the browser must not load ${specifier}`;
  }
  if (from.kind !== 'face') return undefined;
  if (from.face === 'contract' && specifier !== 'zod')
    return `contract uses only zod and contracts, not ${specifier}`;
  if (
    (from.face === 'agent' || from.face === 'cli') &&
    specifier !== 'zod' &&
    !specifier.startsWith('node:')
  ) {
    return `${from.face} uses only node:*, zod and contracts, not ${specifier}`;
  }
  if (from.face === 'web' && serverPackages.test(specifier)) return `the browser must not load ${specifier}`;
  return undefined;
}

/** The agent and the CLI are bundled to one file each, so their programs stay as small as their faces. */
function programFault(name: string, to: Place): string | undefined {
  // The agents' port and the making of the agent's bundle are parts of the server.
  const own = /^(?!agent-(?:port|bundle)\b)(agent|cli)(?=[-./])/.exec(name)?.[1];
  if (to.kind === 'program') {
    return own && !to.name.startsWith(own) ? `the ${own} program does not use ${to.name}` : undefined;
  }
  if (to.kind !== 'face') return 'the programs reach the web through its build';
  if (to.face === 'contract') return undefined;
  if (own) return to.face === own ? undefined : `the ${own} program uses only the ${own} and contract faces`;
  // Serving pages means to hand the router what the pages expect.
  if (to.face === 'web' && to.room === 'platform' && name.startsWith('web')) return undefined;
  return to.face === 'server'
    ? undefined
    : `this program uses only the server and contract faces, not ${to.face}`;
}

/** Rule 1: a face uses contracts and itself. Types count: a type of the server in the browser ties the two together. */
function faceFault(path: string, from: string, to: string, isTypeOnly: boolean): string | undefined {
  if (to === from || to === 'contract' || isTest(path)) return undefined;
  return `${from} must not use ${to}${isTypeOnly ? ', not even its types: move the type to contract/' : ''}`;
}

/** Rules 2 and 3: another room only along the arrow, only through its contract or its server/public.ts. */
function roomFault(from: string, to: { room: string; face: string; inside: string }): string | undefined {
  if (from === to.room) return undefined;
  if (from === 'platform') return `platform uses no room, here ${to.room}`;
  if (!roomsBelow[from]?.includes(to.room)) {
    return `${from} must not know ${to.room}: the arrow points the other way (news travels back as facts)`;
  }
  if (to.room === 'platform' || to.face === 'contract') return undefined;
  if (to.face === 'server' && to.inside === 'public.ts') return undefined;
  return `${to.room} is entered only through its contract/ or its server/public.ts`;
}

// ---- what each word may not do --------------------------------------------------------------------------------------

/** Settings come from one file; setting up runs before there are any, and looks for programs and the terminal's language. */
const readsEnvironment = /^src\/platform\/server\/(?:config\.ts|setup\/)/;

function checkEnvironment({ path }: SourceFile, source: ts.SourceFile, say: Say) {
  if (readsEnvironment.test(path)) return;
  const visit = (node: ts.Node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.name.text === 'env' &&
      node.expression.getText(source) === 'process'
    ) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      say(line + 1, 'only src/platform/server/config.ts reads the environment');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

const writes = /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(|\binTransaction\(/;
const sqlInRoute =
  /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql(?:<[^`]*>)?`|\binTransaction\(/;
const network = /^node:(?:http|https|http2|net|tls|dgram|child_process|dns)(?:\/|$)/;
const pureModules = /^(?:zod|yaml|node:(?:crypto|path|util|url|buffer|assert|net))$/;

function checkWord(word: Word, file: SourceFile, source: ts.SourceFile, say: Say) {
  const refuse = (pattern: RegExp, message: string) => {
    const found = pattern.exec(file.text);
    if (found) say(lineAt(file.text, found.index), message);
  };
  const imports = importsOf(source);
  if (word === 'queries') {
    refuse(writes, 'queries only read: a write is a command');
    for (const { specifier, line } of imports) {
      const to = placeOf(resolveLocal(file.path, specifier) ?? '');
      if (to.kind === 'face' && to.face === 'server' && to.inside === 'public.ts')
        say(line, 'queries do not call other rooms');
    }
  }
  if (word === 'routes') refuse(sqlInRoute, 'routes parse, call one function and answer: no SQL here');
  if (word === 'rules') {
    for (const { specifier, line, isTypeOnly } of imports) {
      const target = resolveLocal(file.path, specifier);
      const isPure =
        isTypeOnly ||
        (target === undefined
          ? pureModules.test(specifier)
          : /\/contract\/|[/.]rules\.ts$|^src\/platform\/server\/errors\.ts$/.test(target));
      if (!isPure) say(line, `rules are pure decisions and cannot use ${specifier}`);
    }
  }
  if (word === 'command') {
    for (const { specifier, line, isTypeOnly } of imports) {
      if (network.test(specifier) && !isTypeOnly)
        say(line, `a command does not talk to hosts or the network (${specifier})`);
    }
    refuse(/(?<![.\w])fetch\(/, 'a command does not talk to hosts or the network (fetch)');
    checkCommand(file, source, say);
  }
  checkExportedName(word, file, source, say);
}

const camel = (kebabName: string) =>
  kebabName.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `create-cluster.ts` exports `createCluster`: the menu of a folder is its listing. */
function checkExportedName(word: Word, file: SourceFile, source: ts.SourceFile, say: Say) {
  if (word === 'queries' || word === 'rules' || word === 'routes') return;
  const wished = camel(posix.basename(file.path).split('.')[0] ?? '');
  const exported = source.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isFunctionDeclaration(statement)) return [statement.name?.text];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map((d) => d.name.getText(source));
    return [];
  });
  if (!exported.includes(wished)) say(1, `must export "${wished}", the verb it is named after`);
}

/**
 * A command that opens a transaction checks a permission and leaves an audit row. Who is let in without one is said by
 * a comment `// open to: …`, and what needs no trace by `// not audited: …`.
 */
function checkCommand(file: SourceFile, source: ts.SourceFile, say: Say) {
  const bodies = new Map<string, { node: ts.Node; isExported: boolean }>();
  for (const statement of source.statements) {
    const isExported =
      ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
    if (ts.isFunctionDeclaration(statement) && statement.name) {
      bodies.set(statement.name.text, { node: statement, isExported });
    } else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        bodies.set(declaration.name.getText(source), { node: statement, isExported });
      }
    }
  }
  /** Names called in a function and in the functions of this file that it calls. */
  const callsOf = (name: string, seen: Set<string>, texts: string[]) => {
    const body = bodies.get(name);
    if (!body || seen.has(`body ${name}`)) return;
    seen.add(`body ${name}`);
    texts.push(body.node.getFullText(source));
    const visit = (node: ts.Node) => {
      if (ts.isCallExpression(node)) {
        const called = node.expression;
        const callee = ts.isIdentifier(called)
          ? called.text
          : ts.isPropertyAccessExpression(called)
            ? called.name.text
            : '';
        seen.add(callee);
        if (ts.isIdentifier(called)) callsOf(callee, seen, texts);
      }
      ts.forEachChild(node, visit);
    };
    visit(body.node);
  };
  for (const [name, { node, isExported }] of bodies) {
    if (!isExported) continue;
    const calls = new Set<string>();
    const texts: string[] = [];
    callsOf(name, calls, texts);
    if (!calls.has('inTransaction')) continue;
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const text = texts.join('\n');
    if (![...calls].some((call) => /^require[A-Z]/.test(call)) && !/\/\/ open to: \S/.test(text)) {
      say(line, `${name} opens a transaction without requirePermission (or a comment "// open to: …")`);
    }
    if (![...calls].some((call) => /^audit(?:[A-Z]|$)/.test(call)) && !/\/\/ not audited: \S/.test(text)) {
      say(line, `${name} opens a transaction without audit (or a comment "// not audited: …")`);
    }
  }
}

/** The permissions that the rooms declare: only these can be granted, shown and given to keys. */
function declaredPermissions(files: SourceFile[]): Set<string> {
  const declarations = files.filter(({ path }) => /^src\/\w+\/server\/(?:room|platform)\.ts$/.test(path));
  return new Set(
    declarations.flatMap(({ text }) =>
      [...text.matchAll(/'([a-z-]+\.[a-z-]+\.[a-z-]+)'/g)].map((match) => match[1] ?? ''),
    ),
  );
}

function checkPermissions({ text }: SourceFile, declared: Set<string>, say: Say) {
  for (const match of text.matchAll(
    /(?:\brequirePermission\(\s*\w+,|\broute\(|\.may\()\s*'([a-z-]+\.[a-z-]+\.[a-z-]+)'/g,
  )) {
    const permission = match[1] ?? '';
    if (!declared.has(permission))
      say(lineAt(text, match.index), `no room declares the permission ${permission}`);
  }
}

// ---- migrations -----------------------------------------------------------------------------------------------------

/** One line of history: the room in the name, tables only in that room's schema, foreign keys only along the arrow. */
function checkMigration({ path, text }: SourceFile, say: Say) {
  const name = posix.basename(path);
  const room = rooms.find((candidate) =>
    new RegExp(`^\\d{8}-\\d{4}-${candidate}(?:-[a-z0-9-]+)?\\.sql$`).test(name),
  );
  if (!room) return say(1, 'a migration is named <yyyymmdd>-<hhmm>-<room>[-<topic>].sql');
  // Blanks keep every position, so lines stay right.
  const sql = text
    .replace(/--.*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (part) => part.replace(/[^\n]/g, ' '))
    .toLowerCase();
  for (const match of sql.matchAll(
    /\b(create (?:unlogged )?table|alter table)(?: if (?:not )?exists)?(?: only)?\s+([\w.]+)/g,
  )) {
    const [, verb = '', table = ''] = match;
    const line = lineAt(text, match.index);
    if (!table.startsWith(`${room}.`))
      say(line, `${table}: a migration of ${room} changes only schema ${room}`);
    const isPartition = /^\s+partition of\b/.test(sql.slice(match.index + match[0].length));
    if (
      verb !== 'alter table' &&
      !isPartition &&
      !new RegExp(`comment on table ${table.replace('.', '\\.')}\\b`).test(sql)
    ) {
      say(line, `${table} has no "comment on table"`);
    }
  }
  for (const match of sql.matchAll(/\breferences\s+(?:only\s+)?([\w.]+)/g)) {
    const [schema = '', table] = (match[1] ?? '').split('.');
    const line = lineAt(text, match.index);
    if (table === undefined) say(line, `write the schema: references ${room}.${schema}`);
    else if (schema !== room && !roomsBelow[room]?.includes(schema)) {
      say(line, `a foreign key of ${room} must not point to ${schema}: the arrow points the other way`);
    }
  }
}

if (import.meta.main) process.exitCode = report(checkRooms(posix.join(import.meta.dirname, '..')));
