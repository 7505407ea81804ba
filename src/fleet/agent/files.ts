import { randomBytes } from 'node:crypto';
import { chmod, chown, open, readFile, rename, rm } from 'node:fs/promises';
import type { z } from 'zod';

/** Writes a file whole or not at all, and on the disk before it counts; owner and mode are right before its name exists. */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  options: { mode?: number; uid?: number; gid?: number } = {},
): Promise<void> {
  const making = `${path}.${randomBytes(4).toString('hex')}.next`;
  try {
    const handle = await open(making, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (options.uid !== undefined && options.gid !== undefined) await chown(making, options.uid, options.gid);
    await chmod(making, options.mode ?? 0o600);
    await rename(making, path);
  } catch (error) {
    await rm(making, { force: true });
    throw error;
  }
}

/** The text of a file; undefined when there is none. */
export async function findText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** What a JSON file of ours holds; undefined when it is missing or not what the schema says (cut short by a power loss, say). */
export async function findJson<T extends z.ZodType>(
  path: string,
  schema: T,
): Promise<z.infer<T> | undefined> {
  const text = await findText(path);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeWhole(path, `${JSON.stringify(value)}\n`);

/** What changes with every start of this machine. */
export async function readBootId(): Promise<string> {
  return ((await findText('/proc/sys/kernel/random/boot_id')) ?? '').trim() || 'unknown';
}
