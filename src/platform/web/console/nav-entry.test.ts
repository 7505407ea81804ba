import { expect, test } from 'vitest';
import { visibleEntries } from './nav-entry.ts';

const title = { en: 'Page', 'zh-CN': '页面' };
const icon = (() => null) as never;
const entries = [
  { path: '/', title, icon },
  { path: '/hosts', title, icon, needs: 'fleet.host' },
  { path: '/clusters', title, icon, needs: 'fleet.cluster' },
];
const shown = (paths: string[], permissions: string[]) =>
  visibleEntries(entries, new Set(paths), permissions).map((entry) => entry.path);

test('shows what exists and what the viewer has any permission on', () => {
  expect(shown(['/', '/hosts', '/clusters'], ['fleet.host.read'])).toEqual(['/', '/hosts']);
});

test('shows nothing whose page is not there yet', () => {
  expect(shown(['/'], ['fleet.host.read', 'fleet.cluster.read'])).toEqual(['/']);
});

test('does not take one noun for the beginning of another', () => {
  expect(shown(['/hosts'], ['fleet.hosting.read'])).toEqual([]);
});
