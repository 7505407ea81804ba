import { execFile, spawnSync } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { findPrograms } from './templates.ts';

const major = [18, 17, 16, 15, 14, 13].find((one) => findPrograms(one) !== undefined) ?? 0;
const nobody = 65_534;

/** What an agent that is not root does with sandboxes, told as one JSON line; it runs as a process of its own. */
const story = `
  import { randomUUID } from 'node:crypto';
  import { existsSync, readdirSync } from 'node:fs';
  import { Sandboxes } from '#src/fleet/agent/sandboxes/sandboxes.ts';
  import { defaultSandboxLimits } from '#src/fleet/contract/sandboxes.ts';
  import { newPassword, templateDigest } from '#src/fleet/server/sandboxes/rules.ts';
  import pg from 'pg';
  const [folder, version] = process.argv.slice(1);
  const pgVersion = Number(version);
  const all = await Sandboxes.open(folder);
  const template = { name: 'herd', digest: templateDigest('create table herd (id int)', []) };
  await all.prepareTemplate({ pgVersion, template, initSql: 'create table herd (id int)', extensions: [] });
  const { password, verifier } = newPassword();
  const told = [];
  for (const memoryBacked of [false, true]) {
    const id = randomUUID();
    const answer = await all.start({ id, pgVersion, template, memoryBacked, address: null, passwordVerifier: verifier,
      tls: null, limits: { ...defaultSandboxLimits, diskMb: 64, statementSeconds: 30 },
      expiresAt: new Date(Date.now() + 60000).toISOString() });
    const enter = async () => {
      const client = new pg.Client({ host: '127.0.0.1', port: answer.port, user: 'sandbox', password, database: 'sandbox' });
      client.on('error', () => {});
      await client.connect();
      return client;
    };
    const client = await enter();
    const refused = await client.query("copy herd from program 'id'").then(() => null, (error) => error.code);
    await all.reset(id);
    const again = await enter();
    const filled = await again.query("create table big as select repeat(md5(i::text), 30) t from generate_series(1, 200000) i").then(() => null, (error) => error.code);
    for (let i = 0; i < 400 && !all.look().ended.some((one) => one.id === id); i++) await new Promise((done) => setTimeout(done, 50));
    told.push({ storage: answer.storage, enforced: answer.limitsEnforced, refused, filled, ended: all.look().ended.map((one) => one.reason),
      left: existsSync(folder + '/' + id), inMemory: readdirSync('/dev/shm').filter((name) => name.includes(id)) });
  }
  await all.close();
  console.log(JSON.stringify({ uid: process.getuid(), told }));
  process.exit(0);
`;

const isRoot = process.getuid?.() === 0;
const as = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : [];
/** Below a folder that only root may enter, nobody else can read this project, and then there is nothing to run. */
const isReadable =
  !isRoot ||
  spawnSync(as[0] ?? '', [...as.slice(1), 'test', '-r', join(process.cwd(), 'package.json')]).status === 0;

test.runIf(major > 0 && isReadable)(
  'without root a sandbox is a plain copy, says what it does not keep, and is stopped at its disk limit',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'elepherd-sbu-'));
    if (isRoot) await chown(folder, nobody, nobody);
    const [program = '', ...args] = [
      ...as,
      process.execPath,
      '--input-type=module',
      '-e',
      story,
      folder,
      String(major),
    ];
    try {
      const { stdout } = await promisify(execFile)(program, args, { timeout: 100_000 });
      const said = JSON.parse(stdout) as { uid: number; told: { storage: string; ended: string[] }[] };
      expect(said.uid).not.toBe(0);
      const honest = {
        memory: 'no',
        cpu: 'no',
        disk: 'watched',
        statements: 'watched',
        network: 'postgres',
        files: 'postgres',
      };
      const common = { enforced: honest, refused: '42501', left: false, inMemory: [] };
      expect(said.told).toMatchObject([
        { ...common, ended: ['disk'] },
        { ...common, ended: ['disk', 'disk'], storage: 'copy-memory' },
      ]);
      expect(said.told[0]?.storage).toMatch(/^(?:copy|reflink)-disk$/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
