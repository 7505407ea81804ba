import { expect, test } from 'vitest';
import type { ServerSeen } from '#src/fleet/contract/hosts.ts';
import { startTestCli } from '#tests/support/cli.ts';
import { database } from '#tests/support/context.ts';
import { someFacts, someHost } from '#tests/support/hosts.ts';

const cli = await startTestCli();
const { db } = database;

for (const [index, name] of ['db-1', 'db-2', 'db-3', 'small-1'].entries()) {
  await someHost(cli.owner, name, someFacts({ addresses: [`10.0.0.${index + 1}`] }));
}
await db.updateTable('fleet.host').set({ failure_domain: '机柜 A' }).where('name', '=', 'db-1').execute();

/** Makes a cluster look as if its hosts had built it: three servers, the first of them primary. */
async function pretendReady(name: string): Promise<void> {
  const cluster = await db
    .updateTable('fleet.cluster')
    .set({ phase: 'ready' })
    .where('name', '=', name)
    .returning(['id', 'scope'])
    .executeTakeFirstOrThrow();
  await db.updateTable('platform.operation').set({ state: 'succeeded', ended_at: new Date() }).execute();
  const members = await db
    .updateTable('fleet.member')
    .set({ phase: 'ready' })
    .where('cluster_id', '=', cluster.id)
    .returning(['name', 'host_id'])
    .execute();
  members.sort((a, b) => a.name.localeCompare(b.name));
  const seenMembers = members.map(({ name }, index) => ({
    name,
    role: index === 0 ? 'leader' : 'replica',
    state: index === 0 ? 'running' : 'streaming',
    timeline: 2,
    lagBytes: index === 0 ? null : index * 3000,
    pendingRestart: false,
  }));
  for (const [index, member] of members.entries()) {
    const seen: ServerSeen = {
      name: `patroni-${cluster.scope}`,
      running: true,
      role: index === 0 ? 'primary' : index === 1 ? 'sync_standby' : 'replica',
      state: 'running',
      timeline: 2,
      position: 1_000_000,
      pendingRestart: index === 2,
      members: seenMembers,
      paused: false,
      seenAt: new Date().toISOString(),
    };
    await db
      .updateTable('fleet.host')
      .set({ servers: JSON.stringify([seen]) })
      .where('id', '=', member.host_id)
      .execute();
  }
}

test.each(['en', 'zh-CN'])('hosts, in %s', async (language) => {
  const lines = [
    'host list',
    'host list --quiet',
    'host show db-1',
    'host show db-9',
    'host show ../clusters',
    'host update db-2 --failure-domain rack-7',
    'host update db-2',
    'host update db-2 --name "no spaces"',
    'host drain db-3',
    'host undrain db-3',
    'host remove small-1',
    'host add --name db-4 --server-url https://elepherd.example.com:7434 --quiet',
  ];
  const shown = await cli.transcript(lines.map((line) => `${line} --lang ${language}`));
  const steady = shown
    .replace(/sha256:[0-9a-f]+|(?<=[=\s'])[\w-]{40,}/g, 'SECRET')
    .replace(/\d+ min ago/g, 'N min ago');
  await expect(steady).toMatchFileSnapshot(`golden/hosts.${language}.txt`);
});

test.each(['en', 'zh-CN'])('clusters, in %s', async (language) => {
  await db.updateTable('fleet.host').set({ servers: '[]' }).execute();
  await db.deleteFrom('fleet.cluster').execute();
  await db.updateTable('fleet.host').set({ failure_domain: null }).where('name', '=', 'db-2').execute();
  const inLanguage = (line: string) => `${line} --lang ${language}`;
  const before = await cli.transcript(
    [
      'cluster list',
      'cluster preview orders --members 2',
      'cluster create orders --members 1 --protection sync',
      'cluster create orders --members 9',
      'cluster create "Orders; drop"',
      'cluster create orders --host db-9',
      'cluster create orders --host db-1 --host db-2 --host db-3 --protection sync --network 10.0.0.0/8 --set work_mem=64MB',
      'cluster create orders',
      'cluster list',
      'cluster show orders',
      'cluster show nothing',
    ].map(inLanguage),
  );
  await pretendReady('orders');
  const after = await cli.transcript(
    [
      'cluster list',
      'cluster list --quiet',
      'cluster show orders',
      'cluster url orders --kind nonsense',
      'cluster connection orders --kind routed',
      'cluster switchover orders --to nobody',
      'cluster delete orders',
      'cluster delete orders --yes',
      'cluster unprotect orders',
      'cluster delete orders --yes --grace-hours 900',
    ].map(inLanguage),
  );
  const steady = (before + after).replace(
    /orders-[a-z0-9]{4,}/g,
    (word) => `orders-${'x'.repeat(word.length - 7)}`,
  );
  await expect(steady).toMatchFileSnapshot(`golden/clusters.${language}.txt`);
});

test('a URL alone goes to standard output, fit for psql "$(…)"', async () => {
  const { code, out, errors } = await cli.run('cluster url orders');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(out).toMatch(/^postgresql:\/\/[^\s]+\n$/);
  expect((await cli.run('cluster connection orders --authority')).out).toMatch(
    /^-----BEGIN CERTIFICATE-----\n[^]+-----\n$/,
  );
});

test("--json is exactly the API's answer", async () => {
  const { out } = await cli.run('cluster list --json --limit 1');
  const parsed = JSON.parse(out) as { items: unknown[] };
  expect(out).toBe(`${JSON.stringify(parsed)}\n`);
  expect(parsed.items).toHaveLength(1);
  const refused = await cli.run('cluster show nothing --json');
  expect(refused).toMatchObject({ code: 4, out: '' });
  expect(JSON.parse(refused.errors)).toMatchObject({ code: 'not_found', status: 404 });
});

test('pages say how to go on', async () => {
  const first = await cli.run('host list --quiet --limit 3');
  expect(first.out.trim().split('\n')).toHaveLength(3);
  const shown = await cli.run('host list --limit 3');
  const cursor = /--cursor (\S+)/.exec(shown.errors)?.[1];
  expect((await cli.run(`host list --quiet --limit 3 --cursor ${cursor}`)).out).toBe('small-1\n');
});

test('create --wait-timeout shows the steps, ends with 124, and says how to look again', async () => {
  const { code, out, errors } = await cli.run('cluster create waited --host small-1 --wait-timeout 0.5');
  expect(code).toBe(124);
  expect(out).toBe('');
  expect(errors).toContain('Check the hosts: begun');
  expect(errors).toMatch(/Look again with: elepherd operation watch [0-9a-f-]{36}/);
});

test('names that want to break out are refused with one sentence, and nothing changes', async () => {
  const countOf = async () => (await db.selectFrom('fleet.cluster').select('id').execute()).length;
  const before = await countOf();
  for (const name of [
    "'a b'",
    '../../x',
    '"a\nb"',
    '"\'; drop table x"',
    'a'.repeat(10_000),
    '%2e%2e',
    'ÄÖ',
  ]) {
    const made = await cli.run(`cluster create ${name}`);
    expect(made.code, name).toBe(1);
    expect(made.errors.length, name).toBeLessThan(600);
    const shown = await cli.run(`cluster show ${name}`);
    expect([1, 4], name).toContain(shown.code);
  }
  expect(await countOf()).toBe(before);
});
