import { expect, test } from 'vitest';
import type { OfferedPostgres } from '#src/community/contract/runs.ts';
import { anonymous } from '#src/platform/server/context.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database } from '#tests/support/context.ts';
import { theHouse } from '#tests/support/members.ts';
import { namedPostgres } from '#tests/support/named-postgres.ts';
import { getFaq, listFaq } from '../faq/queries.ts';
import { verifyFaq } from '../faq/verify-faq.ts';
import { writeFaq } from '../faq/write-faq.ts';
import { requireMember } from '../members/require-member.ts';
import { providePostgres } from './provide-postgres.ts';
import { listRuns } from './queries.ts';
import { runBlocks } from './run-blocks.job.ts';

const { db } = database;
const house = await theHouse();
const nobody = { ...house, actor: anonymous };
const offered: OfferedPostgres[] = [];
providePostgres({ sandbox: namedPostgres(offered) });
const job = { db, log: createLog('test', 'silent'), config: readConfig({}) };
const offer = (...versions: string[]) =>
  offered.splice(
    0,
    offered.length,
    ...versions.map((version) => ({ major: Number.parseInt(version, 10), version })),
  );

test('an entry of the FAQ is verified by a proof that held on its newest version, and broken by one that did not', async () => {
  const entry = {
    title: 'Why is it not the same?',
    markdown: 'It depends on the version.',
    locale: 'en' as const,
    pgFrom: 17,
  };
  const runFaq = async (id: number) => {
    await runBlocks.run(job, { kind: 'faq', id } as never);
    return getFaq(nobody, id);
  };
  const old = new Date('2025-01-01T00:00:00Z');
  const stale = async (id: number) =>
    db.updateTable('community.faq').set({ verified_at: old }).where('id', '=', id).execute();
  offer('17.9');
  const holds = await writeFaq(house, { ...entry, proofSql: 'select 6 * 7 as answer' });
  const breaks = await writeFaq(house, { ...entry, proofSql: `select current_setting('app.version')` });
  const fails = await writeFaq(house, { ...entry, proofSql: 'select from nowhere' });
  await stale(holds.id);
  // 18 is out: what held on 17 does not make it fresh.
  expect(await runFaq(holds.id)).toMatchObject({ isStale: true, provedOn: null, brokeOn: null });
  await runFaq(breaks.id);
  expect(await runFaq(fails.id)).toMatchObject({ brokeOn: expect.any(String) });
  expect((await listRuns(nobody, { faq: fails.id }))[0]?.blocks[0]).toMatchObject({
    isProof: true,
    results: [{ error: { sqlstate: '42P01' } }],
  });

  offer('17.9', '18.4');
  const proved = await runFaq(holds.id);
  expect(proved).toMatchObject({ isStale: false, verifiedUpTo: 18, brokeOn: null });
  expect(proved.provedOn).not.toBeNull();
  expect(await runFaq(breaks.id)).toMatchObject({ brokeOn: expect.any(String) });
  const stalest = (await listFaq(nobody, { limit: 50, state: 'stale' })).items.map(({ id }) => id);
  expect(stalest).toEqual(expect.arrayContaining([breaks.id, fails.id]));
  expect(stalest).not.toContain(holds.id);
  const curator = await requireMember(house);
  const told = await db
    .selectFrom('community.notification')
    .select('key')
    .where('member_id', '=', curator.id)
    .where('kind', '=', 'run-broke')
    .execute();
  expect(told.map(({ key }) => key)).toEqual(
    expect.arrayContaining([`run-broke:faq:${fails.id}:17`, `run-broke:faq:${breaks.id}:18`]),
  );

  // Somebody looked at it and found it right: from now on that is what later runs are held against.
  expect(await verifyFaq(house, breaks.id, {})).toMatchObject({ brokeOn: null, provedOn: null });
  offer('17.9', '18.4', '19.0');
  expect(await runFaq(breaks.id)).toMatchObject({ brokeOn: expect.any(String) });
});
