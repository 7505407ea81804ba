import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishRelease } from '#src/fleet/server/agents/publish-release.ts';
import { makeKeys } from '#src/fleet/server/certificates/make-keys.ts';
import { revokeCertificate } from '#src/fleet/server/certificates/revoke-certificate.ts';
import { getHost, listHosts } from '#src/fleet/server/hosts/queries.ts';
import { removeHost } from '#src/fleet/server/hosts/remove-host.ts';
import { ensureTask } from '#src/fleet/server/tasks/ensure-task.ts';
import { eventually, newEnrolment, openAgentPort, untilOnline } from '#tests/support/agent-port.ts';
import { database, testContext } from '#tests/support/context.ts';
import { createLab, type Lab } from '#tests/support/lab/lab.ts';

const { port, bundle } = await openAgentPort();
const ctx = await testContext({ may: ['*'] });
const serverUrl = 'https://elepherd:7434';
let lab: Lab;
let hostId = '';

beforeAll(async () => {
  lab = await createLab({ name: `enrol${process.pid}`, hosts: 1, expose: { 7434: port }, log: console.log });
});
afterAll(async () => lab?.destroy());

const host = () => lab.host('h1');
const paste = (command: string, env: Record<string, string> = {}) =>
  host().run(['sh', '-c', command], { mayFail: true, timeoutSeconds: 120, env });
const state = async () =>
  (await host().run(['systemctl', 'is-active', 'elepherd-agent'], { mayFail: true })).stdout.trim();
const until = (isSo: (seen: Awaited<ReturnType<typeof getHost>>) => boolean, seconds: number) =>
  eventually(() => getHost(ctx, hostId), isSo, seconds);

test('who is not root, or has half of the command, is told in one sentence and nothing is made', async () => {
  const { command } = await newEnrolment(ctx, { serverUrl });
  const asNobody = await host().run(['sh', '-c', command], { mayFail: true, user: 'www-data' });
  expect(asNobody.exitCode).not.toBe(0);
  expect(asNobody.stderr.trim().split('\n')).toEqual([expect.stringContaining('must be run as root')]);
  const half = await paste(command.replace(/^export \S+; /, ''));
  expect(half.stderr).toContain('ELEPHERD_TOKEN is missing');
  const wrongPin = await paste(command.replace(/sha256\/\/..../, 'sha256//AAAA'));
  expect(wrongPin.stderr).toContain('pinned');
  const chinese = await paste(command.replace(/^export \S+; /, ''), { LANG: 'zh_CN.UTF-8' });
  expect(chinese.stderr).toContain('缺少 ELEPHERD_TOKEN');
  expect((await host().run(['ls', '/var/lib/elepherd-agent'], { mayFail: true })).exitCode).not.toBe(0);
});

test('the pasted command makes a machine a host, online within seconds, and its token is seen nowhere', async () => {
  const { command, token } = await newEnrolment(ctx, { serverUrl });
  let watching = true;
  const seen = (async () => {
    const all: string[] = [];
    while (watching) {
      all.push((await host().run(['ps', '-eo', 'args'])).stdout);
      await sleep(100);
    }
    return all.join('\n');
  })();
  // The shell itself is started with the command as an argument only here; a person pastes it into one that runs.
  const said = await host().run(['sh'], { input: `${command}\n`, mayFail: true, timeoutSeconds: 120 });
  watching = false;
  expect(said).toMatchObject({ exitCode: 0 });
  expect(said.stdout).toContain('done. This machine is host');
  expect(await seen).toContain('/agent/node');
  expect(await seen).not.toContain(token);

  const { items } = await eventually(
    () => listHosts(ctx, { limit: 10 }),
    (found) => found.items.length === 1,
  );
  hostId = items[0]!.id;
  const found = await untilOnline(ctx, hostId);
  expect(found).toMatchObject({ name: 'host-h1', address: host().ip, agentUpToDate: true });
  expect(found.facts).toMatchObject({
    systemd: true,
    root: true,
    unattendedUpgrades: false,
    os: { id: 'debian', version: '13' },
    libc: expect.stringMatching(/^2\.\d+/),
    icu: expect.stringMatching(/^\d+/),
    cpu: { cores: expect.any(Number), model: expect.any(String) },
    postgresInstalled: [{ major: 17, version: expect.stringContaining('17.') }],
    addresses: [host().ip],
    postgresRunning: [],
  });
  expect(found.facts!.memoryAvailableBytes).toBeGreaterThan(0);
  expect(found.facts!.disks.find(({ mount }) => mount === '/')!.freeBytes).toBeGreaterThan(0);
  expect(Math.abs(found.facts!.timeOffsetSeconds)).toBeLessThan(2);
  expect(found.facts!.parts['patroni']!.installed).toMatch(/^4\./);
  expect(await state()).toBe('active');
});

test('a PostgreSQL that somebody runs there is seen, and is not ours', async () => {
  const bin = '/usr/lib/postgresql/17/bin';
  const asPostgres = (argv: string[]) => host().run(argv, { user: 'postgres', timeoutSeconds: 60 });
  const data = '/var/lib/postgresql/theirs';
  await asPostgres([`${bin}/initdb`, '--pgdata', data, '--no-sync']);
  await asPostgres([
    `${bin}/pg_ctl`,
    '--pgdata',
    data,
    '--wait',
    '--log',
    `${data}/log`,
    '--options=-p 5999',
    'start',
  ]);
  // What a machine is is looked at once a minute, and when its agent starts.
  await host().run(['systemctl', 'restart', 'elepherd-agent']);
  const seen = await until((h) => h.facts!.postgresRunning.length > 0, 90);
  expect(seen.facts!.postgresRunning).toEqual([
    { pid: expect.any(Number), dataDirectory: data, port: 5999, version: '17', managed: false },
  ]);
  expect(seen.facts!.listeningPorts).toContain(5999);
  await asPostgres([`${bin}/pg_ctl`, '--pgdata', data, 'stop']);
});

test('what would make a cluster fail half-way is found before anything is touched, each with what to do', async () => {
  const data = '/var/lib/postgresql/17/orders-1a2b';
  const check = async (key: string, wish: { packages: string[]; needsBytes: number }) => {
    const ports = [{ port: 5432, purpose: 'PostgreSQL' }];
    const input = { ...wish, ports, dataDirectories: [data], members: 3 };
    const task = await eventually(
      () => ensureTask({ db: database.db, operationId: null }, { hostId, kind: 'check-host', key, input }),
      ({ state }) => state !== 'queued' && state !== 'running',
      60,
    );
    return task.output!.findings.map((one) => `${one.check} ${one.level}: ${one.text.en}`).sort();
  };
  const sh = (line: string) => host().run(['sh', '-euc', line]);
  expect(await check('fit', { packages: ['patroni'], needsBytes: 1024 ** 2 })).toEqual([
    'all ok: Nothing stands in the way.',
  ]);

  await sh(`
    systemd-run --quiet --unit=squatter python3 -m http.server 5432
    mkdir -p ${data} && touch ${data}/somebodys-rows
    mv /usr/lib/locale/C.utf8 /root/C.utf8
    touch /usr/bin/unattended-upgrade
    echo 'APT::Periodic::Unattended-Upgrade "1";' > /etc/apt/apt.conf.d/20auto-upgrades
    sed 's/^MemAvailable:.*/MemAvailable:     100000 kB/' /proc/meminfo > /run/meminfo
    mount --bind /run/meminfo /proc/meminfo`);
  await eventually(
    () =>
      host().run(['curl', '--silent', '--output', '/dev/null', 'http://127.0.0.1:5432/'], { mayFail: true }),
    ({ exitCode }) => exitCode === 0,
  );
  const found = await check('unfit', { packages: ['patroni', 'no-such-package'], needsBytes: 2 ** 50 });
  expect(found).toEqual([
    expect.stringMatching(/^data-directory blocker: .*orders-1a2b is not empty.* Move its contents away/),
    expect.stringMatching(/^disk blocker: .*and 1048576.0 GiB are needed. Free some space/),
    expect.stringMatching(/^locale blocker: The locale C.UTF-8 is missing. Install/),
    expect.stringMatching(/^memory blocker: Only 98 MiB of memory are available.* Stop other programs/),
    expect.stringMatching(/^packages blocker: .*do not offer: no-such-package. Run "apt-get update"/),
    expect.stringMatching(/^ports blocker: Port 5432, wanted for PostgreSQL, is taken.* stop or move it/),
    expect.stringMatching(/^unattended-upgrades warning: .*may restart PostgreSQL at night. Exclude/),
  ]);
  expect((await host().run(['ls', data])).stdout).toBe('somebodys-rows\n');
  await sh(`
    umount /proc/meminfo
    systemctl stop squatter
    rm -r ${data} /usr/bin/unattended-upgrade /etc/apt/apt.conf.d/20auto-upgrades
    mv /root/C.utf8 /usr/lib/locale/C.utf8`);
  expect(await check('mended', { packages: ['patroni'], needsBytes: 1024 ** 2 })).toHaveLength(1);
});

test('another command on a host that is one changes nothing', async () => {
  const { command, id } = await newEnrolment(ctx, { serverUrl });
  const said = await paste(command);
  expect(said).toMatchObject({ exitCode: 0 });
  expect(said.stdout).toContain('already');
  const row = await database.db
    .selectFrom('fleet.enrolment')
    .select('used_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(row.used_at).toBeNull();
});

test('an agent that is killed is back within seconds', async () => {
  const pidOf = async () =>
    (await host().run(['pgrep', '--full', 'current run'], { mayFail: true })).stdout.trim();
  const before = await pidOf();
  await host().run(['kill', '-KILL', before]);
  await eventually(pidOf, (pid) => pid !== '' && pid !== before, 10);
  await until((h) => h.online, 5);
});

test('a power cut is seen within 15 seconds, and the host comes back by itself after it boots', async () => {
  const cutAt = Date.now();
  await host().powerCut();
  await until((h) => !h.online, 20);
  expect((Date.now() - cutAt) / 1000).toBeLessThan(15);
  await host().boot();
  await until((h) => h.online, 20);
});

test('a cut cable is seen too, and healed within seconds', async () => {
  await host().cutLink({ keepCarrier: true });
  await until((h) => !h.online, 20);
  await host().healLink();
  await until((h) => h.online, 25);
});

test('a newer agent takes over, and a broken one gives way to it', async () => {
  const { release } = await makeKeys(database.db);
  const newer = await publishRelease(
    database.db,
    release.privateKey,
    Buffer.from(`${bundle.toString()}\n// newer\n`),
  );
  await until((h) => h.online && h.agentVersion === newer.version, 30);
  await publishRelease(
    database.db,
    release.privateKey,
    Buffer.from(`throw new Error('broken on purpose');\n`),
  );
  await eventually(
    () => host().journal('elepherd-agent'),
    (said) => said.includes('was not heard by the server'),
    40,
  );
  await until((h) => h.online && h.agentVersion === newer.version && !h.agentUpToDate, 20);
  await publishRelease(database.db, release.privateKey, bundle);
  await until((h) => h.online && h.agentUpToDate, 30);
});

test('a revoked host is out within seconds, and a new command lets it in again as itself', async () => {
  await revokeCertificate(ctx, hostId);
  await until((h) => !h.online, 20);
  expect(await host().journal('elepherd-agent')).toContain('was revoked');
  const { command } = await newEnrolment(ctx, { serverUrl, hostId });
  expect(await paste(command)).toMatchObject({ exitCode: 0 });
  await until((h) => h.online, 10);
  expect((await listHosts(ctx, { limit: 10 })).items).toHaveLength(1);
});

test('a removed host: its agent stops for good', async () => {
  await removeHost(ctx, hostId);
  await eventually(state, (now) => now !== 'active' && now !== 'activating', 20);
  await sleep(3000);
  expect(await state()).not.toBe('active');
  expect(await host().journal('elepherd-agent')).toContain('was removed from Elepherd');
});
