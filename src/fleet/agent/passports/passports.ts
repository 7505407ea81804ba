import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import { Passport, Scope, type passportTasks } from '#src/fleet/contract/passports.ts';
import { findJson, findText, writeJson } from '../files.ts';
import type { AgentHome } from '../home.ts';
import type { TaskContext, TaskHandler } from '../tasks/task-context.ts';

const Kept = z.object({ scope: Scope, member: z.string(), passport: Passport });

const folderOf = (home: AgentHome) => home.path('passports');
const fileOf = (home: AgentHome, scope: string) => home.path('passports', `${scope}.json`);
const runsHere = ({ services }: Pick<TaskContext, 'services'>, scope: string) =>
  services.list().some(({ name }) => name === `patroni-${scope}`);

const keepPassport: TaskHandler<'keep-passport'> = async ({ scope, member, passport }, context) => {
  const { home } = context;
  await mkdir(folderOf(home), { recursive: true, mode: 0o700 });
  for (const name of await readdir(folderOf(home))) {
    const known = name.replace(/\.json$/, '');
    if (known !== scope && !runsHere(context, known)) await rm(home.path('passports', name), { force: true });
  }
  const kept = { scope, member, passport: Passport.parse(JSON.parse(passport)) };
  const before = await findText(fileOf(home, scope));
  if (before === `${JSON.stringify(kept)}\n`) return { changed: false };
  await writeJson(fileOf(home, scope), kept);
  return { changed: true };
};

const readPassports: TaskHandler<'read-passports'> = async ({ secret }, context) => {
  const { home } = context;
  const passports = [];
  for (const name of await readdir(folderOf(home)).catch(() => [])) {
    const kept = await findJson(home.path('passports', name), Kept);
    // A cluster that was taken away is not brought back by what was known of it.
    if (!kept || !runsHere(context, kept.scope)) continue;
    const keptAt = (await stat(home.path('passports', name))).mtime.toISOString();
    const { scope, member } = kept;
    passports.push({ scope, member, keptAt, sealed: sealWith(secret, JSON.stringify(kept.passport)) });
  }
  return { passports };
};

/** Seals a text with a key in base64: nonce, text, tag. */
export function sealWith(secret: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(secret, 'base64'), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64');
}

/** The tasks about passports, for the agent's table of tasks. */
export const passportHandlers: { [K in keyof typeof passportTasks]: TaskHandler<K> } = {
  'keep-passport': keepPassport,
  'read-passports': readPassports,
};
