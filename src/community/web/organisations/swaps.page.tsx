import { redirect } from 'react-router';
import { z } from 'zod';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { Organisation } from '#src/community/contract/organisations.ts';
import { organisationPageText } from '#src/community/contract/organisations.text.ts';
import { currencies, placementDirections, SwapLedger } from '#src/community/contract/placements.ts';
import { placementPageText as text } from '#src/community/contract/placements.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { Box, Notice, PageGrid, Pager, Wide } from '../site/parts.tsx';
import type { Route } from './+types/swaps.page.ts';
import { addressWith } from './address-with.ts';
import { EntryWords, ReverseCell } from './ledger-parts.tsx';
import { minorOf, moneyIn } from './money.ts';
import { OrganisationHead } from './parts.tsx';
import './organisations.css';

export function meta(args: Route.MetaArgs) {
  const { swaps } = organisationPageText;
  return titleIn(localeOf(args), `${swaps[localeOf(args)]} · ${args.loaderData?.organisation.name ?? ''}`);
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const slug = encodeURIComponent(params.slug);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const api = context.get(apiContext);
  const [organisation, ledger] = await Promise.all([
    api.get(`/api/community/organisations/${slug}`, Organisation),
    api.get(addressWith(`/api/community/placements/${slug}`, { cursor }), SwapLedger),
  ]);
  return { organisation, ledger, isFirst: cursor === undefined };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const address = `/api/community/placements/${encodeURIComponent(params.slug)}`;
  const api = context.get(apiContext);
  const names = ['direction', 'title', 'url', 'value', 'currency', 'day'] as const;
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const { value = '', currency = '', ...rest } = given;
  const entry = fieldOf(form, 'entry');
  const body = { ...rest, currency, valueMinor: minorOf(value, currency) };
  const Made = z.object({ id: z.number() });
  const answer = await formAnswer(
    entry === ''
      ? api.post(address, body, Made)
      : api.post(`${address}/${encodeURIComponent(entry)}/reverse`, undefined, Made),
  );
  return 'refused' in answer
    ? refusedForm(answer.refused, given)
    : redirect(`${organisationPath(params.slug)}/swaps`);
}

export default function SwapsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const locale = useLocale();
  const format = useFormat();
  const { organisation, ledger, isFirst } = loaderData;
  const path = `${organisationPath(organisation.slug)}/swaps`;
  return (
    <PageGrid>
      <OrganisationHead organisation={organisation} current="swaps" />
      <p className="com-lead">{t(text.lead)}</p>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {ledger.balances.map((one) => (
        <p key={one.currency} className="com-meta">
          <span>
            {t(text.given)} <strong>{moneyIn(one.givenMinor, one.currency, locale)}</strong>
          </span>
          <span>
            {t(text.received)} <strong>{moneyIn(one.receivedMinor, one.currency, locale)}</strong>
          </span>
          <span>
            {t(text.balance)} <strong>{moneyIn(Math.abs(one.balanceMinor), one.currency, locale)}</strong>{' '}
            {t(one.balanceMinor === 0 ? text.even : one.balanceMinor > 0 ? text.theyOwe : text.weOwe)}
          </span>
        </p>
      ))}
      {ledger.mayEnter && organisation.kind === 'media-partner' && (
        <EnterForm given={actionData?.given ?? {}} problem={actionData?.problem} />
      )}
      <Wide>
        <table className="com-table">
          <thead>
            <tr>
              <th scope="col">{t(text.day)}</th>
              <th scope="col">{t(text.direction)}</th>
              <th scope="col">{t(text.what)}</th>
              <th scope="col" className="com-number">
                {t(text.value)}
              </th>
              {ledger.mayEnter && <th scope="col">{t(text.reverse)}</th>}
            </tr>
          </thead>
          <tbody>
            {ledger.items.map((one) => (
              <tr key={one.id}>
                <td>{format.date(`${one.day}T12:00:00Z`)}</td>
                <td>{t(text[one.direction])}</td>
                <EntryWords entry={one}>
                  {one.url === '' ? (
                    <bdi>{one.title}</bdi>
                  ) : (
                    <a href={one.url} rel="ugc nofollow noopener">
                      <bdi>{one.title}</bdi>
                    </a>
                  )}
                </EntryWords>
                <td className="com-number">
                  {moneyIn(one.reverses === null ? one.valueMinor : -one.valueMinor, one.currency, locale)}
                </td>
                {ledger.mayEnter && <ReverseCell entry={one} name="entry" />}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <Pager
        next={ledger.nextCursor === null ? null : addressWith(path, { cursor: ledger.nextCursor })}
        first={isFirst ? null : path}
      />
    </PageGrid>
  );
}

function EnterForm({
  given,
  problem,
}: {
  given: Record<string, string>;
  problem: Problem | null | undefined;
}) {
  const t = useText();
  return (
    <Box title={t(text.enter)}>
      <form method="post" className="com-form com-row">
        <ChoiceField label={t(text.direction)} name="direction" defaultValue={given['direction']}>
          {placementDirections.map((one) => (
            <option key={one} value={one}>
              {t(text[one])}
            </option>
          ))}
        </ChoiceField>
        <Field
          label={t(text.what)}
          name="title"
          maxLength={200}
          required
          defaultValue={given['title']}
          problem={problem}
        />
        <Field
          label={t(text.address)}
          name="url"
          type="url"
          maxLength={500}
          defaultValue={given['url']}
          problem={problem}
        />
        <Field
          label={t(text.value)}
          name="value"
          type="number"
          min="0"
          step="0.01"
          required
          defaultValue={given['value']}
          problem={problem}
        />
        <ChoiceField label={t(text.currency)} name="currency" defaultValue={given['currency']}>
          {currencies.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </ChoiceField>
        <Field
          label={t(text.day)}
          name="day"
          type="date"
          required
          defaultValue={given['day']}
          problem={problem}
        />
        <button type="submit" className="com-button">
          {t(text.enter)}
        </button>
      </form>
    </Box>
  );
}
