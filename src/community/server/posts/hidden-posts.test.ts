import { expect, test } from 'vitest';
import type { SitemapSlice } from '#src/community/contract/sitemaps.ts';
import { database } from '#tests/support/context.ts';
import { testApi } from '#tests/support/api.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import { editArticle } from '../articles/edit-article.ts';
import { writeComment } from '../comments/write-comment.ts';
import { addWordRule } from '../moderation/add-word-rule.ts';
import { decideWriting } from '../moderation/decide-writing.ts';
import { flagWriting } from '../flags/flag-writing.ts';
import { editPost } from '../questions/edit-post.ts';
import { community } from '../room.ts';

const { db } = database;
const api = testApi([community]);
const house = await theHouse();
await addWordRule(house, { kind: 'word', pattern: 'gramophone', effect: 'hold' });

type Place = { author: TestMember; post: number; page: string; tag: string };

/** Where nobody in particular can look at a writing, its author, its subject or everything: what each address answers. */
async function lookEverywhere({ author, page, post, tag }: Place): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const ask = async (path: string) => {
    const text = await (await api.call(null, 'GET', `/api/community/${path}`)).text();
    found.set(path, text);
    return text;
  };
  const addresses = [
    page,
    `revisions/${post}`,
    'articles',
    'articles?sort=top',
    `articles?author=${author.handle}`,
    `articles?tag=${tag}`,
    'questions',
    'questions?order=active',
    'questions?order=votes',
    'questions?order=unanswered',
    `questions?tag=${tag}`,
    'questions/similar?title=What%20does%20the%20xylophone%20say',
    'feeds?about=all',
    'feeds?about=articles',
    'feeds?about=questions',
    `feeds?about=members&name=${author.handle}`,
    `feeds?about=tags&name=${tag}`,
    'search?q=xylophone',
    'search?q=xylophon',
    'search?q=marimba',
    'search?q=%22the%20marimba%22',
    `search?q=${tag}`,
    'search/suggestions?q=xylo',
    `members/${author.handle}`,
    ...['articles', 'questions', 'answers', 'comments'].map(
      (view) => `members/${author.handle}?view=${view}`,
    ),
    `tags/${tag}`,
    'tags',
    'site/home',
    'sitemaps',
  ];
  for (const address of addresses) await ask(address);
  for (const part of ['0', '1', '2'])
    JSON.parse(await ask(`sitemaps/slice?kind=posts&part=${part}`)) satisfies SitemapSlice;
  return found;
}

/** The addresses that say any of a writing. */
const whoTells = async (place: Place) =>
  [...(await lookEverywhere(place))]
    .filter(([, text]) => /xylophone|marimba|bassoon/i.test(text))
    .map(([path]) => path);

async function write(kind: 'article' | 'question' | 'answer'): Promise<Place> {
  await db.deleteFrom('community.search_word').execute();
  const author = await testMember({ reputation: 100 });
  const asker = kind === 'answer' ? await testMember() : author;
  const tag = `music-${author.handle}`;
  await db.insertInto('community.tag').values({ name: tag }).execute();
  const root = await testPost(asker, {
    kind: kind === 'article' ? 'article' : 'question',
    title: kind === 'answer' ? 'What is said below?' : 'What does the xylophone say?',
    markdown: kind === 'answer' ? 'Look below.' : 'It plays the marimba.',
  });
  const post =
    kind === 'answer'
      ? await testPost(author, { kind, parentId: root, markdown: 'It plays the marimba.' })
      : root;
  await db.deleteFrom('community.writing_pace').execute();
  await writeComment(author.ctx, { post, markdown: 'And the bassoon.' });
  await db.deleteFrom('community.writing_pace').execute();
  return { author, post, tag, page: `${kind === 'article' ? 'articles' : 'questions'}/${root}` };
}

const editAgain = ({ author, post }: Place, kind: string) =>
  kind === 'article'
    ? editArticle(author.ctx, post, {
        title: 'What does the xylophone say?',
        markdown: 'It plays the marimba and the gramophone.',
        revision: 1,
      })
    : editPost(author.ctx, post, {
        ...(kind === 'question' && { title: 'What does the xylophone say?' }),
        markdown: 'It plays the marimba and the gramophone.',
        revision: 1,
      });

async function flagUntilHidden({ post }: Place) {
  for (let at = 0; at < 8; at++) {
    const flagger = await testMember({ trustLevel: 3 });
    const { state } = await db
      .selectFrom('community.post')
      .select('state')
      .where('id', '=', post)
      .executeTakeFirstOrThrow();
    if (state !== 'published') return;
    await flagWriting(flagger.ctx, { subject: `post:${post}`, kind: 'rude' });
  }
}

test.each(['article', 'question', 'answer'] as const)(
  'of an %s nobody is told anything while it waits again, after it was hidden, or removed; published again, it is there',
  async (kind) => {
    const place = await write(kind);
    const before = await whoTells(place);
    // Otherwise this test could not fail.
    expect(before).toEqual(expect.arrayContaining([place.page, 'search?q=marimba']));
    expect(before.length).toBeGreaterThan(kind === 'answer' ? 2 : 8);
    const subject = `post:${place.post}`;

    expect(await editAgain(place, kind)).toMatchObject({ state: 'pending' });
    expect(await whoTells(place)).toEqual([]);
    await decideWriting(house, { subject, verdict: 'approve' });
    expect(await whoTells(place)).toEqual(expect.arrayContaining([place.page, 'search?q=marimba']));

    await flagUntilHidden(place);
    expect(await whoTells(place)).toEqual([]);
    await decideWriting(house, { subject, verdict: 'approve' });
    expect(await whoTells(place)).toContain(place.page);

    await flagUntilHidden(place);
    await decideWriting(house, { subject, verdict: 'decline' });
    expect(await whoTells(place)).toEqual([]);
  },
);
