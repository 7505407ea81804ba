import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import type { Text } from '#src/platform/contract/i18n.ts';
import { setupText } from '#src/platform/contract/setup.text.ts';
import { type Config, readConfig } from '#src/platform/server/config.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { debianPackages, ensureDebianPackages } from '#src/platform/server/setup/debian-packages.ts';
import { checkDisk, checkPort, freePort, prepareHome } from '#src/platform/server/setup/preflight.ts';
import { frugalNode, type Program, Programs } from '#src/platform/server/setup/programs.ts';
import { stopWithNpm } from '#src/platform/server/setup/processes.ts';
import { claimHome, findRunning, notePrograms, releaseHome } from '#src/platform/server/setup/run-file.ts';
import { SetupProblem } from '#src/platform/server/setup/setup-problem.ts';
import { complain, say } from '#src/platform/server/setup/terminal.ts';
import { prepareVictoriaMetrics } from '#src/platform/server/setup/victoria-metrics.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import { prepareAlertEngine } from './alert-engine.ts';
import { findOwnHost } from './own-host.ts';

/** What `npm start` was asked for. */
interface Wish {
  config: Config;
  env: NodeJS.ProcessEnv;
  demo: boolean;
  /** Undefined: the lab is left as it is. */
  labHosts: number | undefined;
  watch: boolean;
}

/** Thrown between two steps after Ctrl-C. */
class Interrupted extends Error {}

const readySeconds = 90;
const isRoot = process.getuid?.() === 0;

/** What must be undone, newest last. */
const undo: (() => Promise<void>)[] = [];
let wantsStop = false;
let wakeUp = (): void => {};
const stopWanted = new Promise<void>((resolve) => (wakeUp = resolve));
const stop = (): void => {
  if (!wantsStop) say(setupText.stopping);
  wantsStop = true;
  wakeUp();
};
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
stopWithNpm(stop);

process.exitCode = await main();

async function main(): Promise<number> {
  process.umask(0o022);
  let made: string | undefined;
  let home = '';
  try {
    const wish = await readWish();
    if (wish === undefined) return 0;
    home = wish.config.home;
    const running = await findRunning(home);
    if (running !== undefined) return alreadyRuns(running);
    made = await prepareHome(home);
    const holder = await claimHome(home, localUrl(wish.config));
    if (holder !== undefined) return alreadyRuns(holder);
    undo.push(() => releaseHome(home));
    say(setupText.home(home));
    const database = await prepare(wish);
    await bringUp(wish, database);
    await stopWanted;
    await undoAll();
    say(setupText.stopped);
    return 0;
  } catch (error) {
    await undoAll();
    // A home that holds no database yet is half-made, unless it was there before.
    if (made !== undefined && !existsSync(join(home, 'postgres')))
      await rm(made, { recursive: true, force: true });
    if (error instanceof Interrupted || wantsStop) return 130;
    if (error instanceof SetupProblem) complain(error.text);
    else complain(setupText.failedWithStack((error as Error).stack ?? String(error)));
    return 1;
  }
}

async function undoAll(): Promise<void> {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
}

function checkpoint(): void {
  if (wantsStop) throw new Interrupted();
}

function alreadyRuns({ url, pid }: { url: string; pid: number }): number {
  say(setupText.alreadyRuns(url, pid));
  return 0;
}

/** Reads the options and settings; undefined when only help was wanted. */
async function readWish(): Promise<Wish | undefined> {
  const values = readOptions();
  if (values.help) {
    say(setupText.usage);
    return undefined;
  }
  const env = { ...process.env };
  if (values.home !== undefined) env['ELEPHERD_HOME'] = values.home;
  if (values.port !== undefined) env['PORT'] = values.port;
  const first = readSettings(env);
  if (first.PORT === 0) env['PORT'] = String(await freePort(first.HOST));
  // Two Elepherds on one machine differ by their port; the agents' port follows it.
  env['AGENT_PORT'] ??= String(Number(env['PORT'] ?? first.PORT) + 1);
  const config = readSettings(env);
  if (values.lab !== undefined && !/^\d$/.test(values.lab)) throw new SetupProblem(setupText.badLab);
  const labHosts = values.lab === undefined ? undefined : Number(values.lab);
  return { config, env, demo: values.demo, labHosts, watch: values.watch };
}

function readSettings(env: NodeJS.ProcessEnv): Config {
  try {
    return readConfig(env);
  } catch (error) {
    const { message } = error as Error;
    throw new SetupProblem({ en: message, 'zh-CN': message });
  }
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        demo: { type: 'boolean', default: false },
        lab: { type: 'string' },
        home: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
        watch: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new SetupProblem(setupText.badOption((error as Error).message));
  }
}

/** Checks the machine, starts and migrates the database, builds the pages; answers the database's address. */
async function prepare({ config, labHosts }: Wish): Promise<string> {
  await checkDisk(config.home);
  await checkPort(config.PORT, config.HOST, '--port');
  await checkPort(config.AGENT_PORT, config.AGENT_HOST, 'AGENT_PORT');
  checkpoint();
  if (!isRoot) say(setupText.withoutRoot);
  if (!isRoot && labHosts !== undefined) throw new SetupProblem(setupText.labNeedsRoot);
  await ensureDebianPackages(
    debianPackages.filter(
      ({ name, neededFor }) =>
        neededFor === 'start' && (name !== 'victoria-metrics' || config.METRICS_URL === undefined),
    ),
    say,
  );
  checkpoint();
  const database = await prepareDatabase(config);
  checkpoint();
  await ensureWebBuild(say);
  checkpoint();
  return database;
}

async function prepareDatabase(config: Config): Promise<string> {
  if (config.DATABASE_URL !== undefined) {
    say(setupText.foreignDatabase);
    await bringUpToDate(config.DATABASE_URL);
    return config.DATABASE_URL;
  }
  const postgres = await startEmbeddedPostgres({ home: config.home, log: say });
  undo.push(() => postgres.stop());
  say(setupText.postgresRuns(postgres.alreadyRunning));
  await bringUpToDate(postgres.url);
  return postgres.url;
}

async function bringUpToDate(url: string): Promise<void> {
  try {
    say(setupText.migrated((await migrate(url)).length));
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    // What migrate itself refuses is a whole sentence; what the connection says carries a code.
    const text =
      code === undefined ? { en: message, 'zh-CN': message } : setupText.databaseUnreachable(message || code);
    throw new SetupProblem(text, { cause: error });
  }
}

/** Starts the programs, waits until they answer, and says how to sign in. */
async function bringUp(wish: Wish, database: string): Promise<void> {
  const { config, env: given, watch } = wish;
  const { home, publicUrl, PORT, AGENT_PORT } = config;
  const env = {
    ...given,
    DATABASE_URL: database,
    ELEPHERD_HOME: home,
    PORT: String(PORT),
    AGENT_PORT: String(AGENT_PORT),
  };
  const metrics = config.METRICS_URL === undefined ? await prepareVictoriaMetrics(config) : undefined;
  if (metrics !== undefined) Object.assign(env, { METRICS_URL: metrics.url });
  const alerts = await prepareAlertEngine(config, metrics?.url ?? config.METRICS_URL);
  if (alerts !== undefined) Object.assign(env, alerts.env);
  const logFolder = join(home, 'log');
  const programs = new Programs({
    logFolder,
    log: complain,
    onChange: (running) => notePrograms(home, localUrl(config), running),
  });
  undo.push(() => programs.stop());
  const names = isRoot ? (['server', 'worker', 'agent'] as const) : (['server', 'worker'] as const);
  say(setupText.startingPrograms(names.join(', ')));
  if (metrics !== undefined) {
    say(setupText.metricsHere(metrics.folder, config.METRICS_MONTHS));
    programs.start(metrics.program);
  }
  if (alerts !== undefined) programs.start(alerts.program);
  for (const name of names) programs.start(program(name, env, watch));
  const signIn = findSignIn(env);
  await untilReady(config, programs, logFolder);
  say(setupText.ready(publicUrl));
  say(await signIn);
  if (isRoot) say(await findOwnHost(home, localUrl(config), () => wantsStop));
  say(setupText.howToStop);
  await runExtras(wish, { ...env, ELEPHERD_URL: localUrl(config) });
}

/** How to sign in: a one-time link while nobody has. In a process of its own, which keeps this one small for its long life. */
async function findSignIn(env: NodeJS.ProcessEnv): Promise<Text> {
  const file = join(import.meta.dirname, 'sign-in-link.ts');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file, '--if-first'], { env });
    return stdout.trim() === '' ? setupText.signInAgain : setupText.signInLink(stdout.trim());
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.split('\n').find((line) => /Error/.test(line));
    return setupText.noSignInLink(said ?? (error as Error).message);
  }
}

function program(name: 'server' | 'worker' | 'agent', env: NodeJS.ProcessEnv, watch: boolean): Program {
  const file = join(import.meta.dirname, `${name}.ts`);
  const flags = [...frugalNode.flags[name], ...(watch ? ['--watch', '--watch-preserve-output'] : [])];
  const NODE_ENV = watch ? 'development' : 'production';
  return { name, args: [...flags, file], env: { ...frugalNode.env, ...env, NODE_ENV } };
}

async function untilReady(config: Config, programs: Programs, logFolder: string): Promise<void> {
  const until = Date.now() + readySeconds * 1000;
  while (!(await answers(`${localUrl(config)}/api/health/ready`))) {
    checkpoint();
    if (Date.now() > until || !programs.isUp('server')) {
      // Its last words may still be on their way.
      await sleep(200);
      throw new SetupProblem(setupText.notReady(logFolder, programs.lastError('server')));
    }
    await sleep(250);
  }
}

/** Where this machine itself reaches the API, whatever name the world has for it. */
function localUrl({ HOST, PORT }: Config): string {
  const address =
    HOST === '0.0.0.0' ? '127.0.0.1' : HOST === '::' ? '[::1]' : HOST.includes(':') ? `[${HOST}]` : HOST;
  return `http://${address}:${PORT}`;
}

/** Runs the scripts that the options ask for beside the running Elepherd, one after another; a failure there is no failure here. */
async function runExtras({ demo, labHosts }: Wish, env: NodeJS.ProcessEnv): Promise<void> {
  if (labHosts !== undefined) await runScript('lab-hosts.ts', [String(labHosts)], env);
  if (demo) await runScript('demo.ts', [], env);
}

async function runScript(name: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  if (wantsStop) return;
  const file = join(import.meta.dirname, '../../scripts', name);
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  void stopWanted.then(() => child.kill('SIGTERM'));
  await once(child, 'exit');
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
