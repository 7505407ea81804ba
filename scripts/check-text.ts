/**
 * Checks the words for people: none stands in code, each stands in every language, each is used.
 * Words live in `src/<room>/contract/<topic>.text.ts`; sample data for demonstrations lives in `*.demo.ts`.
 */
import { join } from 'node:path';
import ts from 'typescript';
import { type Finding, readTree, report, type SourceFile } from './source-tree.ts';

/** Names that are the same in every language. */
const properNames = new RegExp(
  String.raw`\b(?:${[
    'Elepherd|PostgreSQL|Postgres|Patroni|pgBackRest|PgBouncer|HAProxy|etcd|systemd|Debian|Ubuntu|Linux|glibc|libc|ICU|GitHub',
    'psql|libpq|JDBC|Node\\.js|Node|Python|Go|Java|Prometheus|VictoriaMetrics|OpenAPI|Grafana|Elepherd',
    'elepherd(?: [a-z-]+)*|English|API|CLI|CPU|SQL|TLS|SCRAM|OIDC|TOTP|SMTP|S3|URL|URI|ID|IP|HTTP|HTTPS|JSON|CSV|PEM|SSH|WAL|LSN|OK|UTC|UUID|DNS',
    'PDF|Webhook|DingTalk|WeCom|Feishu|zstd|gzip|lz4|Access Key|Secret Key',
    'B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB|ms|s|min|Ctrl|Enter|Esc|Tab|Shift|Alt|Cmd|async|sync|strict',
  ].join('|')})\b`,
  'g',
);
const han = /\p{Script=Han}/u;
const hasWords = (text: string) => /\p{L}/u.test(text.replace(properNames, '').replace(/&\w+;/g, ''));
/** Examples of values (an address, a path, a network) read the same in every language. */
const isExample = (text: string) => /^\S*[@/:._\d-]\S*$/.test(text.trim());

const isTextFile = (path: string) => path.endsWith('.text.ts');
const isExempt = (path: string) => /\.(?:test|demo|gen)\.tsx?$|\.d\.ts$/.test(path);

/** Every rule about words over a whole tree; an empty list means that both languages are complete. */
export function checkText(root: string): Finding[] {
  const files = readTree(root, ['src']).filter(({ path }) => /\.tsx?$/.test(path) && !isExempt(path));
  const findings: Finding[] = [];
  const dictionaries: Dictionary[] = [];
  for (const file of files) {
    const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, false);
    const say: Say = (node, message) =>
      findings.push({
        file: file.path,
        line: source.getLineAndCharacterOfPosition(node === undefined ? 0 : node.getStart(source)).line + 1,
        message,
      });
    if (isTextFile(file.path)) dictionaries.push(...readDictionaries(file, source, say));
    else checkCode(file, source, say);
  }
  // Scripts that a person runs speak by dictionaries too, but may also speak to developers in English alone.
  const scripts = readTree(root, ['scripts']).filter(({ path }) => path.endsWith('.ts') && !isExempt(path));
  findings.push(...unusedTexts(dictionaries, [...files, ...scripts]));
  return findings;
}

type Say = (node: ts.Node | undefined, message: string) => void;

// ---- words in code --------------------------------------------------------------------------------------------------

// What stands in these elements is typed by machines or copied into a terminal.
const codeElements = new Set(['code', 'pre', 'kbd', 'samp', 'style', 'script', 'Code', 'Kbd']);
const wordAttributes = new Set(
  'aria-label aria-description aria-placeholder aria-roledescription title placeholder label alt description error message heading hint'.split(
    ' ',
  ),
);

function checkCode({ path }: SourceFile, source: ts.SourceFile, say: Say) {
  const isPage = path.endsWith('.tsx');
  const visit = (node: ts.Node, isInCode: boolean) => {
    let inCode = isInCode;
    if (ts.isJsxElement(node)) inCode ||= codeElements.has(node.openingElement.tagName.getText(source));
    if (ts.isJsxText(node) && !inCode && hasWords(node.text))
      say(node, `words in a page: ${shorten(node.text)}`);
    if (ts.isJsxExpression(node) && !inCode && !wordsAllowed.has(node))
      checkWords(node.expression, say, 'words in a page');
    if (ts.isJsxAttribute(node)) {
      const name = node.name.getText(source);
      if (node.initializer && ts.isJsxExpression(node.initializer)) wordsAllowed.add(node.initializer);
      if (wordAttributes.has(name)) {
        const value =
          node.initializer && ts.isJsxExpression(node.initializer)
            ? node.initializer.expression
            : node.initializer;
        checkWords(value, say, `words in ${name}`);
      }
    }
    if (isPage && ts.isPropertyAssignment(node) && wordAttributes.has(nameOf(node.name))) {
      checkWords(node.initializer, say, `words in ${nameOf(node.name)}`);
    }
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'AppError') {
      const words = node.arguments?.[1];
      if (words && (ts.isStringLiteralLike(words) || ts.isTemplateExpression(words))) {
        say(words, 'an AppError carries a Text from a dictionary, not words');
      }
    }
    if (ts.isObjectLiteralExpression(node) && isWrittenText(node)) {
      say(node, 'a text is written in code: move it to a contract/*.text.ts');
      return;
    }
    if (isLiteralText(node) && han.test(node.text)) say(node, `Chinese words in code: ${shorten(node.text)}`);
    ts.forEachChild(node, (child) => visit(child, inCode));
  };
  const wordsAllowed = new Set<ts.Node>();
  visit(source, false);
}

/** Literals that a person would read, also in the arms of a condition. */
function checkWords(value: ts.Node | undefined, say: Say, what: string) {
  if (!value) return;
  if (ts.isParenthesizedExpression(value)) return checkWords(value.expression, say, what);
  if (ts.isConditionalExpression(value)) {
    checkWords(value.whenTrue, say, what);
    return checkWords(value.whenFalse, say, what);
  }
  if (ts.isBinaryExpression(value) && !comparisons.has(value.operatorToken.kind)) {
    if (value.operatorToken.kind === ts.SyntaxKind.PlusToken) checkWords(value.left, say, what);
    return checkWords(value.right, say, what);
  }
  const words = ts.isStringLiteralLike(value)
    ? value.text
    : ts.isTemplateExpression(value)
      ? pieces(value).join(' ')
      : '';
  if (hasWords(words) && !isExample(words)) say(value, `${what}: ${shorten(words)}`);
}

const shorten = (text: string) => JSON.stringify(text.replace(/\s+/g, ' ').trim().slice(0, 40));
const nameOf = (name: ts.PropertyName) =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : '';

/** `{ en: '…', 'zh-CN': '…' }` with words in it, as opposed to a schema or a value that is passed on. */
function isWrittenText(node: ts.ObjectLiteralExpression): boolean {
  const initializers = node.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) && ['en', 'zh-CN'].includes(nameOf(property.name))
      ? [property.initializer]
      : [],
  );
  return initializers.length === 2 && initializers.some((value) => hasWords(pieces(value).join('')));
}

const comparisons = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.InKeyword,
]);
const isLiteralText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddle(node) ||
  ts.isTemplateTail(node);

/** All literal text that a node may evaluate to, in order; conditions and keys are not part of it. */
function pieces(node: ts.Node): string[] {
  // Asking a function for one language is no text.
  if (isLiteralText(node)) return node.text === 'en' || node.text === 'zh-CN' ? [] : [node.text];
  if (ts.isConditionalExpression(node)) return [...pieces(node.whenTrue), ...pieces(node.whenFalse)];
  if (ts.isElementAccessExpression(node)) return pieces(node.expression);
  if (ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind)) return [];
  const found: string[] = [];
  ts.forEachChild(node, (child) => {
    found.push(...pieces(child));
  });
  return found;
}

// ---- dictionaries ---------------------------------------------------------------------------------------------------

interface Dictionary {
  file: string;
  name: string;
  keys: { name: string; line: number }[];
}

/** The dictionaries of a `*.text.ts`; what they lack is said. */
function readDictionaries({ path }: SourceFile, source: ts.SourceFile, say: Say): Dictionary[] {
  const found: Dictionary[] = [];
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      const value = declaration.initializer;
      // Texts, or groups of texts that belong together, such as all that one alert says.
      const isDictionary =
        value &&
        ts.isSatisfiesExpression(value) &&
        /^(?:Texts|Record<string, \w+Words>)$/.test(value.type.getText(source));
      if (!isDictionary) continue;
      const words = ts.isAsExpression(value.expression) ? value.expression.expression : value.expression;
      if (!ts.isObjectLiteralExpression(words)) continue;
      const keys = words.properties.filter(ts.isPropertyAssignment).map((property) => {
        for (const text of writtenTexts(property.initializer))
          checkLanguages(nameOf(property.name), text, say);
        return {
          name: nameOf(property.name),
          line: source.getLineAndCharacterOfPosition(property.getStart(source)).line + 1,
        };
      });
      found.push({ file: path, name: declaration.name.getText(source), keys });
    }
  }
  const isNamed = found.every(({ name }) => name.endsWith('Text'));
  if (!isNamed) say(undefined, 'a dictionary is named <topic>Text');
  if (found.length === 0)
    say(undefined, 'a *.text.ts exports a dictionary: `export const <topic>Text = { … } satisfies Texts`');
  return found;
}

/** Every `{ en, 'zh-CN' }` below a node. */
function writtenTexts(node: ts.Node): ts.ObjectLiteralExpression[] {
  if (ts.isObjectLiteralExpression(node) && node.properties.some((p) => p.name && nameOf(p.name) === 'en'))
    return [node];
  const found: ts.ObjectLiteralExpression[] = [];
  ts.forEachChild(node, (child) => {
    found.push(...writtenTexts(child));
  });
  return found;
}

/** Names interpolated into a text, without those of globals and methods. */
function parameters(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (child: ts.Node) => {
    if (ts.isIdentifier(child)) names.add(child.text);
    else if (ts.isPropertyAccessExpression(child)) visit(child.expression);
    else ts.forEachChild(child, visit);
  };
  visit(node);
  return names;
}

function checkLanguages(key: string, text: ts.ObjectLiteralExpression, say: Say) {
  const language = (wished: string) =>
    text.properties.filter(ts.isPropertyAssignment).find((property) => nameOf(property.name) === wished)
      ?.initializer;
  const english = language('en');
  const chinese = language('zh-CN');
  if (!english || !chinese) return say(text, `${key} lacks ${english ? 'zh-CN' : 'en'}`);
  const [en, zh] = [pieces(english).join(''), pieces(chinese).join('')];
  const isEmpty = (value: ts.Expression, words: string) =>
    ts.isStringLiteralLike(value) && words.trim() === '';
  if (isEmpty(english, en)) say(english, `${key}: en is empty`);
  if (isEmpty(chinese, zh)) return say(chinese, `${key}: zh-CN is empty`);
  if (!han.test(zh) && hasWords(zh)) say(chinese, `${key}: zh-CN is not Chinese: ${shorten(zh)}`);
  if (han.test(en) && en !== zh) say(english, `${key}: en has Chinese in it: ${shorten(en)}`);
  const unsaid = [...parameters(english)].filter(
    (name) => !parameters(chinese).has(name) && isTold(english, name),
  );
  if (unsaid.length > 0) say(chinese, `${key}: zh-CN leaves out ${unsaid.join(', ')}`);
}

/** Whether a name is itself shown, not only asked for a plural. */
function isTold(node: ts.Node, name: string): boolean {
  if (ts.isTemplateSpan(node)) {
    return (
      (ts.isIdentifier(node.expression) && node.expression.text === name) || isTold(node.expression, name)
    );
  }
  return ts.forEachChild(node, (child) => isTold(child, name) || undefined) ?? false;
}

/** Keys that no code asks for. A dictionary that is passed on whole, or read by a computed key, counts as used. */
function unusedTexts(dictionaries: Dictionary[], files: SourceFile[]): Finding[] {
  const uses = new Set<string>();
  const whole = new Set<string>();
  const names = new Set(dictionaries.map(({ name }) => name));
  for (const { text } of files) {
    const aliases = new Map(
      [...text.matchAll(/\b(\w+Text) as (\w+)\b/g)].map(([, name, alias]) => [alias, name]),
    );
    const code = text.replace(/^\s*(?:import|export) [^;]*? from [^;]*;/gm, '');
    for (const match of code.matchAll(/(?<![.\w$])([a-zA-Z]\w*)\b(?!\s*:)(?:\??\.(\w+))?(\s*=[^=>])?/g)) {
      const [, local = '', key, assigned] = match;
      const name = aliases.get(local) ?? local;
      if (!names.has(name) || assigned) continue;
      if (key) uses.add(`${name}.${key}`);
      else whole.add(name);
    }
  }
  return dictionaries.flatMap(({ file, name, keys }) =>
    whole.has(name)
      ? []
      : keys
          .filter((key) => !uses.has(`${name}.${key.name}`))
          .map((key) => ({ file, line: key.line, message: `${name}.${key.name} is used nowhere` })),
  );
}

if (import.meta.main) process.exitCode = report(checkText(join(import.meta.dirname, '..')));
