import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnrolAnswer, HeartbeatAnswer } from '#src/fleet/contract/agents.ts';
import { installText } from '#src/fleet/contract/install.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { certificateRequest, newKey } from './certificate-request.ts';
import { Connection, Refused, WrongServer } from './connection.ts';
import { findText, readBootId, writeWhole } from './files.ts';
import type { AgentHome } from './home.ts';
import { placeLauncher } from './launcher.ts';
import { lastWords, plainEnv, run } from './programs.ts';
import { ownVersion, pointTo } from './self-update.ts';
import { hasSystemd } from './services/systemd-keeper.ts';

const unitPath = '/etc/systemd/system/elepherd-agent.service';
const heardSeconds = 30;

/** Installing cannot go on; the text is for the person at the terminal. */
export class InstallProblem extends Error {
  override name = 'InstallProblem';
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** Makes this machine a host: shows the token to the pinned server and keeps the certificate it gives. The key never leaves the home. */
export async function enrol(
  home: AgentHome,
  wish: { url: string; keyPin: string; token: string; address?: string },
): Promise<string> {
  await home.prepare();
  const key = newKey();
  const connection = new Connection({ url: wish.url, keyPin: wish.keyPin });
  const body = {
    token: wish.token,
    hostName: hostname().slice(0, 253),
    certificateRequest: certificateRequest(key, hostname()),
    ...(await addressFor(wish.url, wish.address)),
  };
  let answer: EnrolAnswer;
  try {
    answer = await connection.ask(
      { method: 'POST', path: '/agent/enrol', body, timeoutSeconds: 30 },
      EnrolAnswer,
    );
  } catch (error) {
    if (error instanceof WrongServer) throw new InstallProblem(installText.wrongServer);
    if (error instanceof Refused) throw new InstallProblem(installText.refused(error.message));
    throw new InstallProblem(installText.noConnection(wish.url, (error as Error).message));
  }
  await home.keepIdentity({ key, certificate: answer.certificate });
  const { hostId, hostName, authority, releaseKey } = answer;
  await home.keepMembership({ url: wish.url, keyPin: wish.keyPin, hostId, hostName, authority, releaseKey });
  await rm(home.path('left'), { force: true });
  return hostName;
}

/** The address this machine has on its way to the server; undefined on loopback, where it says nothing about how others reach it. */
async function addressFor(url: string, given: string | undefined): Promise<{ address: string } | undefined> {
  if (given !== undefined) return { address: given };
  const { hostname: host, port } = new URL(url);
  const { createConnection } = await import('node:net');
  const local = await new Promise<string | undefined>((resolve) => {
    const socket = createConnection({ host: host.replace(/^\[|\]$/g, ''), port: Number(port || 443) });
    const end = (address: string | undefined) => {
      socket.destroy();
      resolve(address);
    };
    socket.setTimeout(5000, () => end(undefined));
    socket.once('connect', () => end(socket.localAddress));
    socket.once('error', () => end(undefined));
  });
  const plain = local?.replace(/^::ffff:/, '');
  if (plain === undefined) return undefined;
  if (!/^(?:127\.|::1$)/.test(plain)) return { address: plain };
  const own = await firstAddress();
  return own === undefined ? undefined : { address: own };
}

async function firstAddress(): Promise<string | undefined> {
  const { networkInterfaces } = await import('node:os');
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find((each) => !each.internal && each.family === 'IPv4')?.address;
}

/** What the pasted command does once the programs are in place: enrols, starts the agent for good, waits until the server hears it. */
export async function install(
  home: AgentHome,
  wish: { url: string; keyPin: string; token: string },
  program: string,
  say: (text: Text) => void,
): Promise<void> {
  const before = await home.findMembership();
  if (before && before.url !== wish.url && (await isHeard(home)))
    throw new InstallProblem(installText.otherServer(before.url, home.folder));
  const name = await enrol(home, wish);
  await pointTo(home, 'current', `versions/${ownVersion(program)}.mjs`);
  for (const left of ['trial', 'previous', 'heard', 'rejected.json'])
    await rm(home.path(left), { force: true });
  await placeLauncher(home);
  const log = await startForGood(home);
  const until = Date.now() + heardSeconds * 1000;
  while ((await findText(home.path('heard'))) === undefined) {
    if (Date.now() > until) throw new InstallProblem(installText.notHeard(log));
    await sleep(100);
  }
  say(installText.enrolled(name, wish.url));
  if (!hasSystemd()) say(installText.noSystemd(home.folder));
}

/** Answers where the agent's log is. */
async function startForGood(home: AgentHome): Promise<string> {
  if (hasSystemd()) {
    await writeWhole(unitPath, unitText(home.folder), { mode: 0o644 });
    // Restarted rather than started: an agent with the certificate of before may run.
    for (const args of [['daemon-reload'], ['enable', 'elepherd-agent'], ['restart', 'elepherd-agent']]) {
      const result = await run(['systemctl', ...args], { timeoutSeconds: 60 });
      if (result.code !== 0) throw new InstallProblem(installText.notHeard(lastWords(result)));
    }
    return 'journalctl -u elepherd-agent';
  }
  await endAgentsOf(home);
  mkdirSync('/var/log/elepherd', { recursive: true });
  const log = '/var/log/elepherd/agent.log';
  const output = openSync(log, 'a', 0o640);
  spawn(home.path('launch'), ['--forever'], {
    detached: true,
    stdio: ['ignore', output, output],
    cwd: '/',
    env: plainEnv,
  }).unref();
  return log;
}

/** Ends a launcher and agent of this home that run already, and nobody else's. */
async function endAgentsOf(home: AgentHome): Promise<void> {
  const { stdout } = await run(['pgrep', '--full', '--exact', `/bin/sh ${home.path('launch')} --forever`]);
  for (const pid of stdout.split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGTERM');
    } catch {
      // It ended.
    }
  }
  if (stdout.trim() !== '') await sleep(500);
}

export function unitText(folder: string): string {
  return [
    '# Written by Elepherd.',
    '[Unit]',
    'Description=Elepherd agent',
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    `ExecStart=${folder}/launch`,
    'Restart=always',
    'RestartSec=1',
    'TimeoutStopSec=20',
    // An agent that was told to leave does not come back.
    'RestartPreventExitStatus=78',
    'LimitNOFILE=65536',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

/** Whether the server hears the host of this home: one heartbeat with its certificate. */
export async function isHeard(home: AgentHome): Promise<boolean> {
  const membership = await home.findMembership();
  const identity = await home.findIdentity();
  if (!membership || !identity) return false;
  const connection = new Connection({
    url: membership.url,
    identity: { ...identity, authority: membership.authority },
  });
  try {
    // Known tasks are the running agent's to say; `resync` would make the server hand them to us.
    const body = {
      bootId: await readBootId(),
      agentVersion: await installedVersion(home),
      waitSeconds: 0,
      clockMs: Date.now(),
      known: [],
      resync: false,
    };
    await connection.ask(
      { method: 'POST', path: '/agent/heartbeat', body, timeoutSeconds: 10 },
      HeartbeatAnswer,
    );
    return true;
  } catch {
    return false;
  } finally {
    connection.close();
  }
}

async function installedVersion(home: AgentHome): Promise<string> {
  try {
    return ownVersion(readlinkSync(home.path('current')));
  } catch {
    return 'source';
  }
}

/** Says whether this machine is a host of that server already, with its agent running; the pasted command then has nothing to do. */
export async function status(home: AgentHome, url: string, say: (text: Text) => void): Promise<boolean> {
  const membership = await home.findMembership();
  if (!membership || !existsSync(home.path('launch')) || membership.url !== url || !(await isHeard(home)))
    return false;
  say(installText.alreadyHost(membership.hostName, url));
  return true;
}
