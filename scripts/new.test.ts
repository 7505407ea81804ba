import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkRooms } from './check-rooms.ts';
import { checkText } from './check-text.ts';
import { scaffold, write } from './new.ts';

const now = new Date('2026-11-22T09:05:00Z');
const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

function emptyTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'new-'));
  trees.push(root);
  return root;
}

/** A tree after these wishes, one after another. */
function treeOf(...wishes: string[]): string {
  const root = emptyTree();
  for (const wish of wishes) write(root, scaffold(root, wish.split(' '), now));
  return root;
}

const filesOf = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');

test('everything it writes is in order, and each command and operation has its test', () => {
  const root = treeOf(
    'room fleet',
    'command fleet clusters create-cluster',
    'operation fleet clusters build-cluster',
    'page fleet clusters clusters',
    'page fleet clusters cluster-settings',
    'migration fleet backup-policy',
  );
  expect(filesOf(root)).toEqual([
    'migrations/20261122-0905-fleet-backup-policy.sql',
    'migrations/20261122-0905-fleet.sql',
    'src/fleet/README.md',
    'src/fleet/contract/clusters.text.ts',
    'src/fleet/server/clusters/build-cluster.operation.test.ts',
    'src/fleet/server/clusters/build-cluster.operation.ts',
    'src/fleet/server/clusters/create-cluster.test.ts',
    'src/fleet/server/clusters/create-cluster.ts',
    'src/fleet/server/room.ts',
    'src/fleet/server/work.ts',
    'src/fleet/web/clusters/cluster-settings.page.tsx',
    'src/fleet/web/clusters/clusters.page.tsx',
    'src/fleet/web/routes.ts',
  ]);
  expect(checkRooms(root)).toEqual([]);
});

test('leaves the Chinese to a person, and the check insists on it', () => {
  const root = treeOf('operation fleet clusters build-cluster');
  expect(checkText(root).map(({ message }) => message)).toEqual([
    'buildCluster: zh-CN is empty',
    'buildClusterLook: zh-CN is empty',
  ]);
});

test('adds to a dictionary and to the map of pages without touching what is there', () => {
  const root = treeOf(
    'operation fleet clusters build-cluster',
    'page fleet clusters clusters',
    'page fleet clusters cluster-settings',
  );
  expect(read(root, 'src/fleet/contract/clusters.text.ts').match(/^  \w+:/gm)).toEqual([
    '  buildCluster:',
    '  buildClusterLook:',
    '  clustersTitle:',
    '  clusterSettingsTitle:',
  ]);
  expect(read(root, 'src/fleet/web/routes.ts')).toContain(`export const consoleRoutes: RouteConfigEntry[] = [
  route('clusters', 'fleet/web/clusters/clusters.page.tsx'),
  route('clusters/cluster-settings', 'fleet/web/clusters/cluster-settings.page.tsx'),
];

/** Pages for everybody`);
});

test.each([
  ['command fleet clusters cluster', /a verb and a noun/],
  ['command fleet clusters CreateCluster', /lower case/],
  ['command fleet clusters create-utils', /cannot be a command/],
  ['command fleet clusters create-cluster-v2', /version numbers/],
  ['command fleet ../clusters create-cluster', /cannot be a topic/],
  ['command fleet common create-cluster', /cannot be a topic/],
  ['command sales clusters create-cluster', /"sales" is not a room/],
  ['command platform mail send-mail', /platform has no commands/],
  ['command fleet clusters', /"" cannot be a command/],
  ['page fleet clusters index', /cannot be a page/],
  ['migration fleet a;drop', /cannot be a topic/],
  ['room ', /"" is not a room/],
  ['service fleet clusters x', /is nothing that can be made/],
  [`command fleet clusters create-${'x'.repeat(10_000)}`, /cannot be a command/],
])('refuses "%s"', (wish, message) => {
  expect(() => treeOf(wish)).toThrow(message);
  expect(filesOf(trees.at(-1) ?? '')).toEqual([]);
});

test('never writes over a file', () => {
  const root = emptyTree();
  const path = 'src/fleet/server/clusters/create-cluster.ts';
  mkdirSync(join(root, 'src/fleet/server/clusters'), { recursive: true });
  writeFileSync(join(root, path), 'mine');
  expect(() => scaffold(root, 'command fleet clusters create-cluster'.split(' '), now)).toThrow(
    /is there already/,
  );
  expect(read(root, path)).toBe('mine');
});

test('what it writes fits the code it calls', { timeout: 60_000 }, () => {
  const root = treeOf(
    'command fleet clusters create-cluster',
    'operation fleet clusters build-cluster',
    'page fleet clusters clusters',
    'room market',
  );
  const repository = join(import.meta.dirname, '..');
  for (const name of ['node_modules', 'src/platform', 'src/identity', 'tests', 'package.json']) {
    symlinkSync(join(repository, name), join(root, name));
  }
  const settings = {
    extends: join(repository, 'tsconfig.json'),
    include: [join(root, 'src/fleet'), join(root, 'src/market')],
  };
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(settings));
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', root, '--noEmit'], { encoding: 'utf8' });
  expect(stdout.split('\n').filter((line) => /src\/(?:fleet|market)\//.test(line))).toEqual([]);
});
