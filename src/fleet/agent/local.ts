import { existsSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalEnrolment } from '#src/fleet/contract/local-enrolment.ts';
import { Connection } from './connection.ts';
import { findJson } from './files.ts';
import type { AgentHome } from './home.ts';
import { enrol, isHeard } from './install.ts';
import { placeLauncher } from './launcher.ts';
import { fetchUpdate, updatePaths } from './self-update.ts';

/** Makes this machine a host of the Elepherd that runs on it, unless it is one; waits as long as that takes. A host that was removed stays removed. */
export async function enrolLocally(
  home: AgentHome,
  file: string,
  log: (message: string) => void,
): Promise<void> {
  for (let said = ''; ; await sleep(1000)) {
    const offer = await findJson(file, LocalEnrolment);
    const membership = await home.findMembership();
    const isSame = membership && (offer === undefined || membership.keyPin === offer.keyPin);
    if (isSame && existsSync(home.path('left'))) {
      if (said === '')
        log((said = 'this machine was removed from the fleet; enrol it again from the page of hosts'));
      continue;
    }
    if (isSame && (await home.findIdentity())) {
      // The port may have moved since the last start.
      if (offer && offer.url !== membership.url) await home.keepMembership({ ...membership, url: offer.url });
      if (await isHeard(home)) return;
    }
    if (!offer) continue;
    try {
      log(`this machine is host ${await enrol(home, offer)}`);
      return;
    } catch (error) {
      if ((error as Error).message !== said) log((said = (error as Error).message));
    }
  }
}

/** Puts the bundled agent and its launcher in place; the server beside it hands it out. */
export async function prepareLocal(home: AgentHome, node: string): Promise<void> {
  await mkdir(home.path('bin'), { recursive: true });
  await mkdir(home.path('versions'), { recursive: true });
  await rm(home.path('bin', 'node'), { force: true });
  await symlink(node, home.path('bin', 'node'));
  await placeLauncher(home);
  if (existsSync(home.path('current'))) return;
  const membership = await home.findMembership();
  const identity = await home.findIdentity();
  if (!membership || !identity) throw new Error(`${home.folder} holds no enrolled host`);
  const { url, authority, releaseKey } = membership;
  const connection = new Connection({ url, identity: { ...identity, authority } });
  try {
    await fetchUpdate(home, connection, releaseKey);
    await rm(updatePaths(home).trial, { force: true });
  } finally {
    connection.close();
  }
}
