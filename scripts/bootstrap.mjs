/**
 * What every entry of Elepherd does first, in plain JavaScript for any Node from 20 on:
 * brings node_modules to what package-lock.json says, then runs a TypeScript file under the pinned Node.
 * It speaks on stderr, so that the output of `elepherd` commands stays clean.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const needsFreeBytes = 1.5 * 1024 ** 3;
const oldestNode = 24;

/** A reason a person can act on; it is printed alone, without a stack. */
export class SetupError extends Error {}

/** Runs `file` (below the root) with `args` under the pinned Node, after installing what is missing; never returns on success. */
export async function run(file, args) {
  try {
    await ensurePackages(root, say);
    start(pinnedNode(root), [join(root, file), ...args]);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

/** True when node_modules holds exactly the packages of the lockfile that this platform needs. */
export function packagesAreCurrent(folder) {
  const wanted = readJson(join(folder, 'package-lock.json'))?.packages;
  const have = readJson(join(folder, 'node_modules/.package-lock.json'))?.packages;
  if (wanted === undefined)
    throw new SetupError(`${folder} has no readable package-lock.json: clone Elepherd again.`);
  if (have === undefined) return false;
  for (const [path, { version, optional, link }] of Object.entries(wanted)) {
    if (path === '' || link) continue;
    const found = have[path];
    if (found === undefined ? !optional || isOurPlatform(wanted[path]) : found.version !== version)
      return false;
  }
  return true;
}

function isOurPlatform({ os, cpu, libc }) {
  return os?.includes(process.platform) && cpu?.includes(process.arch) && libc === undefined;
}

/** Installs the packages of the lockfile unless they are there; a failure leaves no half-made node_modules. */
export async function ensurePackages(folder, log) {
  if (packagesAreCurrent(folder)) return;
  const release = await takeInstallLock(folder, log);
  try {
    if (packagesAreCurrent(folder)) return;
    await checkRoom(folder);
    await npmCi(folder, log);
  } finally {
    release();
  }
}

async function npmCi(folder, log) {
  const modules = join(folder, 'node_modules');
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  log(`Installing npm packages (npm ci) into ${modules}; the first time this takes a minute.`);
  const { command, args, env } = npm(folder);
  const flags = [
    'ci',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--fetch-retry-mintimeout=2000',
    '--fetch-retry-maxtimeout=8000',
  ];
  const child = spawn(command, [...args, ...flags], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const stillAlive = setInterval(() => log(`  … still installing (${seconds()} s)`), 15_000);
  const stop = () => child.kill('SIGTERM');
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const failure = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.code === 'ENOENT' ? 'ENOENT npm' : error.message));
    child.on('close', (code, signal) =>
      resolve(code === 0 ? undefined : signal ? `stopped by ${signal}` : said),
    );
  });
  clearInterval(stillAlive);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (failure === undefined) return log(`npm packages are installed (${seconds()} s).`);
  fs.rmSync(modules, { recursive: true, force: true });
  throw new SetupError(`${explain(failure)} Nothing was left half-installed.`);
}

/** One sentence for what npm said when it failed. */
export function explain(said) {
  if (said === 'ENOENT npm')
    return 'npm is not on the PATH: install it (Debian: apt install npm), then run the same command again.';
  if (/ENOSPC/.test(said))
    return 'The disk filled up while npm packages were installed: free 1.5 GB and run the same command again.';
  if (/EROFS|EACCES|EPERM/.test(said))
    return 'npm was not allowed to write to the project folder or its cache: check who owns them, then run the same command again.';
  const network =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/.exec(said);
  if (network)
    return `npm could not reach its registry (${network[0]}): check the network and npm's registry and proxy settings, then run the same command again.`;
  if (/SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|CERT_/.test(said))
    return 'npm does not trust the certificate its registry showed, as behind a proxy that reads along: let NODE_EXTRA_CA_CERTS name the file of your authority, then run the same command again.';
  const tail = said
    .trim()
    .split('\n')
    .filter((line) => !/complete log of this run|^npm (error|warn) *$/i.test(line))
    .slice(-4)
    .join('\n');
  return `npm could not install the packages; it said:\n${tail}\n`;
}

async function checkRoom(folder) {
  const probe = join(folder, `.elepherd-write-probe-${process.pid}`);
  try {
    fs.writeFileSync(probe, '');
    fs.unlinkSync(probe);
  } catch (error) {
    if (error.code === 'ENOSPC')
      throw new SetupError(
        `The disk that holds ${folder} is full: free 1.5 GB and run the same command again.`,
      );
    throw new SetupError(
      `${folder} cannot be written to (${error.code}), so npm packages cannot be installed there: clone Elepherd into a folder you own.`,
    );
  }
  const { bavail, bsize } = fs.statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needsFreeBytes) return;
  const gigabytes = (bytes) => (bytes / 1024 ** 3).toFixed(1);
  throw new SetupError(
    `npm packages need ${gigabytes(needsFreeBytes)} GB and the disk that holds ${folder} has ${gigabytes(free)} GB free: make room and run the same command again.`,
  );
}

/** Two starters in one clone take turns; a lock whose holder is gone is taken over. */
async function takeInstallLock(folder, log) {
  const lock = join(folder, '.elepherd-install.lock');
  for (let waited = false; ; waited = true) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(lock, { force: true });
    } catch (error) {
      // A folder that cannot be written gets its own sentence a moment later.
      if (error.code !== 'EEXIST') return () => {};
      const holder = Number(readText(lock));
      if (holder > 0 && isAlive(holder)) {
        if (!waited) log(`Another process (${holder}) is installing npm packages here; waiting for it.`);
        await new Promise((resolve) => setTimeout(resolve, 500));
      } else {
        fs.rmSync(lock, { force: true });
      }
    }
  }
}

/** npm as this machine has it, and an environment in which no `node` of the folder about to be replaced is found. */
function npm(folder) {
  const modules = join(folder, 'node_modules');
  const isOurs = (path) => path === modules || path.startsWith(modules + sep);
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !isOurs(part));
  const env = { ...process.env, PATH: path.join(delimiter) };
  for (const name of Object.keys(env))
    if (/^npm_(lifecycle|package)_|^npm_command$/.test(name)) delete env[name];
  const cli = process.env.npm_execpath;
  if (cli === undefined || !cli.endsWith('npm-cli.js')) return { command: 'npm', args: [], env };
  const outside = path.map((part) => join(part, 'node')).find((candidate) => fs.existsSync(candidate));
  return { command: outside ?? process.execPath, args: [cli], env };
}

/** The Node that runs Elepherd: the pinned one, or on other platforms the one that runs now when it is new enough. */
export function pinnedNode(folder) {
  const pinned = join(folder, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (fs.existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return process.execPath;
  throw new SetupError(
    `Elepherd brings its own Node ${oldestNode} on Linux x64 only; on ${process.platform} ${process.arch} install Node ${oldestNode} or newer and run the same command again (this is ${process.version}).`,
  );
}

function start(node, args) {
  const path = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
  const env = { ...process.env, PATH: path };
  // Replacing this process keeps signals and exit codes exact; Node 20 cannot do it and stays as a parent.
  if (process.execve !== undefined) process.execve(node, [node, ...args], env);
  const child = spawn(node, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) {
    // A terminal sends these two to every process in front of it, the child included.
    const alreadyThere = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');
    process.on(signal, () => alreadyThere || child.kill(signal));
  }
  stopWithNpm(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    say(`The Node that Elepherd brings (${node}) does not start here: ${error.message}.`);
    process.exit(1);
  });
  child.on('exit', (code, signal) =>
    process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]),
  );
}

/** Calls back, once a second, after the npm that ran us is gone: killed, some versions leave what they run behind without a word. */
function stopWithNpm(act) {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => process.ppid !== parent && act(), 1000).unref();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readText(path) {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readJson(path) {
  try {
    return JSON.parse(readText(path));
  } catch {
    return undefined;
  }
}
