import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupOf, isPopulated } from './control-group.ts';
import { createLab } from './lab.ts';
import type { Lab } from './lab.ts';
import type { Host } from './host.ts';
import { nodeProgram, whyNoLab } from './machine.ts';
import { findLab, labFolder } from './state.ts';
import { sweepDeadLabs } from './sweep.ts';

/** A healed link finds its neighbours again within moments; a busy machine takes a few seconds. */
const healing = { timeout: 15_000 };

const why = whyNoLab();

test.runIf(why !== undefined)(`the lab is skipped: ${why ?? ''}`, () => undefined);

describe.skipIf(why !== undefined)('a lab of two hosts', { timeout: 20_000 }, () => {
  let lab: Lab;
  let h1: Host;
  let h2: Host;
  const server = createServer((request, response) =>
    response.end(`${request.method ?? ''} ${request.url ?? ''}`),
  );

  const answersPing = async (from: Host, to: string): Promise<boolean> =>
    (await from.run(['ping', '-c', '1', '-W', '1', to], { mayFail: true })).exitCode === 0;

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = (server.address() as AddressInfo).port;
    lab = await createLab({ name: 'lab-test', hosts: 2, expose: { 7434: port }, diskBytes: 512 * 1024 ** 2 });
    h1 = lab.host('h1');
    h2 = lab.host('h2');
  }, 300_000);

  afterAll(async () => {
    server.close();
    await lab?.destroy();
  }, 60_000);

  test('each host has a settled systemd, a name and an identity of its own', async () => {
    for (const host of lab.hosts) {
      expect((await host.run(['systemctl', 'is-system-running'])).stdout.trim()).toBe('running');
      expect((await host.run(['hostname'])).stdout.trim()).toBe(host.name);
      expect((await host.run(['systemctl', 'list-units', '--failed', '--plain', '--no-legend'])).stdout).toBe(
        '',
      );
    }
    expect(await h1.readFile('/etc/machine-id')).not.toBe(await h2.readFile('/etc/machine-id'));
  });

  test('PostgreSQL, Patroni and the rest are installed, and nothing of them runs', async () => {
    for (const program of [
      'patroni',
      'etcd',
      'pgbackrest',
      'pgbouncer',
      'haproxy',
      '/usr/lib/postgresql/17/bin/postgres',
    ]) {
      await h1.run(['which', program]);
    }
    expect((await h1.run(['pg_lsclusters', '--no-header'])).stdout).toBe('');
    expect((await h1.run(['pgrep', '-u', 'postgres'], { mayFail: true })).stdout).toBe('');
    expect((await h1.run(['locale', '--all-locales'])).stdout).toContain('en_US.utf8');
  });

  test('this machine gets no interface, address or route of the lab', async () => {
    expect(await readFile('/proc/net/route', 'utf8')).not.toMatch(/\t[0-9A-F]{4}4D0A\t/);
    expect(await readFile('/proc/net/dev', 'utf8')).not.toMatch(/\bv-h1\b|\bbr0\b/);
  });

  test('the hosts reach one another by name', async () => {
    expect(await answersPing(h1, 'h2')).toBe(true);
    await h2.run(['systemd-run', '--unit=web', 'python3', '-m', 'http.server', '--directory=/etc', '8000']);
    const { stdout } = await h1.run([
      'curl',
      '--silent',
      '--retry',
      '5',
      '--retry-connrefused',
      '--retry-delay',
      '1',
      'http://h2:8000/hostname',
    ]);
    expect(stdout.trim()).toBe('h2');
  });

  test('a host reaches a server on this machine as elepherd, and not after its port is hidden', async () => {
    expect((await h1.run(['curl', '--silent', 'http://elepherd:7434/hello'])).stdout).toBe('GET /hello');
    await lab.hide(7434);
    expect(
      (await h1.run(['curl', '--silent', 'http://elepherd:7434/hello'], { mayFail: true })).exitCode,
    ).toBe(7);
  });

  test('this machine reaches a host through a forwarded port, and hears when nobody listens there', async () => {
    const forward = await lab.forward('h2', 8000);
    expect((await (await fetch(`http://127.0.0.1:${String(forward.port)}/hostname`)).text()).trim()).toBe(
      'h2',
    );
    forward.close();
    await expect(lab.connect('h2', 8001)).rejects.toThrow('ECONNREFUSED');
  });

  test('a cut link is silence, and heals', async () => {
    await h2.cutLink();
    expect(await answersPing(h1, 'h2')).toBe(false);
    expect((await h2.run(['cat', '/sys/class/net/eth0/carrier'], { mayFail: true })).stdout.trim()).toBe('0');
    await h2.healLink();
    await expect.poll(() => answersPing(h1, 'h2'), healing).toBe(true);
    await h2.cutLink({ keepCarrier: true });
    expect((await h2.run(['cat', '/sys/class/net/eth0/carrier'])).stdout.trim()).toBe('1');
    expect(await answersPing(h1, 'h2')).toBe(false);
    await h2.healLink();
    await expect.poll(() => answersPing(h1, 'h2'), healing).toBe(true);
  });

  test('traffic can be blocked between two machines only', async () => {
    await lab.blockTraffic('h1', 'h2');
    expect(await answersPing(h1, 'h2')).toBe(false);
    expect(await answersPing(h1, 'client')).toBe(true);
    await lab.unblockTraffic('h1', 'h2');
    await expect.poll(() => answersPing(h1, 'h2'), healing).toBe(true);
  });

  test('a frozen host does nothing and then goes on', async () => {
    await h2.freeze();
    const ask = ['curl', '--silent', '--max-time', '1', 'http://h2:8000/hostname'];
    expect((await h1.run(ask, { mayFail: true })).exitCode).toBe(28);
    await h2.thaw();
    expect((await h1.run(ask)).stdout.trim()).toBe('h2');
  });

  test('a process is killed by what its command line says', async () => {
    expect(await h2.signal('http.server', 'KILL')).toBe(1);
    await expect
      .poll(async () => (await h2.run(['systemctl', 'show', '--property=Result', 'web'])).stdout.trim())
      .toBe('Result=signal');
  });

  test('a full disk is full for its host only', async () => {
    await h2.fillDisk();
    const write = ['dd', 'if=/dev/zero', 'of=/var/more', 'bs=1M', 'count=1'];
    expect((await h2.run(write, { mayFail: true })).stderr).toContain('No space left on device');
    await h1.run(write);
    await h2.freeDisk();
    await h2.run(write);
  });

  test('a host loses its processes and its memory to a power cut, not its disk', async () => {
    await h1.writeFile('/var/lib/postgresql/kept', 'kept', 'postgres', '0600');
    await h1.writeFile('/run/lost', 'lost');
    const bootId = await h1.readFile('/proc/sys/kernel/random/boot_id');
    await h1.powerCut();
    expect(await h1.isOn()).toBe(false);
    expect(await answersPing(h2, 'h1')).toBe(false);
    await expect(h1.run(['true'])).rejects.toThrow('h1 is off');
    expect(await h1.boot()).toBe('running');
    expect(await h1.readFile('/var/lib/postgresql/kept')).toBe('kept');
    expect((await h1.run(['stat', '--format=%U %a', '/var/lib/postgresql/kept'])).stdout.trim()).toBe(
      'postgres 600',
    );
    expect((await h1.run(['cat', '/run/lost'], { mayFail: true })).exitCode).toBe(1);
    expect(await h1.readFile('/proc/sys/kernel/random/boot_id')).not.toBe(bootId);
    expect(await answersPing(h2, 'h1')).toBe(true);
  });

  test(
    'a host that reboots itself comes back, and one that is shut down stays off',
    { timeout: 60_000 },
    async () => {
      const before = await h1.readFile('/proc/sys/kernel/random/boot_id');
      await h1.run(['systemctl', 'reboot', '--no-block']);
      await expect
        .poll(() => h1.readFile('/proc/sys/kernel/random/boot_id').catch(() => before), { timeout: 20_000 })
        .not.toBe(before);
      expect(await h1.waitUntilUp()).toBe('running');
      await h1.powerOff();
      expect(await h1.isOn()).toBe(false);
      expect(await h1.boot()).toBe('running');
    },
  );
});

describe.skipIf(why !== undefined)('a lab whose owner was killed', () => {
  test('is swept by the next one, and nothing of it is left', { timeout: 120_000 }, async () => {
    const name = 'lab-orphan';
    const program = `
      import { createLab } from ${JSON.stringify(fileURLToPath(new URL('./lab.ts', import.meta.url)))}
      const lab = await createLab({ name: '${name}', hosts: 1, diskBytes: 256 * 1024 ** 2, limits: { memoryBytes: 512 * 1024 ** 2, cpuCores: 1 } })
      lab.spawnAt('client', ['sleep', '1000'])
      console.log('up')
    `;
    const owner = spawn(nodeProgram, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(owner.stdout, 'data');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const group = await groupOf(name);
    expect(await isPopulated(group)).toBe(true);
    await sweepDeadLabs(() => undefined);
    expect(existsSync(group)).toBe(false);
    expect(existsSync(labFolder(name))).toBe(false);
    expect(await findLab(name)).toBeUndefined();
    expect((await readdir('/run/netns')).filter((entry) => entry.startsWith(`elab-${name}`))).toEqual([]);
    expect(await readFile('/proc/self/mounts', 'utf8')).not.toContain(name);
  });
});
