// Over 300 lines: the table of planted violations is one list, a row a rule.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkRooms } from './check-rooms.ts';

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

/** The messages about a tree of these files, as `file:line message`. */
function messages(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'check-rooms-'));
  trees.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkRooms(root).map(({ file, line, message }) => `${file}:${line} ${message}`);
}

const command = `
import { inTransaction } from '#src/platform/server/context.ts';
export async function createCluster(ctx, input) {
  requirePermission(ctx, 'fleet.cluster.create');
  return inTransaction(ctx, async (tx) => record(tx, input));
}
async function record(tx, input) {
  await audit(tx, 'fleet.cluster.create', input.id);
}
`;

const clean = {
  'src/main/server.ts': `import { fleet } from '#src/fleet/server/room.ts';\nconst port = process.env.PORT;`,
  'src/main/agent.ts': `import { tasks } from '../fleet/agent/tasks/install-postgres.ts';`,
  'src/main/cli.ts': `import { clusters } from '#src/fleet/cli/clusters.ts';`,
  'src/main/web.ts': `import { api } from '#src/platform/web/api.ts';`,
  'src/platform/server/setup/terminal.ts': `const lang = process.env.LANG;`,
  'src/platform/web/shell.tsx': `import type { loader } from '#src/root.tsx';`,
  'src/root.tsx': `import { Shell } from '#src/platform/web/shell.tsx';`,
  'src/platform/server/config.ts': `export const env = process.env;`,
  'src/platform/server/anything.ts': `import pg from 'pg';\nimport './operations/start-operation.ts';`,
  'src/identity/server/room.ts': `import { betterAuth } from 'better-auth';`,
  'src/identity/server/public.ts': `export { findUser } from './accounts/queries.ts';`,
  'src/fleet/README.md': '# Fleet',
  'src/fleet/contract/clusters.ts': `import { z } from 'zod';\nimport { slug } from '../../platform/contract/text.ts';`,
  'src/fleet/server/room.ts': `import { clusterRoutes } from './clusters/routes.ts';\nexport const permissions = ['fleet.cluster.create'];`,
  'src/fleet/server/clusters/create-cluster.ts': command,
  'src/fleet/server/clusters/create-cluster.test.ts': `import { expect } from 'vitest';\nimport { db } from '#tests/support/database.ts';`,
  'src/fleet/server/clusters/queries.ts': `import { sql } from 'kysely';\nexport const x = (db) => db.selectFrom('fleet.cluster');`,
  'src/fleet/server/clusters/routes.ts': `import { createCluster } from './create-cluster.ts';`,
  'src/fleet/server/clusters/rules.ts': `import { AppError } from '#src/platform/server/errors.ts';\nimport type { DB } from '#src/platform/server/db.ts';`,
  'src/fleet/server/clusters/connection.rules.ts':
    'export const code = `password: process.env.PGPASSWORD`; // process.env',
  'src/fleet/server/clusters/settings.rules.ts': `import { place } from './rules.ts';`,
  'src/fleet/server/clusters/build-cluster.operation.ts': `import { findUser } from '#src/identity/server/public.ts';\nexport const buildCluster = 1;`,
  'src/fleet/server/clusters/expire-clusters.job.ts': `export const expireClusters = 1;`,
  'src/fleet/server/clusters/when-licence-ends.ts': `export const whenLicenceEnds = 1;`,
  'src/fleet/agent/tasks/install-postgres.ts': `import { z } from 'zod';\nimport { readFile } from 'node:fs/promises';\nimport { run } from '#src/platform/agent/run.ts';`,
  'src/fleet/cli/clusters.ts': `import { Cluster } from '#src/fleet/contract/clusters.ts';`,
  'src/fleet/web/clusters/clusters.page.tsx': `import type { Route } from './+types/clusters.page.tsx';\nimport './clusters.css';\nimport { Button } from '@mantine/core';\nimport { useText } from '#src/platform/web/text.ts';`,
  'src/events/server/public.ts': `import { x } from '#src/fleet/server/public.ts';\nimport { y } from '#src/community/contract/posts.ts';`,
  'migrations/20261122-0900-fleet-cluster.sql': `-- references market.listing\ncreate table fleet.cluster (id uuid primary key, org_id uuid references identity.organisation, parent uuid references fleet.cluster);\ncomment on table fleet.cluster is 'x references insight.y';\ncreate table fleet.sample (at date) partition by range (at);\ncomment on table fleet.sample is 's';\ncreate table fleet.sample_1 partition of fleet.sample for values from (1) to (2);`,
};

test('finds nothing in a tree that follows every rule', () => {
  expect(messages(clean)).toEqual([]);
});

const planted: [rule: string, file: string, text: string, message: RegExp][] = [
  // Names and places
  ['unknown room', 'src/sales/server/room.ts', '', /"sales" is not a room/],
  ['unknown face', 'src/fleet/jobs/a.ts', '', /"jobs" is not a face/],
  ['file directly in a room', 'src/fleet/clusters.ts', '', /a room has only faces/],
  ['file directly in src', 'src/config.ts', '', /only root\.tsx, /],
  ['index', 'src/fleet/web/index.ts', '', /"index\.ts" says nothing/],
  ['utils', 'src/platform/server/utils.ts', '', /"utils\.ts" says nothing/],
  ['helpers folder', 'src/fleet/web/helpers/a.ts', '', /"helpers" says nothing/],
  ['types', 'src/fleet/contract/types.ts', '', /"types\.ts" says nothing/],
  ['types with a prefix', 'src/fleet/contract/cluster.types.ts', '', /says nothing/],
  ['common', 'tests/support/common/a.ts', '', /"common" says nothing/],
  ['…-utils', 'scripts/date-utils.ts', '', /says nothing/],
  ['version number', 'src/fleet/contract/clusters-v2.ts', '', /no version numbers/],
  ['version folder', 'bench/v1/a.ts', '', /no version numbers/],
  ['camelCase', 'src/fleet/web/clusterList.tsx', '', /not in kebab-case/],
  ['too long', 'src/platform/server/long.ts', '\n'.repeat(301), /301 lines/],
  [
    'too long with some comment',
    'src/platform/server/long.ts',
    '/** Does things. */' + '\n'.repeat(301),
    /301 lines/,
  ],
  ['too long test', 'tests/journeys/a.test.ts', '\n'.repeat(301), /301 lines/],
  // Vocabulary
  ['file directly in server', 'src/fleet/server/clusters.ts', '', /room\.ts, work\.ts and public\.ts/],
  ['word outside the vocabulary', 'src/fleet/server/clusters/service.ts', '', /not in the vocabulary/],
  ['unknown suffix', 'src/fleet/server/clusters/build-cluster.workflow.ts', '', /not in the vocabulary/],
  ['folder in a topic', 'src/fleet/server/clusters/deep/queries.ts', '', /a topic folder has no folders/],
  ['tsx on the server', 'src/fleet/server/clusters/create-cluster.tsx', '', /not in the vocabulary/],
  [
    'other export',
    'src/fleet/server/clusters/create-cluster.ts',
    'export function makeCluster() {}',
    /must export "createCluster"/,
  ],
  [
    'other export of a job',
    'src/fleet/server/clusters/expire-clusters.job.ts',
    'export const job = 1;',
    /must export "expireClusters"/,
  ],
  // Rule 1: faces
  [
    'contract → server',
    'src/fleet/contract/a.ts',
    `import '../server/room.ts';`,
    /contract must not use server/,
  ],
  ['contract → node', 'src/fleet/contract/a.ts', `import 'node:fs';`, /contract uses only zod/],
  [
    'web → server',
    'src/fleet/web/a.tsx',
    `import { x } from '#src/fleet/server/room.ts';`,
    /web must not use server/,
  ],
  [
    'web → type of server',
    'src/fleet/web/a.tsx',
    `import type { X } from '../server/room.ts';`,
    /not even its types/,
  ],
  [
    'web → import() type',
    'src/fleet/web/a.tsx',
    `type X = import('../server/room.ts').X;`,
    /not even its types/,
  ],
  [
    'web → dynamic import',
    'src/fleet/web/a.tsx',
    `await import('../server/room.ts');`,
    /web must not use server/,
  ],
  ['web → re-export', 'src/fleet/web/a.tsx', `export * from '../server/room.ts';`, /web must not use server/],
  [
    'web → platform server',
    'src/fleet/web/a.tsx',
    `import '#src/platform/server/db.ts';`,
    /web must not use server/,
  ],
  ['web → pg', 'src/fleet/web/a.tsx', `import pg from 'pg';`, /browser must not load pg/],
  ['web → node', 'src/fleet/web/a.tsx', `import fs from 'node:fs';`, /browser must not load node:fs/],
  ['server → web', 'src/fleet/server/public.ts', `import '../web/a.tsx';`, /server must not use web/],
  ['server → agent', 'src/fleet/server/public.ts', `import '../agent/a.ts';`, /server must not use agent/],
  ['agent → server', 'src/fleet/agent/a.ts', `import '../server/room.ts';`, /agent must not use server/],
  ['agent → package', 'src/fleet/agent/a.ts', `import 'pg';`, /agent uses only node/],
  ['agent → bare builtin', 'src/fleet/agent/a.ts', `import 'fs';`, /agent uses only node/],
  ['cli → package', 'src/fleet/cli/a.ts', `import 'pino';`, /cli uses only node/],
  ['cli → agent', 'src/fleet/cli/a.ts', `import '../agent/a.ts';`, /cli must not use agent/],
  // Rules 2 and 3: rooms
  [
    'past the door',
    'src/fleet/server/public.ts',
    `import '#src/identity/server/accounts/queries.ts';`,
    /entered only through/,
  ],
  ['web of another room', 'src/fleet/web/a.tsx', `import '#src/identity/web/a.tsx';`, /entered only through/],
  [
    'agent of another room',
    'src/events/agent/a.ts',
    `import '#src/fleet/agent/a.ts';`,
    /entered only through/,
  ],
  [
    'platform → room',
    'src/platform/server/a.ts',
    `import '#src/identity/contract/a.ts';`,
    /platform uses no room/,
  ],
  [
    'against the arrow',
    'src/identity/server/room.ts',
    `import '#src/fleet/server/public.ts';`,
    /must not know fleet/,
  ],
  [
    'contract against the arrow',
    'src/billing/contract/a.ts',
    `import '#src/market/contract/a.ts';`,
    /must not know market/,
  ],
  [
    'fleet → community',
    'src/fleet/server/public.ts',
    `import '#src/community/server/public.ts';`,
    /must not know community/,
  ],
  [
    'community → fleet',
    'src/community/server/room.ts',
    `import '#src/fleet/contract/a.ts';`,
    /must not know fleet/,
  ],
  [
    'test against the arrow',
    'src/identity/server/accounts/a.test.ts',
    `import '#src/fleet/server/public.ts';`,
    /must not know fleet/,
  ],
  [
    'room → program',
    'src/fleet/server/public.ts',
    `import '#src/main/rooms.ts';`,
    /does not know the programs/,
  ],
  [
    'page → program',
    'src/platform/web/a.tsx',
    `import { loader } from '#src/root.tsx';`,
    /does not know the programs/,
  ],
  ['product → tests', 'src/fleet/server/public.ts', `import '#tests/support/a.ts';`, /does not use tests/],
  ['product → scripts', 'src/main/server.ts', `import '../../scripts/a.ts';`, /does not use scripts/],
  ['better-auth outside identity', 'src/platform/server/a.ts', `import 'better-auth';`, /better-auth stays/],
  // Programs
  [
    'agent program → server',
    'src/main/agent.ts',
    `import '#src/fleet/server/room.ts';`,
    /agent program uses only/,
  ],
  ['agent program → other program', 'src/main/agent.ts', `import './rooms.ts';`, /does not use rooms\.ts/],
  ['cli program → agent', 'src/main/cli.ts', `import '#src/fleet/agent/a.ts';`, /cli program uses only/],
  ['server program → web', 'src/main/server.ts', `import '#src/fleet/web/a.tsx';`, /not web/],
  ['root → server', 'src/root.tsx', `import '#src/platform/server/db.ts';`, /only the web and contract/],
  // Words
  [
    'environment',
    'src/fleet/server/clusters/queries.ts',
    'const a = process.env.A;',
    /reads the environment/,
  ],
  ['environment in the agent', 'src/fleet/agent/a.ts', '\nconst a = { ...process.env };', /a\.ts:2 only/],
  [
    'queries write',
    'src/fleet/server/clusters/queries.ts',
    `db.insertInto('fleet.cluster')`,
    /queries only read/,
  ],
  [
    'queries call rooms',
    'src/fleet/server/clusters/queries.ts',
    `import '#src/identity/server/public.ts';`,
    /do not call other rooms/,
  ],
  ['routes with SQL', 'src/fleet/server/clusters/routes.ts', `db.selectFrom('fleet.cluster')`, /no SQL here/],
  ['rules with I/O', 'src/fleet/server/clusters/rules.ts', `import 'node:fs';`, /pure decisions/],
  [
    'rules with a query',
    'src/fleet/server/clusters/disk.rules.ts',
    `import './queries.ts';`,
    /pure decisions/,
  ],
  [
    'command on the network',
    'src/fleet/server/clusters/create-cluster.ts',
    `import 'node:http';\nexport const createCluster = 1;`,
    /does not talk to hosts/,
  ],
  [
    'command that fetches',
    'src/fleet/server/clusters/create-cluster.ts',
    `export const createCluster = () => fetch('x');`,
    /\(fetch\)/,
  ],
  [
    'no permission',
    'src/fleet/server/clusters/create-cluster.ts',
    command.replace(/requirePermission.*/, ''),
    /without requirePermission/,
  ],
  [
    'no audit',
    'src/fleet/server/clusters/create-cluster.ts',
    command.replace(/await audit.*/, ''),
    /without audit/,
  ],
  [
    'no permission behind a local function',
    'src/fleet/server/clusters/create-cluster.ts',
    `export const createCluster = (ctx) => inner(ctx);\nfunction inner(ctx) { return inTransaction(ctx, (tx) => audit(tx)); }`,
    /createCluster opens a transaction without requirePermission/,
  ],
  // Migrations
  ['migration name', 'migrations/0001-fleet.sql', '', /a migration is named/],
  ['migration of no room', 'migrations/20261122-0900-sales.sql', '', /a migration is named/],
  [
    'table of another room',
    'migrations/20261122-0901-fleet-a.sql',
    `create table billing.a (id int);\ncomment on table billing.a is '';`,
    /changes only schema fleet/,
  ],
  [
    'altered table of another room',
    'migrations/20261122-0901-fleet-a.sql',
    'alter table only billing.a add b int;',
    /changes only schema fleet/,
  ],
  [
    'foreign key against the arrow',
    'migrations/20261122-0901-billing-a.sql',
    `create table billing.a (\nb int references fleet.cluster);\ncomment on table billing.a is '';`,
    /a\.sql:2 a foreign key of billing/,
  ],
  [
    'foreign key between neighbours',
    'migrations/20261122-0901-community-a.sql',
    'alter table community.a add foreign key (x) references fleet.b (id);',
    /must not point to fleet/,
  ],
  [
    'foreign key without schema',
    'migrations/20261122-0901-fleet-a.sql',
    `alter table fleet.a add b int REFERENCES cluster;`,
    /write the schema/,
  ],
  [
    'table without comment',
    'migrations/20261122-0901-fleet-a.sql',
    'create table fleet.a (id int);',
    /has no "comment on table"/,
  ],
];

test.each(planted)('finds: %s', (_rule, file, text, message) => {
  const found = messages({ ...clean, [file]: text });
  expect(found.filter((line) => line.startsWith(file))).toEqual(
    expect.arrayContaining([expect.stringMatching(message)]),
  );
  // Nothing else of the tree is blamed.
  expect(found.filter((line) => !line.startsWith(file))).toEqual([]);
});

test('accepts a documented exception from permission and audit, and a long file that says why', () => {
  const open = command
    .replace(/requirePermission.*/, '// open to: whoever holds the link')
    .replace(/await audit.*/, '// not audited: it changes nothing a person owns');
  const long = '// Over 300 lines: the table of settings is read as one.\n' + '\n'.repeat(301);
  const files = {
    ...clean,
    'src/fleet/server/clusters/create-cluster.ts': open,
    'src/platform/server/long.ts': long,
  };
  expect(messages(files)).toEqual([]);
});
