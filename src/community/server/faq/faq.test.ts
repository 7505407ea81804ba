import { expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse } from '#tests/support/members.ts';
import { anonymous } from '#src/platform/server/context.ts';
import { SearchQuery } from '#src/community/contract/search.ts';
import { indexAnew } from '../search/index-anew.job.ts';
import { searchCommunity, suggestSearch } from '../search/queries.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { knowVersion } from './know-version.ts';
import { getFaq, listFaq } from './queries.ts';
import { retireFaq } from './retire-faq.ts';
import { freshnessOf } from './rules.ts';
import { verifyFaq } from './verify-faq.ts';
import { writeFaq } from './write-faq.ts';

const { db } = database;
const house = await theHouse();
const nobody = { ...house, actor: anonymous };
const words = {
  title: 'Why are there too many connections?',
  markdown: 'Use a **pool**: see `max_connections`.',
  locale: 'en',
  pgFrom: 13,
} as const;
const ids = async (query: Partial<Parameters<typeof listFaq>[1]>) =>
  (await listFaq(nobody, { limit: 50, state: 'all', ...query })).items.map(({ id }) => id);

const releases = [
  { major: 16, releasedOn: '2023-09-14' },
  { major: 17, releasedOn: '2024-09-26' },
  { major: 18, releasedOn: '2025-09-25' },
];
const at = (day: string) => new Date(`${day}T12:00:00Z`);
const fresh = (pgFrom: number, pgTo: number | null, verified: string, now: string) =>
  freshnessOf({ pgFrom, pgTo, verifiedAt: at(verified) }, releases, at(now));

test('an entry is stale from the day on which a newer version within its range is out, and no other', () => {
  expect(fresh(16, null, '2024-10-01', '2025-09-24')).toEqual({ isStale: false, verifiedUpTo: 17 });
  expect(fresh(16, null, '2024-10-01', '2025-09-25')).toEqual({ isStale: true, verifiedUpTo: 17 });
  expect(fresh(16, null, '2025-09-25', '2026-01-01')).toEqual({ isStale: false, verifiedUpTo: 18 });
  expect(fresh(16, 17, '2024-10-01', '2026-01-01')).toEqual({ isStale: false, verifiedUpTo: 17 });
  expect(fresh(18, null, '2025-01-01', '2026-01-01')).toEqual({ isStale: true, verifiedUpTo: null });
});

test('entries are curated by staff alone, from an answer, and found by words, version, signal and tag', async () => {
  const member = await testMember();
  await expect(writeFaq(member.ctx, words)).rejects.toMatchObject({ code: 'forbidden' });
  const question = await testPost(member, { kind: 'question' });
  const answer = await testPost(member, { kind: 'answer', parentId: question });
  await expect(writeFaq(house, { ...words, answerId: question })).rejects.toMatchObject({ code: 'conflict' });
  const entry = await writeFaq(house, {
    ...words,
    pgTo: 17,
    tags: ['connections'],
    signals: ['sqlstate:53300', 'setting:max_connections'],
    proofSql: 'show max_connections',
    answerId: answer,
  });
  expect(entry).toMatchObject({
    isStale: false,
    verifiedUpTo: 17,
    answer: { id: answer, questionId: question },
  });
  expect(entry.html).toContain('<strong>pool</strong>');
  const { id } = entry;
  expect(await ids({ q: 'pool connections' })).toEqual([id]);
  expect(await ids({ q: 'pool vacuum' })).toEqual([]);
  expect(await ids({ q: '100%_' })).toEqual([]);
  expect([await ids({ version: 12 }), await ids({ version: 13 }), await ids({ version: 18 })]).toEqual([
    [],
    [id],
    [],
  ]);
  expect(await ids({ signal: ['wait:Lock:relation', 'sqlstate:53300'] })).toEqual([id]);
  expect(await ids({ signal: 'sqlstate:53400' })).toEqual([]);
  expect(await ids({ tag: 'connections', locale: 'en' })).toEqual([id]);
  await retireFaq(house, id);
  expect(await ids({})).toEqual([]);
  expect((await getFaq(nobody, id)).isRetired).toBe(true);
});

test('a new version makes stale what was not verified since; verified again it is fresh, also in lists', async () => {
  const open = (await writeFaq(house, words)).id;
  const closed = (await writeFaq(house, { ...words, pgTo: 18 })).id;
  const days = (n: number) => new Date(Date.now() + n * 86_400_000);
  await db
    .updateTable('community.faq')
    .set({ verified_at: days(-30) })
    .execute();
  await knowVersion(house, {
    major: 60,
    releasedOn: days(-3).toISOString().slice(0, 10),
    endsOn: days(1000).toISOString().slice(0, 10),
  });
  expect(await ids({ state: 'stale' })).toEqual([open]);
  expect(await ids({ state: 'fresh' })).toEqual([closed]);
  expect(await getFaq(nobody, open)).toMatchObject({ isStale: true, verifiedUpTo: 18 });
  const again = await verifyFaq(house, open, { note: 'Ran it on 60.' });
  expect(again).toMatchObject({ isStale: false, verifiedUpTo: 60 });
  expect(await ids({ state: 'stale' })).toEqual([]);
  const kept = await db
    .selectFrom('community.faq_verification')
    .select('note')
    .where('faq_id', '=', open)
    .orderBy('id')
    .execute();
  expect(kept.map(({ note }) => note)).toEqual(['', 'Ran it on 60.']);
});

test('an entry is found by the search and suggested, in the words it has now, until it is retired', async () => {
  const find = async (q: string) =>
    (await searchCommunity(nobody, SearchQuery.parse({ q }))).items.map(({ kind, path }) => [kind, path]);
  const { id, slug } = await writeFaq(house, { ...words, title: 'How does quokka pooling work?' });
  const found = [['faq', `/faq/${id}/${slug}`]];
  expect(await find('quokka')).toEqual(found);
  expect(await find('"does quokka pooling"')).toEqual(found);
  expect(await suggestSearch(nobody, 'quok')).toMatchObject([{ kind: 'faq', path: `/faq/${id}/${slug}` }]);
  await db
    .updateTable('community.search_document')
    .set({ words: '', indexed_as: 0 })
    .where('faq_id', '=', id)
    .execute();
  expect(await find('quokka')).toEqual([]);
  await indexAnew.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  expect(await find('quokka')).toEqual(found);
  await writeFaq(house, { ...words, title: 'How does wombat pooling work?' }, id);
  expect([await find('quokka'), (await find('wombat')).length]).toEqual([[], 1]);
  await retireFaq(house, id);
  expect(await find('wombat')).toEqual([]);
  await verifyFaq(house, id, { note: '' });
  expect(await find('wombat')).toEqual([]);
});
