import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { homeFiles } from '#src/platform/contract/home.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { setupText } from '#src/platform/contract/setup.text.ts';

/** An agent enrols and shows itself within some seconds; without an organisation it waits for somebody to sign in. */
const waitSeconds = 15;

/** Waits a moment for this machine to be a host of ours, so that the next command finds one; says so, or how to see it later. */
export async function findOwnHost(home: string, url: string, isStopped: () => boolean): Promise<Text> {
  const until = Date.now() + waitSeconds * 1000;
  while (!isStopped() && Date.now() < until) {
    try {
      const token = (await readFile(join(home, homeFiles.adminToken), 'utf8')).trim();
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${url}/api/fleet/hosts`, { headers });
      const { items } = (await answer.json()) as { items?: { name: string; online: boolean }[] };
      const host = items?.find((one) => one.online);
      if (host !== undefined) return setupText.hostHere(host.name);
    } catch {
      // The server was ready a moment ago; whoever comes next is told what is wrong with it.
    }
    await sleep(250);
  }
  return setupText.hostLater;
}
