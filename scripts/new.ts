// Over 300 lines: most of them are the files it writes, kept whole so that they can be read as files.
/**
 * Writes new files in the form the house has, each with its test, so that nobody starts from an empty page.
 *
 *   npm run new -- command   <room> <topic> <verb-noun>     fleet clusters create-cluster
 *   npm run new -- operation <room> <topic> <verb-noun>     fleet clusters build-cluster
 *   npm run new -- page      <room> <topic> <name>          fleet clusters cluster
 *   npm run new -- migration <room> <topic>                 fleet cluster
 *   npm run new -- room      <room>                         market
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rooms } from './check-rooms.ts';

/** A wish that cannot be met; its message is for the person at the terminal, and nothing was written. */
export class Refusal extends Error {}

export interface Scaffold {
  /** Whole files by path; none of them exists yet. */
  files: Record<string, string>;
  /** Files that exist and get new lines, by path, with their whole new text. */
  changes: Record<string, string>;
  /** What is left for the person to do. */
  next: string[];
}

const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const verbNoun = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
const empty = /^(?:index|utils?|helpers?|types|common|misc|shared)$/;

const camel = (name: string) => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string) => camel(`-${name}`);
const sentence = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');

function roomName(name: string | undefined): string {
  if (name && rooms.includes(name)) return name;
  throw new Refusal(`"${name ?? ''}" is not a room. The rooms are ${rooms.join(', ')}.`);
}

function plainName(what: string, name: string | undefined, form: RegExp = kebab): string {
  if (
    name &&
    form.test(name) &&
    name.length <= 60 &&
    !name.split('-').some((part) => empty.test(part) || /^v\d+$/.test(part))
  ) {
    return name;
  }
  const wish =
    form === verbNoun ? 'a verb and a noun such as create-cluster' : 'words such as backup-policies';
  throw new Refusal(
    `"${name ?? ''}" cannot be a ${what}: write ${wish}, in lower case with dashes, without version numbers.`,
  );
}

/** The files for one wish, as they would be written below `root` at this moment. Refuses names the house does not take. */
export function scaffold(root: string, args: string[], now: Date): Scaffold {
  const [kind, room, topic, name] = args;
  const made = ((): Scaffold => {
    switch (kind) {
      case 'command':
        return command(root, roomName(room), plainName('topic', topic), plainName('command', name, verbNoun));
      case 'operation':
        return operation(
          root,
          roomName(room),
          plainName('topic', topic),
          plainName('operation', name, verbNoun),
        );
      case 'page':
        return page(root, roomName(room), plainName('topic', topic), plainName('page', name));
      case 'migration':
        return migration(roomName(room), plainName('topic', topic), now);
      case 'room':
        return newRoom(roomName(room), now);
      default:
        throw new Refusal(
          `"${kind ?? ''}" is nothing that can be made: command, operation, page, migration or room.`,
        );
    }
  })();
  if (room === 'platform' && (kind === 'command' || kind === 'operation')) {
    throw new Refusal(
      'platform has no commands of its own making: it is the floor, and its files are named by hand.',
    );
  }
  for (const path of Object.keys(made.files)) {
    if (existsSync(join(root, path))) throw new Refusal(`${path} is there already. Nothing was written.`);
  }
  return made;
}

function command(root: string, room: string, topic: string, name: string): Scaffold {
  const [verb = '', ...nouns] = name.split('-');
  const run = camel(name);
  const permission = `${room}.${nouns.join('-')}.${verb}`;
  const folder = `src/${room}/server/${topic}`;
  const declaration = addPermission(root, room, permission);
  return {
    files: {
      [`${folder}/${name}.ts`]: `import { audit } from '#src/platform/server/audit.ts';
import { type Context, inTransaction, requirePermission } from '#src/platform/server/context.ts';

/** ${sentence(name)}: say here what it promises, then what it refuses. */
export async function ${run}(ctx: Context, input: { id: string }): Promise<void> {
  requirePermission(ctx, '${permission}');
  await inTransaction(ctx, async (tx) => {
    await audit(tx, '${permission}', input.id);
  });
}
`,
      [`${folder}/${name}.test.ts`]: `import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { ${run} } from './${name}.ts';

test('leaves an audit row', async () => {
  const ctx = await testContext({ may: ['${permission}'] });
  const id = randomUUID();
  await ${run}(ctx, { id });
  const rows = await ctx.db.selectFrom('platform.audit').select('action').where('subject_id', '=', id).execute();
  expect(rows).toEqual([{ action: '${permission}' }]);
});

test('refuses an actor without the permission', async () => {
  const ctx = await testContext({ may: [] });
  await expect(${run}(ctx, { id: randomUUID() })).rejects.toMatchObject({ code: 'forbidden' });
});
`,
    },
    changes: declaration,
    next: [
      `Put the schema of its input into src/${room}/contract/${topic}.ts.`,
      ...(Object.keys(declaration).length > 0
        ? []
        : [`Declare '${permission}' in src/${room}/server/room.ts.`]),
      `Call it from ${folder}/routes.ts.`,
    ],
  };
}

/** The room's declaration with one more permission; nothing when it has it, or keeps its permissions elsewhere. */
function addPermission(root: string, room: string, permission: string): Record<string, string> {
  const path = `src/${room}/server/room.ts`;
  const before = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
  if (before.includes(`'${permission}'`)) return {};
  const after = before.replace(/permissions: \[([^\]]*?),?\s*\]/, (_, inside: string) => {
    const separator = inside.trim() === '' ? '' : ',';
    return `permissions: [${inside}${separator}\n    '${permission}',\n  ]`;
  });
  return after === before ? {} : { [path]: after };
}

function operation(root: string, room: string, topic: string, name: string): Scaffold {
  const value = camel(name);
  const dictionary = `${camel(topic)}Text`;
  const folder = `src/${room}/server/${topic}`;
  const texts = addTexts(root, room, topic, [
    [value, sentence(name)],
    [`${value}Look`, 'Look at what is there'],
  ]);
  const made: Scaffold = {
    files: {
      [`${folder}/${name}.operation.ts`]: `import { ${dictionary} } from '#src/${room}/contract/${topic}.text.ts';
import { defineOperation, done, step } from '#src/platform/server/operations/define-operation.ts';

/**
 * ${sentence(name)}. Each step looks at the world, does one thing, and may run again at any moment: after a crash, after
 * a deploy, or by hand.
 */
export const ${value} = defineOperation('${room}.${name}', {
  title: ${dictionary}.${value},
  deadlineSeconds: 600,
  steps: {
    look: step(${dictionary}.${value}Look, async () => done),
  },
});
`,
      [`${folder}/${name}.operation.test.ts`]: `import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { runWithCrashes } from '#tests/support/crash-operations.ts';
import { ${value} } from './${name}.operation.ts';

test('ends the same wherever it is cut off', async () => {
  const report = await runWithCrashes(${value}, async () => {
    const ctx = await testContext({ may: ['*'] });
    return { ctx, subjectId: randomUUID(), state: async () => 'what it made of the world' };
  });
  expect(report.plain.end).toEqual({ state: 'succeeded', step: 'look' });
  expect(report.differing).toEqual([]);
});
`,
    },
    changes: {},
    next: [
      `Write the words in src/${room}/contract/${topic}.text.ts, in both languages: npm run check fails until they stand.`,
      `Add ${value} to the operations in src/${room}/server/work.ts, and start it from a command.`,
    ],
  };
  Object.assign(texts.isNew ? made.files : made.changes, { [texts.path]: texts.text });
  return made;
}

function page(root: string, room: string, topic: string, name: string): Scaffold {
  const dictionary = `${camel(topic)}Text`;
  const key = `${camel(name)}Title`;
  const texts = addTexts(root, room, topic, [[key, sentence(name)]]);
  const file = `${room}/web/${topic}/${name}.page.tsx`;
  const made: Scaffold = {
    files: {
      [`src/${file}`]: `import { ${dictionary} } from '#src/${room}/contract/${topic}.text.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';

export const meta = titled(${dictionary}.${key});

export default function ${pascal(name)}Page() {
  const t = useText();
  return <h1>{t(${dictionary}.${key})}</h1>;
}
`,
    },
    changes: {},
    next: [
      `Write the words in src/${room}/contract/${topic}.text.ts, in both languages: npm run check fails until they stand.`,
      `Read with a loader, \`context.get(apiContext).get('/api/${room}/…', Schema)\`; an entry in the menu goes into src/nav.ts.`,
      `Prove it in the browser: tests/journeys/.`,
    ],
  };
  Object.assign(texts.isNew ? made.files : made.changes, { [texts.path]: texts.text });
  const routes = addRoute(root, room, name === topic ? topic : `${topic}/${name}`, file);
  Object.assign(routes.isNew ? made.files : made.changes, { [routes.path]: routes.text });
  return made;
}

function migration(room: string, topic: string, now: Date): Scaffold {
  const table = `${room}.${topic.replaceAll('-', '_')}`;
  return {
    files: {
      [migrationPath(room, topic, now)]: `create table ${table} (
  id          uuid primary key default gen_random_uuid(),
  org_id      uuid not null references identity.organisation,
  created_at  timestamptz not null default now()
);
comment on table ${table} is 'What one row stands for, and what it promises.';
`,
    },
    changes: {},
    next: ['Then bring the types up to date: node scripts/run.mjs scripts/db-types.ts'],
  };
}

function migrationPath(room: string, topic: string, now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 13);
  return `migrations/${stamp}-${room}${topic === '' ? '' : `-${topic}`}.sql`;
}

function newRoom(room: string, now: Date): Scaffold {
  return {
    files: {
      [`src/${room}/web/routes.ts`]: routesFile,
      [`src/${room}/README.md`]: `# ${room}

Purpose: one sentence.
Nouns: the things it owns.
Who may enter: by \`contract/\` and \`server/public.ts\`.
Promises: what others may rely on.
`,
      [`src/${room}/server/room.ts`]: `import { defineRoom } from '#src/platform/server/room.ts';
import { ${room}Work } from './work.ts';

/** Everything the programs need to know about this room. */
export const ${room} = defineRoom({
  ...${room}Work,
  permissions: [],
});
`,
      [`src/${room}/server/work.ts`]: `import { defineWork } from '#src/platform/server/room.ts';

/** What the worker does for this room. */
export const ${room}Work = defineWork({ name: '${room}' });
`,
      [migrationPath(room, '', now)]: `create schema ${room};
comment on schema ${room} is 'What this room keeps.';
`,
    },
    changes: {},
    next: ['Add it to src/main/rooms.ts and src/main/work.ts, and its pages to src/routes.ts.'],
  };
}

const routesFile = `import type { RouteConfigEntry } from '@react-router/dev/routes';

/** Pages inside the console: signed in, interactive. */
export const consoleRoutes: RouteConfigEntry[] = [];

/** Pages for everybody: plain HTML that works without script. */
export const publicRoutes: RouteConfigEntry[] = [];
`;

interface Written {
  path: string;
  text: string;
  isNew: boolean;
}

/** The dictionary of a topic with these keys added; the Chinese is left empty, which `npm run check` does not let pass. */
function addTexts(
  root: string,
  room: string,
  topic: string,
  entries: [key: string, english: string][],
): Written {
  const path = `src/${room}/contract/${topic}.text.ts`;
  const isNew = !existsSync(join(root, path));
  const before = isNew
    ? `import type { Texts } from '#src/platform/contract/i18n.ts';\n\nexport const ${camel(topic)}Text = {\n} satisfies Texts;\n`
    : readFileSync(join(root, path), 'utf8');
  const end = before.lastIndexOf('} satisfies Texts;');
  if (end < 0 || !before.includes(`export const ${camel(topic)}Text`)) {
    throw new Refusal(`${path} has no dictionary ${camel(topic)}Text. Nothing was written.`);
  }
  const lines = entries
    .filter(([key]) => !new RegExp(`^  ${key}:`, 'm').test(before))
    .map(([key, english]) => `  ${key}: { en: '${english}', 'zh-CN': '' },\n`);
  return { path, isNew, text: before.slice(0, end) + lines.join('') + before.slice(end) };
}

/** The map of a room's pages with one more page in the console. */
function addRoute(root: string, room: string, address: string, file: string): Written {
  const path = `src/${room}/web/routes.ts`;
  const isNew = !existsSync(join(root, path));
  const before = isNew ? routesFile : readFileSync(join(root, path), 'utf8');
  const list = /(export const consoleRoutes: RouteConfigEntry\[\] = \[)([\s\S]*?)\s*(\];)/.exec(before);
  if (!list) throw new Refusal(`${path} has no consoleRoutes. Nothing was written.`);
  const [whole, head = '', inside = '', tail = ''] = list;
  const added = `${head}${inside.trimEnd()}\n  route('${address}', '${file}'),\n${tail}`;
  const text = before
    .replace(whole, () => added)
    .replace(
      "import type { RouteConfigEntry } from '@react",
      "import { type RouteConfigEntry, route } from '@react",
    );
  return { path, isNew, text };
}

/** Writes a scaffold below `root`; a file that exists is never written over. */
export function write(root: string, { files, changes }: Scaffold): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: 'wx' });
  }
  for (const [path, text] of Object.entries(changes)) writeFileSync(join(root, path), text);
}

function main(root: string, args: string[]): number {
  try {
    const made = scaffold(root, args, new Date());
    write(root, made);
    const written = [...Object.keys(made.files), ...Object.keys(made.changes)].filter((path) =>
      /\.tsx?$/.test(path),
    );
    if (written.length > 0) {
      const formatter = join(root, 'node_modules/.bin/oxfmt');
      spawnSync(process.execPath, [formatter, ...written], { cwd: root, stdio: 'ignore' });
    }
    for (const path of Object.keys(made.files)) process.stdout.write(`new      ${path}\n`);
    for (const path of Object.keys(made.changes)) process.stdout.write(`changed  ${path}\n`);
    for (const line of made.next) process.stdout.write(`next     ${line}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = main(join(import.meta.dirname, '..'), process.argv.slice(2));
