import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { writeWhole } from '../files.ts';
import { listPackages, offeredVersions } from '../facts/packages.ts';
import { anyJobRuns, awaitJob, beginJob, forgetJob, jobLog, type Job } from '../jobs.ts';
import type { AgentHome } from '../home.ts';
import { run } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskHandler } from './task-context.ts';

const policyFile = '/usr/sbin/policy-rc.d';
const policyText =
  '#!/bin/sh\n# Elepherd installs packages and starts them itself; it removes this file afterwards.\nexit 101\n';
const clusterFile = '/etc/postgresql-common/createcluster.d/elepherd.conf';
const clusterText =
  '# Databases here are made by Patroni, so a package must not make one of its own.\ncreate_main_cluster = false\n';

/** Units that packages bring and that must not run beside ours: Patroni alone starts PostgreSQL. */
const unitsOf: Record<string, string[]> = {
  'etcd-server': ['etcd.service'],
  patroni: ['patroni.service'],
  pgbouncer: ['pgbouncer.service'],
  haproxy: ['haproxy.service'],
  pgbackrest: ['pgbackrest.service'],
};
const listsOldAfterMs = 6 * 3600 * 1000;

/** Only one apt at a time on a host. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * Makes packages present without starting anything and without making a main cluster. What was there before keeps its
 * version and its running services; apt is not run when nothing is missing.
 */
export const installPackages: TaskHandler<'install-packages'> = (input, context) => {
  const mine = queue.then(
    () => install(input.packages, context),
    () => install(input.packages, context),
  );
  queue = mine.catch(() => {});
  return mine;
};

async function install(
  packages: readonly string[],
  { id, home, say }: Parameters<TaskHandler<'install-packages'>>[1],
): ReturnType<TaskHandler<'install-packages'>> {
  const before = await listPackages(packages);
  const missing = packages.filter((name) => !before.has(name));
  if (missing.length === 0) {
    await forgetJob(home, id);
    return { installed: [], versions: Object.fromEntries(before) };
  }
  if (process.getuid?.() !== 0) throw new TaskFailure(agentText.notRoot);
  if (!existsSync('/usr/bin/apt-get')) throw new TaskFailure(agentText.noApt);
  say(agentText.installing(missing.join(', ')));
  const holdsPolicy = await forbidStarts();
  try {
    await mkdir('/etc/postgresql-common/createcluster.d', { recursive: true });
    await writeWhole(clusterFile, clusterText, { mode: 0o644 });
    const job = await aptJob(missing);
    await beginJob(home, id, job, [process.execPath, process.argv[1]!]);
    // Never cut short, whoever cancels: a half-configured package is worse than one too many.
    const ended = await awaitJob(home, id);
    const said = await jobLog(home, id);
    await forgetJob(home, id);
    if (ended.state === 'cut-off') throw new TaskFailure(agentText.installCutOff);
    if (ended.state === 'failed') throw new TaskFailure(agentText.installFailed(aptComplaint(said)));
    await keepQuiet(missing);
  } finally {
    if (holdsPolicy) await rm(policyFile, { force: true });
  }
  return { installed: missing, versions: Object.fromEntries(await listPackages(packages)) };
}

async function aptJob(missing: readonly string[]): Promise<Job> {
  const env = {
    DEBIAN_FRONTEND: 'noninteractive',
    DEBCONF_NONINTERACTIVE_SEEN: 'true',
    NEEDRESTART_SUSPEND: '1',
  };
  const offered = await offeredVersions(missing);
  const update =
    missing.some((name) => !offered.has(name)) || listsAgeMs() > listsOldAfterMs
      ? [{ argv: ['apt-get', 'update', '--quiet'], env, timeoutSeconds: 600, mayFail: true }]
      : [];
  const options = [
    '--yes',
    '--quiet',
    '--no-install-recommends',
    '-o',
    'Dpkg::Options::=--force-confold',
    '-o',
    'DPkg::Lock::Timeout=300',
    '-o',
    'Acquire::Retries=3',
  ];
  // A dpkg that was cut off earlier (a power loss) refuses everything until it has finished.
  const repair = { argv: ['dpkg', '--configure', '-a', '--force-confold'], env, timeoutSeconds: 900 };
  return {
    steps: [
      ...update,
      repair,
      { argv: ['apt-get', 'install', ...options, ...missing], env, timeoutSeconds: 3000 },
    ],
  };
}

function listsAgeMs(): number {
  try {
    return Date.now() - statSync('/var/lib/apt/lists').mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Debian asks this file before it starts a service that was just installed. Somebody else's is left alone. */
async function forbidStarts(): Promise<boolean> {
  if (existsSync(policyFile)) return readFileSync(policyFile, 'utf8') === policyText;
  await writeWhole(policyFile, policyText, { mode: 0o755 });
  return true;
}

/** Removes what an installation that was cut off left behind. */
export async function sweepPolicy(home: AgentHome): Promise<void> {
  if (await anyJobRuns(home)) return;
  if (existsSync(policyFile) && readFileSync(policyFile, 'utf8') === policyText)
    await rm(policyFile, { force: true });
}

/** Units of packages that we brought, and nobody else's, never start by themselves. */
async function keepQuiet(installed: readonly string[]): Promise<void> {
  const units = installed.flatMap((name) => unitsOf[name] ?? []);
  if (units.length > 0 && existsSync('/usr/bin/systemctl')) {
    await run(['systemctl', 'disable', ...units]);
    await run(['systemctl', 'mask', ...units]);
  }
}

/** The lines in which apt says what is wrong. */
export function aptComplaint(log: string): string {
  const lines = log.split('\n').filter((line) => /^(?:E:|dpkg: error|W: Failed)/.test(line));
  return (lines.length > 0 ? lines : log.trim().split('\n').slice(-3)).slice(0, 3).join(' / ').slice(0, 800);
}
