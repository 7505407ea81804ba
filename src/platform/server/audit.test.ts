import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { audit, verifyAudit } from './audit.ts';
import { inTransaction } from './context.ts';

const { db } = database;

const rows = async () =>
  (await db.selectFrom('platform.audit').select('id').orderBy('id').execute()).map((row) => row.id);

test('the chain verifies: one after another, many at once, and with transactions that were rolled back', async () => {
  const ctx = await testContext({ may: ['*'] });
  expect(await verifyAudit(db)).toEqual({ rows: 0, brokenAt: null, head: null });
  await audit(ctx, 'platform.test.first', null, { text: '象群 "quoted" \n', nested: { n: 1.5 } });
  await inTransaction({ ...ctx, ip: '2001:db8::1', requestId: 'r-12345678' }, (tx) =>
    audit(tx, 'platform.test.second', 'x'),
  );
  await inTransaction(ctx, async (tx) => {
    await audit(tx, 'platform.test.gone', null);
    throw new Error('rolled back');
  }).catch(() => {});
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      inTransaction(ctx, (tx) => audit(tx, 'platform.test.many', String(n))),
    ),
  );
  expect(await verifyAudit(db)).toMatchObject({ rows: 22, brokenAt: null });
  expect(await rows()).toEqual(Array.from({ length: 22 }, (_, n) => n + 1));
});

test('update, delete and truncate are refused, also for the owner of the table', async () => {
  await expect(sql`update platform.audit set actor_name = 'somebody else'`.execute(db)).rejects.toThrow(
    'never changed or removed',
  );
  await expect(sql`delete from platform.audit where id = 1`.execute(db)).rejects.toThrow(
    'never changed or removed',
  );
  await expect(sql`truncate platform.audit`.execute(db)).rejects.toThrow('never changed or removed');
  expect(await verifyAudit(db)).toMatchObject({ rows: 22, brokenAt: null });
});

test.for([
  ['the name of an actor', `update platform.audit set actor_name = 'x' where id = 7`, 7],
  ['a detail', `update platform.audit set details = '{"n": 2}' where id = 1`, 1],
  ['the time', `update platform.audit set at = at + interval '1 microsecond' where id = 5`, 5],
  ['the address', `update platform.audit set ip = null where id = 2`, 2],
  ['a row that is gone', `delete from platform.audit where id = 9`, 10],
  ['the first row that is gone', `delete from platform.audit where id = 1`, 2],
  [
    'a changed row with a hash made to fit',
    `with changed as (update platform.audit set actor_name = 'x' where id = 7 returning *)
      select set_config('test.hash', encode(sha256(previous_hash || convert_to(platform.audit_content(changed), 'UTF8')), 'hex'), true) from changed;
      update platform.audit set hash = decode(current_setting('test.hash'), 'hex') where id = 7`,
    8,
  ],
  [
    'a row put in between',
    `insert into platform.audit overriding system value select 0, at, org_id, actor_kind, actor_id, actor_name, ip,
      request_id, action, subject_id, details, previous_hash, hash from platform.audit where id = 22`,
    0,
  ],
] as const)('a change behind the triggers is found: %s', async ([, change, at]) => {
  const undo = new Error('undone');
  await db
    .transaction()
    .execute(async (tx) => {
      await sql`alter table platform.audit disable trigger user`.execute(tx);
      for (const statement of change.split(';')) {
        const { numAffectedRows, rows: answered } = await sql.raw(statement).execute(tx);
        expect(Number(numAffectedRows ?? answered.length)).toBe(1);
      }
      expect((await verifyAudit(tx)).brokenAt).toBe(at);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
});

test('rows cut off at the end change the head', async () => {
  const before = await verifyAudit(db);
  const undo = new Error('undone');
  await db
    .transaction()
    .execute(async (tx) => {
      await sql`alter table platform.audit disable trigger user`.execute(tx);
      await sql`delete from platform.audit where id = 22`.execute(tx);
      expect(await verifyAudit(tx)).toMatchObject({
        rows: 21,
        brokenAt: null,
        head: expect.not.stringContaining(before.head!),
      });
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
});
