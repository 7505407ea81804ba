import { redirect } from 'react-router';
import { z } from 'zod';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { Organisation } from '#src/community/contract/organisations.ts';
import { currencies } from '#src/community/contract/placements.ts';
import { SponsorPage } from '#src/community/contract/sponsorships.ts';
import { sponsorPageText as text } from '#src/community/contract/sponsorships.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Box, EmptyState, PageGrid, Wide } from '../site/parts.tsx';
import type { Route } from './+types/sponsorship.page.ts';
import { EntryWords, ReverseCell } from './ledger-parts.tsx';
import { minorOf, moneyIn } from './money.ts';
import { OrganisationHead } from './parts.tsx';
import './organisations.css';

export function meta(args: Route.MetaArgs) {
  const locale = localeOf(args);
  return titleIn(locale, `${text.tab[locale]} · ${args.loaderData?.organisation.name ?? ''}`);
}

export async function loader({ context, params }: Route.LoaderArgs) {
  const slug = encodeURIComponent(params.slug);
  const api = context.get(apiContext);
  const [organisation, sponsor] = await Promise.all([
    api.get(`/api/community/organisations/${slug}`, Organisation),
    api.get(`/api/community/sponsorships/${slug}`, SponsorPage),
  ]);
  return { organisation, sponsor };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const address = `/api/community/sponsorships/${encodeURIComponent(params.slug)}`;
  const api = context.get(apiContext);
  const names = ['year', 'amount', 'currency', 'worth', 'countedIn', 'paidOn', 'note'] as const;
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const { year, amount = '', currency = '', worth = '', countedIn = '', paidOn, note } = given;
  const payment = fieldOf(form, 'payment');
  const Made = z.object({ id: z.number() });
  const body = {
    year: Number(year),
    amountMinor: minorOf(amount, currency),
    currency,
    countedMinor: worth === '' ? null : minorOf(worth, countedIn),
    paidOn,
    note,
  };
  const answer = await formAnswer(
    payment === ''
      ? api.post(address, body, Made)
      : api.post(`${address}/${encodeURIComponent(payment)}/reverse`, undefined, Made),
  );
  return 'refused' in answer
    ? refusedForm(answer.refused, given)
    : redirect(`${organisationPath(params.slug)}/sponsorship`);
}

export default function SponsorshipPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { organisation, sponsor } = loaderData;
  const seesAmounts = sponsor.totalMinor !== null;
  return (
    <PageGrid aside={<Levels sponsor={sponsor} />}>
      <OrganisationHead organisation={organisation} current="sponsorship" level={sponsor.level} />
      <p className="com-lead">{t(text.lead)}</p>
      <Refusal problem={actionData?.problem} />
      <p>
        <strong>{sponsor.level?.name ?? t(text.noLevel)}</strong>
        {' · '}
        {sponsor.run ? t(text.years(sponsor.run.from, sponsor.run.until)) : t(text.noRun)}
      </p>
      {sponsor.mayEnter && organisation.state === 'verified' && (
        <EnterForm
          countedIn={sponsor.currency}
          given={actionData?.given ?? {}}
          problem={actionData?.problem}
        />
      )}
      {seesAmounts && <Payments sponsor={sponsor} />}
    </PageGrid>
  );
}

function Levels({ sponsor }: { sponsor: SponsorPage }) {
  const t = useText();
  const locale = useLocale();
  const { currency, totalMinor, missingMinor } = sponsor;
  return (
    <Box title={t(text.level)}>
      <ul className="com-plain com-lines">
        {sponsor.bands.map((band) => (
          <li key={band.atLeastMinor}>
            <span className="com-mark" data-tone={band.isReached ? 'good' : 'idle'}>
              {band.isReached && '✓ '}
              {band.name}
            </span>{' '}
            <span className="com-dim">
              {t(text.atLeast)} {moneyIn(band.atLeastMinor, currency, locale)}
            </span>
          </li>
        ))}
      </ul>
      {totalMinor !== null && (
        <p>
          {t(text.total)} <strong>{moneyIn(totalMinor, currency, locale)}</strong>
        </p>
      )}
      {missingMinor !== null && (
        <p className="com-dim">
          {t(text.missing)} {moneyIn(missingMinor, currency, locale)}
        </p>
      )}
    </Box>
  );
}

function Payments({ sponsor }: { sponsor: SponsorPage }) {
  const t = useText();
  const locale = useLocale();
  const format = useFormat();
  if (sponsor.payments.length === 0) return <EmptyState title={t(text.none)} />;
  return (
    <Box title={t(text.payments)}>
      <Wide>
        <table className="com-table">
          <thead>
            <tr>
              <th scope="col">{t(text.year)}</th>
              <th scope="col">{t(text.paidOn)}</th>
              <th scope="col">{t(text.note)}</th>
              <th scope="col" className="com-number">
                {t(text.amount)}
              </th>
              <th scope="col" className="com-number">
                {t(text.total)}
              </th>
              {sponsor.mayEnter && <th scope="col">{t(text.reverse)}</th>}
            </tr>
          </thead>
          <tbody>
            {sponsor.payments.map((one) => {
              const sign = one.reverses === null ? 1 : -1;
              return (
                <tr key={one.id}>
                  <td>{one.year}</td>
                  <td>{format.date(`${one.paidOn}T12:00:00Z`)}</td>
                  <EntryWords entry={one}>
                    <bdi>{one.note}</bdi>
                  </EntryWords>
                  <td className="com-number">{moneyIn(sign * one.amountMinor, one.currency, locale)}</td>
                  <td className="com-number">{moneyIn(sign * one.countedMinor, one.countedIn, locale)}</td>
                  {sponsor.mayEnter && <ReverseCell entry={one} name="payment" />}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Wide>
    </Box>
  );
}

function EnterForm(props: {
  countedIn: string;
  given: Record<string, string>;
  problem: Problem | null | undefined;
}) {
  const t = useText();
  const { countedIn, given, problem } = props;
  const field = (name: string) => ({ name, defaultValue: given[name], problem });
  return (
    <Box title={t(text.enter)}>
      <form method="post" className="com-form com-row">
        <input type="hidden" name="countedIn" value={countedIn} />
        <Field label={t(text.year)} {...field('year')} type="number" min="2000" max="2100" required />
        <Field label={t(text.amount)} {...field('amount')} type="number" min="0" step="0.01" required />
        <ChoiceField
          label={t(text.currency)}
          {...field('currency')}
          defaultValue={given['currency'] ?? countedIn}
        >
          {currencies.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </ChoiceField>
        <Field
          label={t(text.worth(countedIn))}
          hint={t(text.worthHint)}
          {...field('worth')}
          type="number"
          min="0"
          step="0.01"
        />
        <Field label={t(text.paidOn)} {...field('paidOn')} type="date" required />
        <Field label={t(text.note)} {...field('note')} maxLength={200} />
        <button type="submit" className="com-button">
          {t(text.enter)}
        </button>
      </form>
    </Box>
  );
}
