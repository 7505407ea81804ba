import { createHash, verify } from 'node:crypto';
import { readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { AgentRelease, releaseMessage } from '#src/fleet/contract/agents.ts';
import type { Connection } from './connection.ts';
import { findJson, findText, writeJson, writeWhole } from './files.ts';
import type { AgentHome } from './home.ts';

/** Milliseconds for which a version that failed is not tried again. */
const rejectedMs = 3600_000;
const versionsKept = 3;

const Rejected = z.object({ version: z.string(), atMs: z.number() });

/** The version of the running program: the hash in the name of its file; `source` when it runs from the sources. */
export function ownVersion(program: string): string {
  return /^([0-9a-f]{64})\.mjs$/.exec(basename(program))?.[1] ?? 'source';
}

/** Where the launcher looks: `current` is the program to run, `previous` the one before, `trial` counts starts of one that has not proven itself. */
export const updatePaths = (home: AgentHome) => ({
  current: home.path('current'),
  previous: home.path('previous'),
  trial: home.path('trial'),
  rejected: home.path('rejected.json'),
});

/** Whether a wished version should be fetched: it is another one, and it did not just fail here. */
export async function shouldUpdate(home: AgentHome, own: string, wished: string): Promise<boolean> {
  if (own === 'source' || own === wished || !/^[0-9a-f]{64}$/.test(wished)) return false;
  // One trial at a time.
  if (await stat(updatePaths(home).trial).catch(() => undefined)) return false;
  const rejected = await findJson(updatePaths(home).rejected, Rejected);
  return rejected?.version !== wished || Date.now() - rejected.atMs > rejectedMs;
}

/** Fetches a version, checks that the release key signed it, and makes it the one to start next. Refuses anything else than what was signed. */
export async function fetchUpdate(
  home: AgentHome,
  connection: Connection,
  releaseKey: string,
): Promise<string> {
  const release = await connection.ask(
    { method: 'GET', path: '/agent/release', timeoutSeconds: 30 },
    AgentRelease,
  );
  const isSigned = verify(
    null,
    Buffer.from(releaseMessage(release.version)),
    releaseKey,
    Buffer.from(release.signature, 'base64'),
  );
  if (!isSigned) throw new Error(`the agent ${release.version} is not signed by the release key`);
  const { status, body } = await connection.fetch({
    method: 'GET',
    path: `/agent/bundle/${release.version}`,
    timeoutSeconds: 120,
  });
  if (status !== 200)
    throw new Error(`the server did not hand out the agent ${release.version}: HTTP ${status}`);
  const found = createHash('sha256').update(body).digest('hex');
  if (found !== release.version)
    throw new Error(`what arrived as agent ${release.version} has the hash ${found}`);
  await writeWhole(home.path('versions', `${release.version}.mjs`), body, { mode: 0o644 });
  const before = await readlink(updatePaths(home).current).catch(() => undefined);
  if (before !== undefined) await pointTo(home, 'previous', before);
  await writeWhole(updatePaths(home).trial, '0\n', { mode: 0o600 });
  await pointTo(home, 'current', `versions/${release.version}.mjs`);
  return release.version;
}

/** Makes `current` or `previous` lead to a program, in one instant. */
export async function pointTo(home: AgentHome, name: 'current' | 'previous', target: string): Promise<void> {
  const making = home.path(`${name}.next`);
  await rm(making, { force: true });
  await symlink(target, making);
  await rename(making, home.path(name));
}

/** The running version was heard by the server: it stays. Older programs are removed. */
export async function confirmVersion(home: AgentHome): Promise<void> {
  await rm(updatePaths(home).trial, { force: true });
  const kept = new Set<string>();
  for (const name of ['current', 'previous'] as const) {
    const target = await readlink(home.path(name)).catch(() => undefined);
    if (target) kept.add(basename(target));
  }
  const all = await readdir(home.path('versions')).catch(() => []);
  for (const name of all.filter((one) => !kept.has(one)).slice(0, -versionsKept || undefined)) {
    await rm(home.path('versions', name), { force: true });
  }
}

/** Notes what the launcher rolled back, so that it is not fetched again at once. */
export async function noteRollback(home: AgentHome): Promise<string | undefined> {
  const text = await findText(home.path('rolled-back'));
  if (text === undefined) return undefined;
  const version = ownVersion(text.trim());
  await writeJson(updatePaths(home).rejected, { version, atMs: Date.now() });
  await rm(home.path('rolled-back'), { force: true });
  return version;
}
