import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { DB } from '#src/platform/server/db.ts';
import { listen } from '#src/platform/server/listen.ts';
import type { Log } from '#src/platform/server/log.ts';
import { engineFile, ruleFile } from './files.rules.ts';
import { listAllRules } from './queries.ts';
import { rulesChannel } from './rules.ts';

const lookAgainSeconds = 60;
const engineName = 'engine.yml';

/** Makes the folder, with the one rule in it by which the judge says that it lives; the rest follows from `keepRules`. */
export async function prepareRules(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Read by a user of its own.
  await chmod(folder, 0o755);
  await place(join(folder, engineName), engineFile());
}

/** Writes the rules of every organisation into the folder, each in a file of its own, and removes what is no more. Returns whether anything changed. */
export async function writeRules(db: Kysely<DB>, folder: string): Promise<boolean> {
  await prepareRules(folder);
  const wished = new Map([[engineName, engineFile()]]);
  for (const { orgId, choices, own } of await listAllRules(db)) {
    wished.set(`${orgId}.yml`, ruleFile(orgId, choices, own));
  }
  let changed = false;
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.yml') || wished.has(name)) continue;
    await rm(join(folder, name));
    changed = true;
  }
  for (const [name, text] of wished) changed = (await place(join(folder, name), text)) || changed;
  return changed;
}

/** Writes a file whole or not at all, and only when it differs. */
async function place(path: string, text: string): Promise<boolean> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return false;
  const making = `${path}.${process.pid}.new`;
  await writeFile(making, text, { mode: 0o644 });
  await rename(making, path);
  return true;
}

/** Keeps the folder as the rows say until `stop`. */
export function keepRules(db: Kysely<DB>, folder: string, log: Log): { stop(): void } {
  let busy = Promise.resolve();
  const look = () => {
    busy = busy
      .then(() => writeRules(db, folder))
      .then(() => undefined)
      .catch((err: unknown) => log.error({ err }, 'the rules of alerts were not written'));
  };
  const silent = listen(rulesChannel, look);
  const timer = setInterval(look, lookAgainSeconds * 1000);
  look();
  return {
    stop() {
      silent();
      clearInterval(timer);
    },
  };
}
