import { sql } from 'kysely';
import type { OrganisationKind } from '#src/community/contract/organisations.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import {
  OrganisationLevels,
  type SponsorLevel,
  type SponsorIncome,
  type SponsorList,
  type SponsorPage,
} from '#src/community/contract/sponsorships.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findOrganisation } from '../organisations/queries.ts';
import { recallSetting } from '../settings/queries.ts';
import { bandOf, latestRun, type Run, sourcesOf } from './rules.ts';

const thisYear = () => new Date().getUTCFullYear();

const standing = sql<number>`sum(case when s.reverses is null then s.counted_minor else -s.counted_minor end)::int8`;

/** What counts of an organisation's payments, and the level it gives. */
async function standingOf(ctx: Context, organisationId: string) {
  const levels = await recallSetting(ctx.db, 'organisation-levels', OrganisationLevels);
  const payments = await ctx.db
    .selectFrom('community.sponsorship as s')
    .select(['s.year', standing.as('minor')])
    .where('s.organisation_id', '=', organisationId)
    .where('s.counted_in', '=', levels.currency)
    .groupBy('s.year')
    .execute();
  const run = latestRun(payments, thisYear());
  return { levels, run, ...bandOf(run?.totalMinor ?? 0, levels.bands) };
}

/** Which of the levels of sponsors an organisation has, from 1 on; 0 for none. */
export async function findSponsorTier(ctx: Context, organisationId: string): Promise<number> {
  const { levels, band } = await standingOf(ctx, organisationId);
  return band === undefined ? 0 : levels.bands.indexOf(band) + 1;
}

/** The level of an organisation by what it paid as a sponsor; null when it has none. */
export async function findSponsorLevel(ctx: Context, organisationId: string): Promise<SponsorLevel | null> {
  const { run, band } = await standingOf(ctx, organisationId);
  return levelIn(ctx, run, band);
}

const levelIn = (
  { locale }: Context,
  run: Run | undefined,
  band: OrganisationLevels['bands'][number] | undefined,
): SponsorLevel | null =>
  run && band ? { name: band.name[locale], from: run.from, until: run.until } : null;

/** What an organisation gave as a sponsor: years and level for everybody, amounts for its managers and those who enter them. */
export async function getSponsorPage(ctx: Context, slug: string): Promise<SponsorPage> {
  const organisation = await findOrganisation(ctx, slug);
  if (!organisation) throw new AppError('not_found', organisationText.noSuch);
  const mayEnter = await mayAsStaff(ctx, 'community.sponsorship.enter');
  const seesAmounts = mayEnter || organisation.isManager;
  const { levels, run, band, next } = await standingOf(ctx, organisation.id);
  const total = run?.totalMinor ?? 0;
  return {
    level: levelIn(ctx, run, band),
    run: run ? { from: run.from, until: run.until } : null,
    currency: levels.currency,
    bands: levels.bands.map(({ name, atLeastMinor }) => ({
      name: name[ctx.locale],
      atLeastMinor,
      isReached: total >= atLeastMinor,
    })),
    totalMinor: seesAmounts ? total : null,
    missingMinor: seesAmounts && next ? next.atLeastMinor - total : null,
    payments: seesAmounts ? await listPayments(ctx, organisation.id) : [],
    mayEnter,
  };
}

async function listPayments(ctx: Context, organisationId: string): Promise<SponsorPage['payments']> {
  const rows = await ctx.db
    .selectFrom('community.sponsorship as s')
    .leftJoin('community.member as m', 'm.id', 's.entered_by')
    .selectAll('s')
    .select(cardColumns)
    .select(sql<string>`s.paid_on::text`.as('day'))
    .select(
      sql<boolean>`exists (select from community.sponsorship r where r.reverses = s.id)`.as('isReversed'),
    )
    .where('s.organisation_id', '=', organisationId)
    .orderBy('s.year', 'desc')
    .orderBy('s.id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    year: row.year,
    amountMinor: row.amount_minor,
    currency: row.currency,
    countedMinor: row.counted_minor,
    countedIn: row.counted_in,
    paidOn: row.day,
    note: row.note,
    enteredBy: row.entered_by === null ? null : cardOf(row as Parameters<typeof cardOf>[0], ctx.locale),
    reverses: row.reverses,
    isReversed: row.isReversed,
  }));
}

/** Who sponsors the community, and what it got from them: sums of the payments that stand, for everybody. */
export async function listSponsors(ctx: Context): Promise<SponsorList> {
  const levels = await recallSetting(ctx.db, 'organisation-levels', OrganisationLevels);
  const payments = await ctx.db
    .selectFrom('community.sponsorship as s')
    .innerJoin('community.organisation as o', 'o.id', 's.organisation_id')
    .select(['o.slug', 'o.name', 'o.kind', 'o.state', 's.year', 's.counted_in', standing.as('minor')])
    .groupBy(['o.id', 's.year', 's.counted_in'])
    .having(standing, '>', 0)
    .execute();
  return {
    sponsors: [...Map.groupBy(payments, ({ slug }) => slug).values()]
      .flatMap((paid) => {
        const { slug, name, kind, state } = paid[0]!;
        const counted = paid.filter((one) => one.counted_in === levels.currency);
        const run = latestRun(counted, thisYear());
        if (!run || state !== 'verified') return [];
        const { band } = bandOf(run.totalMinor, levels.bands);
        return [{ slug, name, kind, level: levelIn(ctx, run, band)?.name ?? null, run, band }];
      })
      .toSorted(
        (a, b) =>
          (b.band?.atLeastMinor ?? 0) - (a.band?.atLeastMinor ?? 0) ||
          a.run.from - b.run.from ||
          a.name.localeCompare(b.name),
      )
      .map(({ run: { from, until }, band: _band, ...sponsor }) => ({ ...sponsor, from, until })),
    income: [...Map.groupBy(payments, ({ year, counted_in }) => `${year} ${counted_in}`).values()]
      .map((paid) => incomeOf(paid))
      .toSorted((a, b) => b.year - a.year || a.currency.localeCompare(b.currency)),
  };
}

type Paid = { kind: OrganisationKind; year: number; counted_in: string; minor: number };

function incomeOf(paid: readonly Paid[]): SponsorIncome {
  const kinds = [...Map.groupBy(paid, ({ kind }) => kind)].map(([kind, ofKind]) => ({
    kind,
    sponsors: ofKind.length,
    minor: ofKind.reduce((sum, { minor }) => sum + minor, 0),
  }));
  const sources = sourcesOf(kinds);
  return {
    year: paid[0]!.year,
    currency: paid[0]!.counted_in,
    sponsors: paid.length,
    totalMinor: sources ? sources.reduce((sum, { minor }) => sum + minor, 0) : null,
    sources: sources ?? [],
  };
}
