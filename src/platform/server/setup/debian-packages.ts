import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Text } from '../../contract/i18n.ts';
import { setupText } from '../../contract/setup.text.ts';

/** Something of the operating system that a part of Elepherd uses. */
export interface DebianPackage {
  name: string;
  /** It is there when this program is on the PATH, or when this absolute path exists. */
  proof: string;
  /** What does not work without it. */
  without: Text;
  /** Services it brings that must not run: Elepherd starts its own. */
  units?: readonly string[];
  neededFor: 'start' | 'tests';
}

/** Every Debian package that `npm start` and `npm test` install when run as root; the lab lists its own in tests/support/lab. */
export const debianPackages: readonly DebianPackage[] = [
  {
    name: 'ca-certificates',
    proof: '/etc/ssl/certs/ca-certificates.crt',
    without: setupText.withoutCertificates,
    neededFor: 'start',
  },
  { name: 'iproute2', proof: 'ss', without: setupText.withoutIproute, neededFor: 'start' },
  {
    name: 'victoria-metrics',
    proof: '/usr/bin/victoria-metrics',
    without: setupText.withoutVictoriaMetrics,
    units: ['victoria-metrics.service'],
    neededFor: 'start',
  },
  { name: 'chromium', proof: 'chromium', without: setupText.withoutChromium, neededFor: 'tests' },
  {
    name: 'fonts-noto-cjk',
    proof: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    without: setupText.withoutChineseFont,
    neededFor: 'tests',
  },
  {
    name: 'openssh-server',
    proof: '/usr/sbin/sshd',
    without: setupText.withoutSshServer,
    units: ['ssh.service', 'ssh.socket'],
    neededFor: 'tests',
  },
  {
    name: 'python3-psycopg',
    proof: '/usr/lib/python3/dist-packages/psycopg',
    without: setupText.withoutDriver('Python'),
    neededFor: 'tests',
  },
  {
    name: 'libpostgresql-jdbc-java',
    proof: '/usr/share/java/postgresql.jar',
    without: setupText.withoutDriver('JDBC'),
    neededFor: 'tests',
  },
];

/** Installs what is missing of the packages named, when this is root and apt is there; answers what is still missing. */
export async function ensureDebianPackages(
  packages: readonly DebianPackage[],
  log: (line: Text) => void,
): Promise<DebianPackage[]> {
  const missing = packages.filter((wanted) => !isPresent(wanted));
  if (missing.length === 0) return [];
  if (process.getuid?.() === 0 && isOnPath('apt-get')) {
    const names = missing.map((wanted) => wanted.name);
    log(setupText.installingPackages(names.join(' ')));
    const why = await quietly(
      missing.flatMap((wanted) => wanted.units ?? []),
      async () =>
        (await apt(['update'])) ?? (await apt(['install', '--yes', '--no-install-recommends', ...names])),
    );
    if (why !== undefined) log(setupText.packagesFailed(names.join(' '), why));
  }
  const still = missing.filter((wanted) => !isPresent(wanted));
  for (const wanted of still) log(setupText.packageMissing(wanted.name, wanted.without));
  return still;
}

function isPresent({ proof }: DebianPackage): boolean {
  return proof.startsWith('/') ? existsSync(proof) : isOnPath(proof);
}

function isOnPath(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

const policyFile = '/usr/sbin/policy-rc.d';

/** Installs something without letting its services start, now or at the next boot. */
async function quietly<T>(units: readonly string[], install: () => Promise<T>): Promise<T> {
  if (units.length === 0) return install();
  // Debian asks this file before it starts what was just installed; somebody else's stays as it is.
  const isOurs = !existsSync(policyFile);
  if (isOurs) await writeFile(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await install();
  } finally {
    if (isOurs) await rm(policyFile, { force: true });
    if (isOnPath('systemctl')) {
      await promisify(execFile)('systemctl', ['disable', ...units]).catch(() => {});
    }
  }
}

/** Runs apt-get; answers the end of what it said when it failed. */
function apt(args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
    const child = spawn('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => {
      const lines = said.trim().split('\n');
      resolve(
        code === 0
          ? undefined
          : (lines.findLast((line) => line.startsWith('E:')) ?? lines.at(-1) ?? `${code}`),
      );
    });
  });
}
