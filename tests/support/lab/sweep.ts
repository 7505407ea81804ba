import { readdir, rm } from 'node:fs/promises';
import { command } from './command.ts';
import { groupOf, killGroup, removeGroup } from './control-group.ts';
import { unmountAll } from './host-disk.ts';
import { namespaceOf } from './network.ts';
import { findLab, isOwned, labFolder, listLabs } from './state.ts';

/**
 * Removes all that is left of a lab, running or dead: its processes (found by its control group and its namespaces, never by name),
 * namespaces, mounts and folder. A lab that does not exist is removed already.
 */
export async function sweepLab(name: string): Promise<void> {
  const folder = labFolder(name);
  const state = await findLab(name);
  await killGroup(await groupOf(name));
  const namespaces = await namespacesOf(name);
  for (const namespace of namespaces) await killInside(namespace);
  await unmountAll(folder, name, state?.hosts ?? []);
  for (const namespace of namespaces) await command(['ip', 'netns', 'delete', namespace]);
  await removeGroup(name);
  await rm(folder, { recursive: true, force: true });
}

/** Removes every lab whose owner has died. */
export async function sweepDeadLabs(log: (line: string) => void): Promise<void> {
  for (const state of await listLabs()) {
    if (isOwned(state)) continue;
    log(`cleaning up the lab ${state.network.name}, whose owner is gone`);
    await sweepLab(state.network.name);
  }
}

async function namespacesOf(name: string): Promise<string[]> {
  const all = await readdir('/run/netns').catch(() => []);
  const state = await findLab(name);
  // A lab named `a` must not take the namespaces of a lab named `a-b`: with its state we know each by its whole name.
  if (state !== undefined) {
    const ours = new Set([
      namespaceOf(state.network),
      ...Object.keys(state.network.addresses).map((machine) => namespaceOf(state.network, machine)),
    ]);
    return all.filter((namespace) => ours.has(namespace));
  }
  return [];
}

/** Ends what still runs in a namespace of ours: programs started there by nsenter that are in no control group of ours. */
async function killInside(namespace: string): Promise<void> {
  const { stdout } = await command(['ip', 'netns', 'pids', namespace], { mayFail: true });
  for (const pid of stdout.split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}
