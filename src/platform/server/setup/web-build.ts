import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Text } from '../../contract/i18n.ts';
import { setupText } from '../../contract/setup.text.ts';
import { SetupProblem } from './setup-problem.ts';

const root = join(import.meta.dirname, '../../../..');

/** Builds the web pages into `build/` unless they were built from exactly these sources. */
export async function ensureWebBuild(log: (line: Text) => void): Promise<void> {
  const stamp = join(root, 'build', 'sources.sha256');
  const sources = await hashOfSources();
  const built = await readFile(stamp, 'utf8').catch(() => '');
  if (built === sources && existsSync(join(root, 'build', 'server'))) return;
  log(setupText.buildingWeb);
  const started = Date.now();
  const why = await build();
  if (why !== undefined) {
    await rm(join(root, 'build'), { recursive: true, force: true });
    throw new SetupProblem(/ENOSPC/.test(why) ? setupText.diskFull(root) : setupText.webBuildFailed(why));
  }
  await writeFile(stamp, sources);
  log(setupText.builtWeb(Math.round((Date.now() - started) / 1000)));
}

function build(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const program = join(root, 'node_modules', '.bin', 'react-router');
    const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' };
    const child = spawn(process.execPath, [program, 'build'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (said = (said + chunk).slice(-8000)));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) =>
      resolve(code === 0 ? undefined : said.trim().split('\n').slice(-15).join('\n')),
    );
  });
}

/** Everything a page can be made of: server, agent and test files are not. */
async function hashOfSources(): Promise<string> {
  const all = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  const files = all
    .filter(
      (entry) =>
        entry.isFile() && /\.(tsx?|css|svg|json)$/.test(entry.name) && !entry.name.includes('.test.'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\/src\/(main|[^/]+\/(server|agent|cli))\//.test(path));
  const shared = (await readdir(join(root, 'public'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of [
    ...files.sort(),
    ...shared.sort(),
    ...['vite.config.ts', 'react-router.config.ts', 'package-lock.json'].map((name) => join(root, name)),
  ]) {
    hash.update(`${file.slice(root.length)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}
