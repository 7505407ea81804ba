import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteRoutes } from '#src/community/web/routes.ts';
import { noOrg } from '#src/platform/server/context.ts';
import { type CommunityThings, makeCommunityThings } from '#tests/access/community-things.ts';
import { testDatabase } from '#tests/support/database.ts';
import { insertSampleCommunity } from '#tests/support/sample-community.ts';
import { insertSampleGovernment } from '#tests/support/sample-government.ts';
import { insertSampleModeration } from '#tests/support/sample-moderation.ts';
import { insertSampleOrganisations } from '#tests/support/sample-organisations.ts';
import { insertSamplePoints } from '#tests/support/sample-points.ts';
import { insertSampleWishes } from '#tests/support/sample-wishes.ts';
import { seriousFindings } from './support/accessibility.ts';
import { takePicture } from './support/pictures.ts';
import { type SampleJourney, startSampleJourney } from './support/sample-journey.ts';

const database = await testDatabase();
const { db } = database;
const pictures = process.env['ELEPHERD_PICTURES'];
let journey: SampleJourney;
let things: CommunityThings;
let shown: { article: number; question: number; wish: number; election: number };

beforeAll(async () => {
  journey = await startSampleJourney(db);
  const { actor } = journey.ctx;
  await insertSampleCommunity(journey.ctx);
  await insertSampleOrganisations(journey.ctx);
  await insertSampleModeration(journey.ctx);
  await insertSamplePoints(journey.ctx);
  await insertSampleWishes(journey.ctx);
  await insertSampleGovernment(journey.ctx);
  const colleague = await db
    .insertInto('identity.account')
    .values({ name: 'He Jing', email: 'he.jing@sample.example', email_verified: true })
    .returning('id')
    .executeTakeFirstOrThrow();
  things = await makeCommunityThings(
    database,
    { orgId: actor.orgId, owner: actor.id ?? '', colleague: colleague.id },
    'elephants',
  );
  shown = {
    article: await firstOf('post', sql`kind = 'article'`),
    question: await firstOf('post', sql`kind = 'question'`),
    wish: await firstOf('wish', sql`true`),
    election: await firstOf('election', sql`tally is not null`),
  };
  await makeCaseStudy(shown.article);
});
afterAll(() => journey.stop());

async function firstOf(table: 'post' | 'wish' | 'election', where: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ id: number }>`select min(id)::int as id from community.${sql.ref(table)}
    where ${where}`.execute(db);
  return rows[0]?.id ?? 0;
}

/** Makes an article a case study whose file is given for a name. */
async function makeCaseStudy(article: number): Promise<void> {
  await sql`
    with file as (
      insert into platform.file (org_id, name, content_type, size_bytes, sha256, place)
      values (${noOrg}, 'How a bank sleeps again.pdf', 'application/pdf', 81920, sha256('x'), 'a-case-study') returning id),
    organisation as (select id from community.organisation where slug = ${things.organisations.organisation}),
    study as (
      insert into community.case_study (post_id, customer_id, industry, company_size)
      select ${article}, id, 'finance', '250-999' from organisation returning post_id)
    insert into community.download (post_id, file_id, is_gated, publisher_id)
    select study.post_id, file.id, true, organisation.id from study, file, organisation`.execute(db);
}

/** What stands in the place of each parameter: the longest beginning of the path that fits decides. A new page needs a line. */
const named = (): [string, string][] => [
  ['articles/:id', String(shown.article)],
  ['questions/:id', String(shown.question)],
  ['questions/:id/edit', things.question],
  ['questions/:id/capsule', things.question],
  ['answers/:id', things.answer],
  ['downloads/:article', String(shown.article)],
  ['comments/:id', things.comment],
  ['posts/:id', things.article],
  ['edits/:id', things.edit],
  ['faq/:id', things.faq],
  ['series/:id', things.series],
  ['newsletters/:edition', things.edition],
  ['messages/:id', things.conversation],
  ['badges/:slug', 'featured'],
  ['committees/:slug', 'media'],
  ['core-applications/:application', things.government.application],
  ['decisions/:resolution', things.government.resolution],
  ['elections/:election', String(shown.election)],
  ['meetings/:meeting', things.government.meeting],
  ['mvp/:round', things.points.round],
  ['chapters/:slug', things.organisations.chapter],
  ['organisations/:slug', things.organisations.organisation],
  ['experts/:handle', things.handle],
  ['members/:handle', things.handle],
  ['members/:handle/value/:number', 'articles'],
  ['organisations/:slug/value/:number', 'articles'],
  ['products/:id', things.organisations.offering],
  ['services/:id', things.organisations.offering],
  ['tags/:name', things.tag],
  ['wishes/:id', String(shown.wish)],
];
const queries: Record<string, string> = {
  flag: '?subject=post:1',
  'copyright-claim': '?post=1',
  'messages/new': '?to=lin-xiaoyue',
  search: '?q=PostgreSQL',
};
/** Reached only with a word from a mail; what it says without one must be readable, too. */
const refused = ['notifications/unsubscribe'];

function pathsOf(): { pattern: string; path: string }[] {
  const known = named();
  return siteRoutes.map(({ path: pattern = '' }) => {
    const filled = pattern.replace(/\/:\w+\?/g, '').replace(/:\w+/g, (_, at: number, whole: string) => {
      const fits = known.filter(
        ([start]) =>
          `${whole}/`.startsWith(`${start}/`) && start.length >= at && !start.slice(at + 1).includes(':'),
      );
      const value = fits.toSorted(([a], [b]) => b.length - a.length)[0]?.[1];
      if (value === undefined)
        throw new Error(`tests/journeys/community-pages.test.ts does not say what stands in ${pattern}`);
      return encodeURIComponent(value);
    });
    return { pattern, path: `/${filled}${queries[pattern] ?? ''}` };
  });
}

test.each([
  { locale: 'en', size: 'wide', scheme: 'light' },
  { locale: 'zh-CN', size: 'phone', scheme: 'dark' },
] as const)(
  'no page of the community has a serious finding or is wider than its window: $locale, $size, $scheme',
  async (reader) => {
    const page = await journey.open(reader);
    const wrong: string[] = [];
    for (const { pattern, path } of pathsOf()) {
      const answer = await page.goto(journey.url + path);
      const status = answer?.status() ?? 0;
      if (refused.includes(pattern) ? status < 400 || status >= 500 : status !== 200)
        wrong.push(`${path} answers ${status}`);
      for (const finding of await seriousFindings(page)) wrong.push(`${path} ${finding}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) wrong.push(`${path} is ${overflow} px wider than the window`);
      if (pictures) {
        const name = `${pattern.replaceAll(/[/:?]+/g, '-')}.${reader.locale}.${reader.size}`;
        await takePicture(page, join(pictures, 'community-pages'), name, true);
      }
    }
    expect(wrong).toEqual([]);
  },
  900_000,
);
