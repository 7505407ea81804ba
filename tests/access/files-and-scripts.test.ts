// Over 300 lines: every file and every script that a host is given, against the same hostile texts.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { psqlHeader } from '#src/fleet/agent/tasks/run-sql.ts';
import { EnrolRequest } from '#src/fleet/contract/agents.ts';
import { CreateCluster, Settings, SqlName } from '#src/fleet/contract/clusters.ts';
import { HostAddress } from '#src/fleet/contract/hosts.ts';
import { PlacedDirectory, PlacedFile, Service, taskKinds } from '#src/fleet/contract/tasks.ts';
import {
  type ClusterSpec,
  etcdService,
  hbaLines,
  patroniService,
} from '#src/fleet/server/clusters/files.rules.ts';
import { portsOf } from '#src/fleet/server/clusters/plan.rules.ts';
import { poolerService, routerService } from '#src/fleet/server/clusters/routing.rules.ts';
import { ownedSettings } from '#src/fleet/server/clusters/sizing.rules.ts';
import { scramVerifier, scripts, type ScriptName } from '#src/fleet/server/contents/rules.ts';
import { slug } from '#src/platform/contract/text.ts';
import { testDatabase } from '#tests/support/database.ts';

const database = await testDatabase();

const hostile = [
  'two words',
  'with\nanother: line',
  'with\r\nanother',
  'a\u0000b',
  'a\u0085b',
  'a\u2028b',
  'a\u202eb',
  `it's`,
  '"quoted"',
  '../../etc',
  '..%2f',
  '$(reboot)',
  '`reboot`',
  '-rf',
  '--config=x',
  'a;b',
  'a#b',
  '# comment',
  '{a: b}',
  '[a]',
  '&a',
  '*a',
  '!!python/object:os.system',
  '%n',
  'x'.repeat(10_000),
  '🐘',
  '',
  ' ',
  '0.0.0.0/0 trust',
  '0.0.0.0/0',
  'all',
  'samenet',
  'samehost',
  '.example.com',
  '10.0.0.1 trust\nhost all all all trust #',
  '1.2.3',
];

test.each(hostile)('%j is no name of a cluster, a host, a role, a path or a unit', (text) => {
  expect(CreateCluster.safeParse({ name: text }).success).toBe(/^[a-z]{3,40}$/.test(text));
  expect(HostAddress.safeParse(text).success).toBe(false);
  expect(
    EnrolRequest.safeParse({
      token: 'x'.repeat(32),
      hostName: 'h',
      certificateRequest: 'c',
      address: text,
    }).success,
  ).toBe(false);
  if (!/^[a-z]+$/.test(text)) expect(SqlName.safeParse(text).success).toBe(false);
  const file = { path: `/etc/patroni/${text}`, content: '', mode: '0600', owner: 'root' };
  if (!/^[\w-]+$/.test(text)) {
    const isPlain = /^[\w./@-]{1,200}$/.test(text) && !text.startsWith('..');
    expect(PlacedFile.safeParse(file).success).toBe(isPlain);
  }
  // Words like `all` are names as good as others, but for an address.
  const isPlainWord = /^[a-z]{1,60}$/.test(text);
  const agentNames: [keyof typeof taskKinds, object][] = [
    ['control-service', { name: isPlainWord ? 'A' : text, action: 'stop' }],
    ['remove-service', { name: 'fine', files: [`/etc/patroni/../${text}`] }],
    ['remove-data', { directory: `/var/lib/postgresql/${text}` }],
    ['install-packages', { packages: [`${text}=1`] }],
    // Any other text is the name of a database, and nothing but its name.
    ['run-sql', { pgVersion: 17, port: 5432, script: '', database: `${text}\0` }],
    ['ask-etcd', { name: 'a', clientPort: 1, command: 'add-member', peerUrl: `https://a:1 ${text}` }],
    [
      'ask-patroni',
      {
        name: isPlainWord ? 'A' : text,
        port: 1,
        method: 'GET',
        path: '/cluster',
      },
    ],
  ];
  for (const [kind, input] of agentNames) {
    expect(taskKinds[kind].input.safeParse(input).success, kind).toBe(false);
  }
});

test('no task removes or writes anything but what belongs to one cluster', () => {
  for (const path of [
    '/',
    '/var/lib/postgresql',
    '/var/lib/postgresql/',
    '/var/lib/postgresql/17',
    '/var/lib/postgresql/17/',
    '/var/lib/postgresql/17/.',
    '/var/lib/postgresql/17/../16/x',
    '/var/lib/postgresql/17//x',
    '/var/lib/etcd',
    '/var/lib/etcd/.',
    '/var/lib/mysql/x',
    '/etc/passwd',
    '/home/x',
  ]) {
    expect(PlacedDirectory.shape.path.safeParse(path).success, path).toBe(false);
    expect(taskKinds['remove-data'].input.safeParse({ directory: path }).success, path).toBe(false);
    expect(PlacedFile.shape.path.safeParse(path).success, path).toBe(false);
  }
});

const name = fc
  .stringMatching(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/)
  .filter((text) => slug.safeParse(text).success);
/** Names that YAML 1.1 or 1.2 could take for something else than text. */
const trickyName = fc.constantFrom('null', 'true', 'yes', 'off', 'nan', 'inf', 'e10', 'a-1', 'no-1');
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    ...hostile,
    'on',
    'off',
    'yes',
    'no',
    '12:30:00',
    '0x1f',
    '1e3',
    '~',
    'null',
    '=',
    '<<',
    '- a',
    'a: b',
    `'`,
    '"',
    '\\',
  ),
);
const settings = fc
  .dictionary(fc.stringMatching(/^[a-z_]{2,20}(\.[a-z_]{2,20})?$/), text, { maxKeys: 6 })
  .filter((value) => Settings.safeParse(value).success);
const address = fc
  .oneof(fc.ipV4(), fc.ipV6(), fc.domain(), text)
  .filter((value) => HostAddress.safeParse(value).success)
  .map((value) => HostAddress.parse(value));
const network = fc.oneof(
  fc.ipV4().map((ip) => `${ip}/24`),
  fc.constantFrom('0.0.0.0/0', '::/0', '10.0.0.0/8'),
);

const spec: fc.Arbitrary<ClusterSpec> = fc
  .record({
    name: fc.oneof(name, trickyName),
    addresses: fc.uniqueArray(address, { minLength: 1, maxLength: 4 }),
    networks: fc.array(network, { maxLength: 3 }),
    settings,
    pgVersion: fc.integer({ min: 13, max: 18 }),
    password: fc.stringMatching(/^[\w-]{32}$/),
  })
  .map((wish) => ({
    name: wish.name,
    scope: `${wish.name}-1a2b`,
    pgVersion: wish.pgVersion,
    protection: 'async',
    recovery: 'normal',
    networks: wish.networks,
    ports: portsOf(3),
    settings: wish.settings,
    authority: 'PEM',
    passwords: {
      replication: wish.password,
      rewind: wish.password,
      patroni: wish.password,
      pooler: wish.password,
    },
    members: wish.addresses.map((one, i) => ({
      name: `${wish.name}-${i + 1}`,
      address: one,
      kind: 'server',
      hasEtcd: true,
    })),
  }));

const pair = { certificate: 'C', key: 'K' };
const contentOf = (service: Service, ending: string) =>
  service.files.find((file) => file.path.endsWith(ending))?.content ?? '';

test('no name, address, network, setting or password adds a line or a key to a file', () => {
  fc.assert(
    fc.property(spec, (made) => {
      const [member] = made.members;
      if (!member) throw new Error('no member');
      const servers = made.members.length;
      const etcd = etcdService(made, member, pair, 'new');
      const patroni = patroniService(made, member, pair);
      const [router, pooler] = [routerService(made), poolerService(made)];
      // The agent takes them: names, titles, arguments and paths are what it allows.
      for (const service of [etcd, patroni, router, pooler])
        expect(Service.safeParse(service).error).toBe(undefined);

      const config = parse(contentOf(patroni, '.yml')) as Record<string, unknown>;
      expect(Object.keys(config)).toEqual([
        'scope',
        'namespace',
        'name',
        'restapi',
        'ctl',
        'etcd3',
        'bootstrap',
        'postgresql',
        'tags',
      ]);
      expect(config['scope']).toBe(made.scope);
      expect(config['name']).toBe(member.name);
      const { dcs } = config['bootstrap'] as { dcs: { postgresql: Record<string, unknown> } };
      const { archive_command, archive_mode, archive_timeout, ...wished } = dcs.postgresql[
        'parameters'
      ] as Record<string, string>;
      expect({ archive_command, archive_mode, archive_timeout }).toEqual({
        archive_command: '/bin/true',
        archive_mode: 'on',
        archive_timeout: '0',
      });
      expect(wished).toEqual(made.settings);
      const lines = dcs.postgresql['pg_hba'] as string[];
      expect(lines).toEqual(hbaLines(made));

      const fixed = hbaLines({ ...made, members: [], networks: [] }).length;
      expect(lines.length).toBe(fixed + 3 * servers + made.networks.length);
      for (const line of lines) {
        expect(line).toMatch(
          /^(local|host|hostssl) [a-z]+ [a-z]+ ([0-9a-f.:/]+ |[a-z0-9.-]+ )?(peer|scram-sha-256|reject)$/,
        );
      }
      expect(lines.filter((line) => / all all (all|samenet|samehost) /.test(line))).toEqual([
        'host all all all reject',
      ]);
      expect(lines.at(-1)).toBe('host all all all reject');

      const etcdConfig = parse(contentOf(etcd, '.yml')) as Record<string, string>;
      expect(etcdConfig['name']).toBe(member.name);
      expect(String(etcdConfig['initial-cluster']).split(',')).toHaveLength(servers);

      const cfg = contentOf(router, '.cfg').split('\n');
      const one = contentOf(
        routerService({ ...made, members: [{ ...member, address: '10.0.0.1' }] }),
        '.cfg',
      ).split('\n');
      expect(cfg.length).toBe(one.length + 2 * (servers - 1));
      const words = cfg.filter((line) => line.startsWith('    server '));
      expect(words).toHaveLength(2 * servers);
      for (const line of words)
        expect(line.trim().split(' ').slice(0, 2)).toEqual(['server', expect.stringMatching(/^[a-z0-9-]+$/)]);
      expect(new Set(words.map((line) => line.trim().split(' ').length)).size).toBe(1);

      const ini = contentOf(pooler, '.ini').split('\n');
      expect(ini.filter((line) => line.startsWith('['))).toEqual(['[databases]', '[pgbouncer]']);
      for (const line of ini) expect(line).toMatch(/^(;.*|\[\w+\]|[\w*]+ =.*|)$/);
      expect(contentOf(pooler, '.users').split('\n')).toHaveLength(2);
    }),
    { numRuns: 150 },
  );
});

const hasPyYaml = spawnSync('python3', ['-c', 'import yaml']).status === 0;
test.skipIf(!hasPyYaml)('Patroni’s own reader of YAML sees the same as ours', () => {
  const made = fc.sample(spec, { numRuns: 60, seed: 7 });
  const files = made.flatMap((one) => {
    const [member] = one.members;
    return member ? [contentOf(patroniService(one, member, pair), '.yml')] : [];
  });
  const program =
    'import sys, json, yaml; json.dump([yaml.safe_load(t) for t in json.load(sys.stdin)], sys.stdout)';
  const read = JSON.parse(
    execFileSync('python3', ['-c', program], { input: JSON.stringify(files), encoding: 'utf8' }),
  ) as unknown[];
  expect(read).toEqual(files.map((file) => parse(file) as unknown));
});

test('settings that run programs or write files on a host belong to Elepherd', () => {
  const dangerous = [
    'archive_command',
    'restore_command',
    'archive_cleanup_command',
    'recovery_end_command',
    'ssl_passphrase_command',
    'archive_library',
    'jit_provider',
    'dynamic_library_path',
    'log_directory',
    'log_filename',
    'data_directory',
    'hba_file',
    'primary_conninfo',
  ];
  expect(dangerous.filter((one) => !ownedSettings.has(one))).toEqual([]);
});

const psql = ['18', '17', '16', '15', '14', '13']
  .map((version) => `/usr/lib/postgresql/${version}/bin/psql`)
  .find((path) => existsSync(path));

/** Runs a script of changes as the agent does. */
function change(script: ScriptName, variables: Record<string, string>): { ok: boolean; said: string } {
  const ran = spawnSync(
    psql ?? '',
    ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--file=-', database.url],
    {
      input: `${psqlHeader(variables, 'm'.repeat(32))}${scripts[script]}\n`,
      encoding: 'utf8',
      env: { PGCLIENTENCODING: 'UTF8', LC_ALL: 'C.UTF-8' },
    },
  );
  return { ok: ran.status === 0, said: ran.stderr };
}

const rolesNow = async () =>
  (await database.pool.query(`select rolname, rolsuper, rolcanlogin from pg_roles order by 1`)).rows as {
    rolname: string;
    rolsuper: boolean;
  }[];
const role = (wished: string, more: Record<string, string> = {}) => ({
  name: wished,
  can_login: 'true',
  connection_limit: '-1',
  member_of: '',
  mark: 'one',
  verifier: scramVerifier('secret secret'),
  ...more,
});

test.skipIf(psql === undefined)('a name in a script is a name, whatever is in it', async () => {
  await database.pool.query('create table canary (x int)');
  for (const wished of hostile.filter((one) => one.length > 0 && one.length < 60 && !one.includes('\0'))) {
    const before = await rolesNow();
    expect(change('create-role', role(wished)), wished).toMatchObject({ ok: true });
    const after = await rolesNow();
    expect(after.filter((one) => !before.some((other) => other.rolname === one.rolname))).toEqual([
      { rolname: wished, rolsuper: false, rolcanlogin: true },
    ]);
    expect(change('set-password', { name: wished, verifier: `x' superuser --` }).ok).toBe(true);
    expect((await rolesNow()).filter((one) => one.rolsuper)).toEqual(before.filter((one) => one.rolsuper));
    expect(change('drop-role', { name: wished }).ok, wished).toBe(true);
    expect(await rolesNow()).toEqual(before);
  }
  expect((await database.pool.query('select count(*)::int as n from canary')).rows).toEqual([{ n: 0 }]);
});

test.skipIf(psql === undefined)(
  'making a role twice is one change, and takes over nobody else’s',
  async () => {
    expect(change('create-role', role('twice')).ok).toBe(true);
    expect(change('create-role', role('twice')).ok).toBe(true);
    const hashOf = async () =>
      (await database.pool.query(`select rolpassword from pg_authid where rolname = 'twice'`)).rows[0];
    const before = await hashOf();
    const other = change('create-role', role('twice', { mark: 'two' }));
    expect(other).toMatchObject({
      ok: false,
      said: expect.stringContaining('There is a role twice already'),
    });
    expect(other.said).not.toContain('CONTEXT');
    expect(await hashOf()).toEqual(before);
    change('drop-role', { name: 'twice' });
  },
);

test.skipIf(psql === undefined)('nobody becomes a superuser by changing roles', async () => {
  const { pool } = database;
  await pool.query(`create role dba superuser login; create role files login; grant pg_write_server_files to files;
    create role indirect login; grant files to indirect`);
  try {
    for (const strong of ['dba', 'files', 'indirect']) {
      const why = expect.stringContaining(`The role ${strong} may do more`);
      expect(change('set-password', { name: strong, verifier: 'x' })).toMatchObject({ ok: false, said: why });
      expect(change('drop-role', { name: strong })).toMatchObject({ ok: false, said: why });
      expect(change('create-role', role('climber', { member_of: strong }))).toMatchObject({
        ok: false,
        said: why,
      });
      expect(change('create-role', role(strong)).ok).toBe(false);
    }
    expect((await rolesNow()).map((one) => one.rolname)).not.toContain('climber');
  } finally {
    await pool.query('drop role dba, indirect, files');
  }
});
