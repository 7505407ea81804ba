import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { lstat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { preflightText } from '#src/fleet/contract/preflight.text.ts';
import type { Finding } from '#src/fleet/contract/tasks.ts';
import { listPackages, offeredVersions } from '../facts/packages.ts';
import { readFacts, readListeningPorts } from '../facts/read-facts.ts';
import { run } from '../programs.ts';
import type { TaskHandler } from './task-context.ts';

/** The first Patroni that ignores a stale etcd after a partition; older ones lost acknowledged writes in 7 of 27 cuts of the primary. */
const patroniForSeveral = '4.0.7';
const memoryBlockerBytes = 256 * 1024 ** 2;
const memoryWarningBytes = 1024 ** 3;

type Input = Parameters<TaskHandler<'check-host'>>[0];
type Say = (check: string, level: Finding['level'], text: Finding['text']) => void;

/** Looks at everything that would make a cluster fail half-way, and touches nothing. */
export const checkHost: TaskHandler<'check-host'> = async (input, { services }) => {
  const findings: Finding[] = [];
  const say: Say = (check, level, text) => findings.push({ check, level, text });
  const facts = await readFacts([]);
  const own = new Set(services.list().flatMap((service) => service.directories.map((d) => d.path)));
  if (!facts.root) say('root', 'blocker', preflightText.notRoot);
  checkPorts(input, say);
  await checkDirectories(input, own, say);
  await checkDisk(input, say);
  checkMemory(facts.memoryBytes, facts.memoryAvailableBytes, say);
  checkLocale(say);
  await checkClock(input.members, say);
  if (facts.unattendedUpgrades) say('unattended-upgrades', 'warning', preflightText.unattendedUpgrades);
  if (!facts.systemd) say('systemd', 'warning', preflightText.noSystemd);
  const packageVersions = await checkPackages(input, say);
  if (findings.every((finding) => finding.level === 'ok')) say('all', 'ok', preflightText.fine);
  return { findings, packageVersions };
};

function checkPorts(input: Input, say: Say): void {
  const taken = readListeningPorts();
  for (const { port, purpose } of input.ports) {
    if (taken.has(port)) say('ports', 'blocker', preflightText.portTaken(port, purpose));
  }
}

async function checkDirectories(input: Input, own: ReadonlySet<string>, say: Say): Promise<void> {
  for (const directory of input.dataDirectories) {
    // One that this very operation made before it was retried is ours to use again.
    if (own.has(directory)) continue;
    const there = await lstat(directory).catch(() => undefined);
    if (!there) continue;
    if (!there.isDirectory()) say('data-directory', 'blocker', preflightText.notADirectory(directory));
    else if (readdirSync(directory).length > 0)
      say('data-directory', 'blocker', preflightText.directoryFull(directory));
  }
}

async function checkDisk(input: Input, say: Say): Promise<void> {
  for (const directory of input.dataDirectories) {
    let at = directory;
    while (!existsSync(at)) at = dirname(at);
    const { bavail, bsize, files, ffree } = await statfs(at);
    const free = bavail * bsize;
    if (free < input.needsBytes)
      say('disk', 'blocker', preflightText.diskFull(at, gib(free), gib(input.needsBytes)));
    if (files > 0 && ffree < 20_000) say('disk', 'blocker', preflightText.inodesFull(at));
  }
}

function checkMemory(total: number, available: number, say: Say): void {
  if (available < memoryBlockerBytes)
    say('memory', 'blocker', preflightText.memoryLow(mib(available), mib(memoryBlockerBytes)));
  else if (total < memoryWarningBytes) say('memory', 'warning', preflightText.memorySmall(mib(total)));
}

/** Our clusters use C.UTF-8, which every glibc since 2.35 (and Debian's before) brings. */
function checkLocale(say: Say): void {
  const has = ['/usr/lib/locale/C.utf8', '/usr/lib/locale/C.UTF-8'].some((path) => existsSync(path));
  if (!has) say('locale', 'blocker', preflightText.noLocale);
}

/** Whether something keeps the clock right. How far it is off is seen by the server from the heartbeats. */
async function checkClock(members: number, say: Say): Promise<void> {
  if (members < 2) return;
  const daemons = ['chronyd', 'ntpd', 'ntpsec', 'systemd-timesyn', 'openntpd'];
  const runs = readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return daemons.includes(readFileSync(`/proc/${name}/comm`, 'utf8').trim());
    } catch {
      return false;
    }
  });
  if (runs) return;
  const { stdout } = await run(['systemd-detect-virt', '--container'], { timeoutSeconds: 5 });
  // A container has its host's clock.
  if (['', 'none'].includes(stdout.trim())) say('time', 'warning', preflightText.clockUnkept);
}

async function checkPackages(input: Input, say: Say): Promise<Record<string, string>> {
  const installed = await listPackages(input.packages);
  // Asking apt takes longer than all else here.
  const offered = await offeredVersions(input.packages.filter((name) => !installed.has(name)));
  const versions: Record<string, string> = {};
  const absent: string[] = [];
  for (const name of input.packages) {
    const version = installed.get(name) ?? offered.get(name);
    if (version === undefined) absent.push(name);
    else versions[name] = version;
  }
  if (absent.length > 0) say('packages', 'blocker', preflightText.packagesAbsent(absent.join(', ')));
  const patroni = versions['patroni'];
  if (patroni !== undefined && input.members > 1 && !isAtLeast(patroni, patroniForSeveral)) {
    say('patroni', 'blocker', preflightText.patroniOld(patroni, patroniForSeveral));
  }
  return versions;
}

/** Compares the numbers of a Debian version with a wanted one. */
export function isAtLeast(version: string, wanted: string): boolean {
  const numbers = (v: string) =>
    v
      .replace(/^\d+:/, '')
      .split(/[-+~]/)[0]!
      .split('.')
      .map((n) => Number.parseInt(n, 10) || 0);
  const [have, want] = [numbers(version), numbers(wanted)];
  for (let i = 0; i < Math.max(have.length, want.length); i++) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

const gib = (bytes: number) => (bytes / 1024 ** 3).toFixed(1);
const mib = (bytes: number) => Math.round(bytes / 1024 ** 2);
