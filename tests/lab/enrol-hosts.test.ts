import { afterAll, beforeAll, expect, test } from 'vitest';
import { getHost } from '#src/fleet/server/hosts/queries.ts';
import { eventually, newEnrolment, openAgentPort, untilOnline } from '#tests/support/agent-port.ts';
import { testContext } from '#tests/support/context.ts';
import { createLab, type Lab } from '#tests/support/lab/lab.ts';

const { port } = await openAgentPort();
const ctx = await testContext({ may: ['*'] });
const serverUrl = 'https://elepherd:7434';
let lab: Lab;
let hostId = '';

beforeAll(async () => {
  lab = await createLab({
    name: `enrol${process.pid}`,
    hosts: 1,
    expose: { 7434: port },
    log: (line) => console.log(line),
  });
});
afterAll(async () => lab?.destroy());

const paste = async (command: string) => {
  const began = performance.now();
  const result = await lab.host('h1').run(['sh', '-c', command], { mayFail: true, timeoutSeconds: 120 });
  return { ...result, seconds: (performance.now() - began) / 1000 };
};

test('the pasted command makes a machine a host, online within seconds', async () => {
  const { command } = await newEnrolment(ctx, { serverUrl });
  const said = await paste(command);
  console.log(said);
  expect(said.exitCode).toBe(0);
  expect(said.stdout).toContain('done. This machine is host');
  const enrolled = await eventually(
    () => import('#src/fleet/server/hosts/queries.ts').then((q) => q.listHosts(ctx, { limit: 10 })),
    (page) => page.items.length === 1,
  );
  hostId = enrolled.items[0]!.id;
  const host = await untilOnline(ctx, hostId);
  console.log(JSON.stringify(host));
  expect(host).toMatchObject({ name: 'host-h1', address: lab.host('h1').ip, agentUpToDate: true });
  expect(host.facts).toMatchObject({ systemd: true, root: true, os: { id: 'debian', version: '13' } });
  console.log(await lab.host('h1').journal('elepherd-agent'));
  console.log(
    (
      await lab
        .host('h1')
        .run(
          ['sh', '-c', 'systemctl status elepherd-agent; grep VmRSS /proc/$(pgrep -f "current run")/status'],
          { mayFail: true },
        )
    ).stdout,
  );
});

test('the same command again on a host that is one changes nothing', async () => {
  const { command } = await newEnrolment(ctx, { serverUrl });
  const said = await paste(command);
  expect(said).toMatchObject({ exitCode: 0 });
  expect(said.stdout).toContain('already');
});

test('a power cut is seen within 15 seconds, and the host comes back by itself after it boots', async () => {
  const host = lab.host('h1');
  const cutAt = Date.now();
  await host.powerCut();
  await eventually(
    () => getHost(ctx, hostId),
    (h) => !h.online,
    20,
  );
  const seconds = (Date.now() - cutAt) / 1000;
  console.log(`offline after ${seconds} s`);
  expect(seconds).toBeLessThan(15);
  await host.boot();
  const bootedAt = Date.now();
  await eventually(
    () => getHost(ctx, hostId),
    (h) => h.online,
    20,
  );
  console.log(`online ${(Date.now() - bootedAt) / 1000} s after boot`);
});
