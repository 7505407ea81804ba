// Over 300 lines: one list of cases, one for every kind that can be found.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type SearchKind, searchKinds, SearchQuery } from '#src/community/contract/search.ts';
import type { WriteWish } from '#src/community/contract/wishes.ts';
import { anonymous, inTransaction } from '#src/platform/server/context.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database } from '#tests/support/context.ts';
import { type TestMember, testMember, testPost, theHouse } from '#tests/support/members.ts';
import { wishWords } from '#tests/support/wish-words.ts';
import { decideChapter } from '../chapters/decide-chapter.ts';
import { editChapter } from '../chapters/edit-chapter.ts';
import { foundChapter } from '../chapters/found-chapter.ts';
import { applyAsExpert } from '../experts/apply-as-expert.ts';
import { decideExpert } from '../experts/decide-expert.ts';
import { withdrawExpert } from '../experts/withdraw-expert.ts';
import { retireFaq } from '../faq/retire-faq.ts';
import { writeFaq } from '../faq/write-faq.ts';
import { mergeMembers } from '../merges/merge-members.ts';
import { mergeOrganisations } from '../merges/merge-organisations.ts';
import { confirmOffering } from '../offerings/confirm-offering.ts';
import { offerProduct } from '../offerings/offer-product.ts';
import { offerService } from '../offerings/offer-service.ts';
import { reviewOffering } from '../offerings/review-offering.ts';
import { withdrawOffering } from '../offerings/withdraw-offering.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { publishPost, unpublishPost } from '../posts/publish-post.ts';
import { editProfile } from '../profiles/edit-profile.ts';
import { editSeries } from '../series/edit-series.ts';
import { joinSeries } from '../series/join-series.ts';
import { mergeWishes } from '../wishes/merge-wishes.ts';
import { praiseWish } from '../wishes/praise-wish.ts';
import { writeWish } from '../wishes/write-wish.ts';
import { indexAnew } from './index-anew.job.ts';
import { searchCommunity, suggestSearch } from './queries.ts';

const { db } = database;
const house = await theHouse();
const nobody = { ...house, actor: anonymous };

/** Letters alone: a word that nothing else says. */
const newWord = () =>
  `zq${[...crypto.randomUUID()].map((c) => 'abcdefghijklmnop'[Number.parseInt(c, 16)] ?? '').join('')}`;
const search = (q: string, more: object = {}) => searchCommunity(nobody, SearchQuery.parse({ q, ...more }));
const pathsOf = async (q: string) => (await search(q)).items.map(({ path }) => path);

async function organisation(name: string) {
  const manager = await testMember();
  const { slug } = await createOrganisation(manager.ctx, { name, kind: 'database-vendor', evidence: 'x' });
  await decideOrganisation(house, slug, { isVerified: true });
  return { manager, slug };
}

// Each by somebody else: one person writes no two within seconds.
const wish = async (words: Partial<WriteWish>) =>
  writeWish((await testMember()).ctx, { ...wishWords, ...words });
const name = (member: TestMember, to: string) =>
  editProfile(member.ctx, {
    name: to,
    headline: '',
    about: '',
    location: '',
    website: '',
    roles: [],
    skills: [],
    industry: '',
  });

type Opened = { path: string; close: () => Promise<unknown> };
/** What becomes public is kept from view first, told by `isHidden`; then it is opened, with a way to close it again. */
type Case = (word: string, isHidden: () => Promise<void>) => Promise<Opened>;

const post = async (word: string, kind: 'article' | 'question') => {
  const id = await testPost(await testMember(), { kind, title: `About ${word}` });
  return { id, close: () => inTransaction(house, (tx) => unpublishPost(tx, id, 'hidden')) };
};
const offering =
  (kind: 'product' | 'service'): Case =>
  async (word, isHidden) => {
    const { manager, slug } = await organisation(`Vendor ${newWord()}`);
    const words = { name: `Our ${word}`, summary: 'It helps.', organisation: slug };
    const { id } =
      kind === 'product'
        ? await offerProduct(manager.ctx, { ...words, category: 'tool', licence: 'MIT' })
        : await offerService(manager.ctx, {
            ...words,
            kinds: ['support'],
            regions: ['CN'],
            languages: ['zh'],
            hours: 'extended',
          });
    await isHidden();
    await reviewOffering(house, id, { number: 1, reason: null });
    return { path: `/${kind}s/${id}`, close: () => withdrawOffering(manager.ctx, id) };
  };

const cases: Record<SearchKind, Case> = {
  article: async (word) => {
    const { id, close } = await post(word, 'article');
    return { path: expect.stringContaining(`/articles/${id}/`), close };
  },
  question: async (word) => {
    const { id, close } = await post(word, 'question');
    return { path: expect.stringContaining(`/questions/${id}/`), close };
  },
  answer: async (word) => {
    const { id, close } = await post('an answer', 'question');
    const answer = await testPost(await testMember(), {
      kind: 'answer',
      parentId: id,
      markdown: `It is ${word}.`,
    });
    return { path: `/questions/${id}#answer-${answer}`, close };
  },
  faq: async (word) => {
    const { id } = await writeFaq(house, {
      title: `What is ${word}?`,
      markdown: 'x',
      locale: 'en',
      pgFrom: 14,
    });
    return { path: expect.stringContaining(`/faq/${id}/`), close: () => retireFaq(house, id) };
  },
  member: async (word) => {
    const [member, other] = [await testMember(), await testMember()];
    await name(member, `Ada ${word}`);
    return {
      path: `/members/${member.handle}`,
      close: () => mergeMembers(house, { from: member.handle, into: other.handle, reason: 'One person.' }),
    };
  },
  expert: async (word, isHidden) => {
    const member = await testMember();
    await applyAsExpert(member.ctx, {
      about: `I know ${word}.`,
      skills: [word],
      languages: ['zh'],
      availability: 'open',
      rate: null,
      evidence: [{ url: 'https://example.com/talk', note: 'A talk' }],
    });
    await isHidden();
    await decideExpert(house, member.handle, null);
    return { path: `/experts/${member.handle}`, close: () => withdrawExpert(member.ctx) };
  },
  organisation: async (word, isHidden) => {
    const manager = await testMember();
    const name = `Company ${word}`;
    const { slug } = await createOrganisation(manager.ctx, { name, kind: 'end-user', evidence: 'x' });
    await isHidden();
    await decideOrganisation(house, slug, { isVerified: true });
    const { slug: into } = await organisation(`Vendor ${newWord()}`);
    return {
      path: `/organisations/${slug}`,
      close: () => mergeOrganisations(house, { from: slug, into, reason: 'Entered twice.' }),
    };
  },
  product: offering('product'),
  service: offering('service'),
  chapter: async (word, isHidden) => {
    const leader = await testMember();
    const words = { name: `Friends of ${word}`, country: 'CN', city: '杭州', locale: 'zh-CN' as const };
    const { slug } = await foundChapter(leader.ctx, words);
    await isHidden();
    await decideChapter(house, slug, null);
    return {
      path: `/chapters/${slug}`,
      close: () => db.deleteFrom('community.chapter').where('slug', '=', slug).execute(),
    };
  },
  series: async (word, isHidden) => {
    const author = await testMember();
    const id = await testPost(author, { kind: 'article', title: 'The first part' });
    await inTransaction(house, (tx) => unpublishPost(tx, id, 'hidden'));
    await inTransaction(author.ctx, (tx) => joinSeries(tx, { id, authorId: author.id }, `All of ${word}`));
    await isHidden();
    await inTransaction(house, (tx) => publishPost(tx, id));
    const { series_id } = await db
      .selectFrom('community.post')
      .select('series_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return {
      path: `/series/${series_id}`,
      close: () => inTransaction(author.ctx, (tx) => joinSeries(tx, { id, authorId: author.id }, null)),
    };
  },
  wish: async (word) => {
    const { id } = await wish({ title: `Please, more ${word}` });
    const { id: into } = await wish({ title: 'What it is the same as' });
    return { path: expect.stringContaining(`/wishes/${id}/`), close: () => mergeWishes(house, id, { into }) };
  },
};

test.each(searchKinds)(
  '%s: found and offered while one types once it is public, and no longer when it is not',
  async (kind) => {
    const word = newWord();
    const isHidden = async () => {
      expect(await search(word)).toMatchObject({ items: [], total: 0, kinds: [] });
      expect(await suggestSearch(nobody, word)).toEqual([]);
    };
    const { path, close } = await cases[kind](word, isHidden);
    expect(await search(word)).toMatchObject({
      total: 1,
      items: [{ kind, path, at: expect.stringMatching(/^20/) }],
      kinds: [{ kind, count: 1 }],
    });
    expect((await search(word, { kind })).items).toHaveLength(1);
    expect((await search(word, { kind: kind === 'wish' ? 'faq' : 'wish' })).items).toEqual([]);
    // An answer has no title of its own, an expert that of the member, whose skill this is.
    if (kind !== 'answer' && kind !== 'expert')
      expect(await suggestSearch(nobody, word.slice(0, 12))).toMatchObject([{ kind, path }]);
    // Written by an older segmenter, it is written anew.
    await db.updateTable('community.search_document').set({ words: '', indexed_as: 0 }).execute();
    expect((await search(word)).items).toEqual([]);
    await indexAnew.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
    expect((await search(word)).items).toMatchObject([{ kind, path }]);
    await close();
    await isHidden();
  },
);

test('a wish is found by all it says but what its author hides, and never while it is private', async () => {
  const [capability, company, hidden, secret] = [newWord(), newWord(), newWord(), newWord()];
  const open = await wish({ title: 'An open wish', capability: `It does ${capability} by itself.`, company });
  const path = [expect.stringContaining(`/wishes/${open.id}/`)];
  expect(await pathsOf(`"does ${capability}"`)).toEqual(path);
  const [hit] = (await search(capability)).items;
  expect(hit!.snippet.marks.map(([from, to]) => hit!.snippet.text.slice(from, to))).toEqual([capability]);
  expect(await pathsOf(company)).toEqual(path);
  await wish({ title: 'One of few words', company: hidden, hidesDetails: true });
  await wish({ title: `All of ${secret}`, isPrivate: true });
  for (const word of [hidden, secret])
    expect(await search(word)).toMatchObject({ items: [], total: 0, kinds: [] });

  // Even when nobody said so to the search, what is private now is not shown; told, it is not counted either.
  await db.updateTable('community.wish').set({ is_private: true }).where('id', '=', open.id).execute();
  expect((await search(company)).items).toEqual([]);
  await db
    .updateTable('community.search_document')
    .set({ indexed_as: 0 })
    .where('wish_id', '=', open.id)
    .execute();
  await indexAnew.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  expect(await search(company)).toMatchObject({ items: [], total: 0, kinds: [] });
});

test('what is deleted is no longer found', async () => {
  const word = newWord();
  const { id } = await wish({ title: `Please, ${word}` });
  expect(await pathsOf(word)).toHaveLength(1);
  for (const table of ['wish_vote', 'wish_change'])
    await sql`delete from ${sql.table(`community.${table}`)} where wish_id = ${id}`.execute(db);
  await db.deleteFrom('community.wish').where('id', '=', id).execute();
  expect(await search(word)).toMatchObject({ items: [], total: 0 });
});

test('an excellent wish comes before one that fits alike', async () => {
  const word = newWord();
  const first = await wish({ title: `Please, ${word} one` });
  const second = await wish({ title: `Please, ${word} two` });
  for (const [better, other] of [
    [first, second],
    [second, first],
  ] as const) {
    await praiseWish(house, better.id, true);
    expect(await pathsOf(word)).toEqual([
      expect.stringContaining(`/wishes/${better.id}/`),
      expect.stringContaining(`/wishes/${other.id}/`),
    ]);
    await praiseWish(house, better.id, false);
  }
});

test('a changed name is found at once: of a chapter, a series, an expert, and of who offers a product', async () => {
  const [before, after] = [newWord(), newWord()];
  const isRenamed = async (kinds: SearchKind[]) => {
    expect((await search(before)).items).toEqual([]);
    expect((await search(after)).items.map(({ kind }) => kind).toSorted()).toEqual(kinds);
  };
  const leader = await testMember();
  const chapter = { name: before, country: 'CN', city: '杭州', locale: 'zh-CN' as const };
  const { slug } = await foundChapter(leader.ctx, { ...chapter, slug: 'renamed-chapter' });
  await decideChapter(house, slug, null);
  await editChapter(leader.ctx, slug, { ...chapter, name: after });
  await isRenamed(['chapter']);
  await db.deleteFrom('community.chapter').where('slug', '=', slug).execute();

  const author = await testMember();
  const id = await testPost(author, { kind: 'article', title: 'A part' });
  await inTransaction(author.ctx, (tx) => joinSeries(tx, { id, authorId: author.id }, before));
  const series = await db
    .selectFrom('community.series')
    .select('id')
    .where('title', '=', before)
    .executeTakeFirstOrThrow();
  await editSeries(author.ctx, series.id, { title: after, about: '' });
  await isRenamed(['series']);
  await inTransaction(author.ctx, (tx) => unpublishPost(tx, id, 'removed'));

  const expert = await testMember();
  await name(expert, before);
  await applyAsExpert(expert.ctx, {
    about: 'I know.',
    skills: ['vacuum'],
    languages: ['zh'],
    availability: 'open',
    rate: null,
    evidence: [{ url: 'https://example.com/talk', note: 'A talk' }],
  });
  await decideExpert(house, expert.handle, null);
  await name(expert, after);
  await isRenamed(['expert', 'member']);
  await name(expert, 'Somebody');

  // What an organisation offers goes with it to the one it is found to be.
  const [one, other] = [await organisation(`Vendor ${before}`), await organisation(`Vendor ${after}`)];
  const { id: product } = await offerProduct(one.manager.ctx, {
    name: 'A tool',
    summary: 'It helps.',
    organisation: one.slug,
    category: 'tool',
    licence: 'MIT',
  });
  await reviewOffering(house, product, { number: 1, reason: null });
  expect(await pathsOf(before)).toContain(`/products/${product}`);
  await mergeOrganisations(house, { from: one.slug, into: other.slug, reason: 'Entered twice.' });
  expect((await search(before)).items).toEqual([]);
  expect(await pathsOf(after)).toContain(`/products/${product}`);
  await withdrawOffering(other.manager.ctx, product);
  expect(await pathsOf(after)).not.toContain(`/products/${product}`);
  await confirmOffering(one.manager.ctx, product);
  expect(await pathsOf(after)).toContain(`/products/${product}`);
});
