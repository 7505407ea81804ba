import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { command } from './command.ts';
import { withLock } from './lock.ts';
import { checkRoom, definedEnv, LabUnavailable, prepareMachine } from './machine.ts';
import { recipe, recipeHash } from './recipe.ts';

type Log = (line: string) => void;

/** The folder, outside the repository, where images live: $ELEPHERD_LAB_CACHE or /var/cache/elepherd/lab. */
export function labCacheFolder(): string {
  return process.env['ELEPHERD_LAB_CACHE'] ?? '/var/cache/elepherd/lab';
}

/**
 * Answers the path of the Debian root that all lab hosts share, making it first (a minute or two) when it is missing or its recipe changed.
 * Two starters wait for one another; a half-made image is never seen. Refuses, in one sentence, without root, apt or room.
 */
export async function ensureRootImage(log: Log): Promise<string> {
  const image = join(labCacheFolder(), `debian-${recipe.release}-${recipeHash()}`);
  if (existsSync(image)) return image;
  await prepareMachine(log);
  await mkdir(labCacheFolder(), { recursive: true });
  const onWait = (): void => log('another starter is making the root image; waiting for it');
  return withLock(join(labCacheFolder(), 'lock'), onWait, async () => {
    if (existsSync(image)) return image;
    await checkRoom(labCacheFolder());
    await removeStale();
    const started = Date.now();
    const making = join(labCacheFolder(), `making-${String(process.pid)}`);
    try {
      await makeRoot(making, log);
      await rename(making, image);
    } catch (error) {
      await rm(making, { recursive: true, force: true });
      throw error;
    }
    log(`the root image is ready after ${seconds(started)} s: ${image}`);
    return image;
  });
}

async function makeRoot(root: string, log: Log): Promise<void> {
  const started = Date.now();
  const mirrors = await debianMirrors();
  const env = {
    ...definedEnv(),
    ...(await proxyEnv()),
    DEBIAN_FRONTEND: 'noninteractive',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
  };
  log(`making the root image, once: Debian ${recipe.release} from ${mirrors.main}`);
  await alone(['debootstrap', '--variant=minbase', recipe.release, root, mirrors.main], env, 900, log);
  log(
    `${seconds(started)} s: the base is there; installing ${String(recipe.packages.length)} packages and what they need`,
  );
  for (const [path, file] of Object.entries(recipe.filesBefore)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), file.text, { mode: file.mode });
  }
  await writeFile(join(root, 'etc/apt/sources.list'), sourcesList(mirrors));
  await writeFile(join(root, 'etc/resolv.conf'), await readFile('/etc/resolv.conf', 'utf8').catch(() => ''));
  const inside = (...argv: string[]): Promise<void> => alone(['chroot', root, ...argv], env, 900, log);
  await inside('apt-get', 'update');
  await inside('apt-get', 'dist-upgrade', '--yes');
  await inside('apt-get', 'install', '--yes', ...recipe.packages);
  log(`${seconds(started)} s: the packages are in; making locales and switching units off`);
  await writeFile(join(root, 'etc/locale.gen'), recipe.locales.map((line) => `${line}\n`).join(''));
  await inside('locale-gen');
  // systemctl ends with 1 when one unit of the list is not there, which is as good as disabled.
  for (const unit of recipe.disabledUnits) {
    await command(['chroot', root, 'systemctl', 'disable', unit], { env, timeoutSeconds: 30, mayFail: true });
  }
  await inside('systemctl', 'mask', ...recipe.maskedUnits);
  await inside('apt-get', 'clean');
  for (const argv of recipe.lastCommands) await inside(...argv);
  for (const path of recipe.removedAfter) await rm(join(root, path), { force: true });
  await rm(join(root, 'var/lib/apt/lists'), { recursive: true, force: true });
  await mkdir(join(root, 'var/lib/apt/lists/partial'), { recursive: true });
  // Each host brings its own.
  await writeFile(join(root, 'etc/machine-id'), '');
  await writeFile(join(root, 'etc/resolv.conf'), '');
}

/**
 * Runs one step of the making in process and mount namespaces of its own, so that nothing of it (processes, /proc mounts) is left
 * behind however it or we end.
 */
async function alone(
  argv: string[],
  env: Record<string, string>,
  timeoutSeconds: number,
  log: Log,
): Promise<void> {
  let saidAt = Date.now();
  const onLine = (line: string): void => {
    if (Date.now() - saidAt < 5000) return;
    saidAt = Date.now();
    log(`  … ${line.slice(0, 100)}`);
  };
  const root = argv[0] === 'chroot' ? join(argv[1] ?? '/', 'proc') : '/proc';
  const unshare = ['unshare', '--pid', '--fork', '--kill-child', `--mount-proc=${root}`];
  await command(['setpriv', '--pdeathsig', 'KILL', ...unshare, ...argv], { env, timeoutSeconds, onLine });
}

interface Mirrors {
  main: string;
  security: string;
}

/** The Debian mirrors this machine's own apt uses; only the release is ours. */
async function debianMirrors(): Promise<Mirrors> {
  const find = async (): Promise<Partial<Mirrors>> => {
    const format = '$(REPO_URI) $(LABEL)';
    const { stdout } = await command(['apt-get', 'indextargets', '--format', format, 'Created-By: Packages']);
    const entries = stdout.split('\n').map((line) => line.split(' '));
    const uri = (label: string): string | undefined =>
      entries.find((entry) => entry[1] === label)?.[0]?.replace(/\/$/, '');
    const main = uri('Debian');
    const security = uri('Debian-Security');
    return { ...(main === undefined ? {} : { main }), ...(security === undefined ? {} : { security }) };
  };
  let found = await find();
  if (found.main === undefined) {
    await command(['apt-get', 'update'], { timeoutSeconds: 300 });
    found = await find();
  }
  if (found.main === undefined)
    throw new LabUnavailable(
      "The lab takes its packages from this machine's Debian mirror, and apt here names none.",
    );
  return { main: found.main, security: found.security ?? found.main.replace(/debian$/, 'debian-security') };
}

function sourcesList(mirrors: Mirrors): string {
  const lines = recipe.suites.map((suite) => {
    const mirror = suite.endsWith('-security') ? mirrors.security : mirrors.main;
    return `deb ${mirror} ${suite} main\n`;
  });
  return lines.join('');
}

/** apt's own proxy, when it has one, as debootstrap and the apt inside understand it. */
async function proxyEnv(): Promise<Record<string, string>> {
  const { stdout } = await command(['apt-config', 'shell', 'proxy', 'Acquire::http::Proxy']);
  const proxy = /^proxy='(.+)'$/m.exec(stdout)?.[1];
  return proxy === undefined ? {} : { http_proxy: proxy };
}

/** Removes half-made images, and old ones no running lab stands on. */
async function removeStale(): Promise<void> {
  const mounts = await readFile('/proc/mounts', 'utf8');
  for (const name of await readdir(labCacheFolder())) {
    const path = join(labCacheFolder(), name);
    const inUse = mounts.includes(path);
    if (/^(making-|debian-)/.test(name) && !inUse) await rm(path, { recursive: true, force: true });
  }
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(0);
}
