import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { programs } from '#src/fleet/contract/tasks.ts';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { findText, writeWhole } from '../files.ts';
import { findUser, lastWords, run } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { KnownService, ServiceKeeper } from './service-keeper.ts';

/** True where systemd is the one who started this machine. */
export const hasSystemd = (): boolean => existsSync('/run/systemd/system');

const unitOf = (name: string) => `elepherd-${name}.service`;
const pathOf = (name: string) => `/etc/systemd/system/${unitOf(name)}`;

/** Seconds a service has for its end; PostgreSQL behind Patroni writes a checkpoint. */
const stopSeconds = 120;

/** A unit file. Restarts are never given up, and OOM spares the postmaster but not its children. */
export function unitText(service: KnownService, home: string): string {
  const isPostgres = service.program === 'patroni';
  const lines = [
    '# Written by Elepherd; it writes it again when the service changes.',
    '[Unit]',
    `Description=Elepherd: ${service.title.replaceAll('%', '%%')}`,
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=exec',
    `User=${service.user}`,
    `WorkingDirectory=-${home}`,
    'Environment=LANG=C.UTF-8 LC_ALL=C.UTF-8',
    // `%` and `$` mean something to systemd; arguments of ours may hold a `%`.
    `ExecStart=${[programs[service.program], ...service.args.map((arg) => arg.replaceAll('%', '%%'))].join(' ')}`,
    ...(service.reloadSignal
      ? [`ExecReload=/bin/kill -${service.reloadSignal.replace('SIG', '')} $MAINPID`]
      : []),
    `KillMode=${service.killMode}`,
    `TimeoutStopSec=${stopSeconds}`,
    'Restart=always',
    // A primary that crashed has its lease for seconds yet: each one counts.
    'RestartSec=100ms',
    'LimitNOFILE=65536',
    'TasksMax=infinity',
    ...(isPostgres
      ? [
          'OOMScoreAdjust=-900',
          'Environment=PG_OOM_ADJUST_FILE=/proc/self/oom_score_adj PG_OOM_ADJUST_VALUE=0',
        ]
      : []),
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ];
  return lines.join('\n');
}

async function systemctl(...args: string[]): Promise<void> {
  const result = await run(['systemctl', ...args], { timeoutSeconds: stopSeconds + 30 });
  if (result.code !== 0) throw new TaskFailure(agentText.systemctl(args.join(' '), lastWords(result)));
}

/** Services as units `elepherd-<name>.service`: systemd keeps them running whether the agent lives or not. */
export const systemdKeeper: ServiceKeeper = {
  async start(service) {
    const { name } = service;
    const home = service.user === 'root' ? '/' : (findUser(service.user)?.home ?? '/');
    const text = unitText(service, home);
    const before = await findText(pathOf(name));
    if (before !== text) await writeWhole(pathOf(name), text, { mode: 0o644 });
    // Reading all units again takes up to a second on a busy host; systemd finds a new one without.
    await systemctl('enable', '--no-reload', unitOf(name));
    if (before !== undefined && before !== text) await systemctl('daemon-reload');
    await systemctl('start', unitOf(name));
  },
  async stop(service) {
    await systemctl('disable', '--now', unitOf(service.name));
    if (service.killMode === 'process') await run(['systemctl', 'reset-failed', unitOf(service.name)]);
  },
  async reload(service) {
    await systemctl('reload', unitOf(service.name));
  },
  async remove(name) {
    if (!existsSync(pathOf(name))) return;
    await systemctl('disable', '--now', '--no-reload', unitOf(name));
    await rm(pathOf(name), { force: true });
    await systemctl('daemon-reload');
    await run(['systemctl', 'reset-failed', unitOf(name)]);
  },
  async findPid(name) {
    if (!existsSync(pathOf(name))) return null;
    const { stdout } = await run(['systemctl', 'show', '--property=ActiveState,MainPID', unitOf(name)]);
    const pid = Number(/^MainPID=(\d+)$/m.exec(stdout)?.[1] ?? 0);
    return /^ActiveState=(active|reloading)$/m.test(stdout) && pid > 0 ? pid : null;
  },
  async lastWords(name, lines) {
    const which = ['--unit', unitOf(name), `--lines=${lines}`, '--no-pager', '--output=cat'];
    const { stdout } = await run(['journalctl', ...which]);
    return stdout.trim().split('\n');
  },
  async wordsSince(name, place) {
    const from = place === undefined ? '--lines=0' : `--after-cursor=${place}`;
    const which = ['--unit', unitOf(name), '--no-pager', '--quiet', '--output=cat', '--show-cursor', from];
    const { code, stdout } = await run(['journalctl', ...which], { outputBytes: 16 * 1024 * 1024 });
    const lines = stdout.split('\n').filter((line) => line !== '');
    const end = /^-- cursor: (\S+)$/.exec(lines.at(-1) ?? '')?.[1];
    if (end !== undefined) lines.pop();
    // A journal that was rotated away knows the place no more, and one that says too much is followed from where it is now.
    if (code !== 0) return { lines, place: undefined };
    return { lines: place === undefined ? [] : lines, place: end ?? place };
  },
};
