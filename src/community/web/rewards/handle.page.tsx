import { redirect } from 'react-router';
import { type HandledRedemption, HandledRedemptions, handledViews } from '#src/community/contract/rewards.ts';
import { rewardPageText as text } from '#src/community/contract/rewards.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { moneyIn } from '../organisations/money.ts';
import { Ago, Breadcrumb, EmptyState, PageGrid, PageHead, Pager, Tabs } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/handle.page.ts';
import { StateMark } from './state-mark.tsx';

export const meta = titled(text.handle);

const names = { open: text.open, all: text.all, taxable: text.taxableView };
const hrefOf = (view: string, cursor?: string) =>
  addressWith('/rewards/handle', { view: view === 'open' ? undefined : view, cursor });

export async function loader({ context, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const view = handledViews.find((one) => one === searchParams.get('view')) ?? 'open';
  const cursor = searchParams.get('cursor') ?? undefined;
  const list = await context
    .get(apiContext)
    .get(addressWith('/api/community/redemptions/handled', { view, cursor }), HandledRedemptions);
  return { list, view, isFirst: cursor === undefined };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const id = encodeURIComponent(fieldOf(form, 'redemption'));
  const answer = await formAnswer(
    context.get(apiContext).post(`/api/community/redemptions/${id}/advance`, {
      state: fieldOf(form, 'state'),
      note: fieldOf(form, 'note'),
    }),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/rewards/handle');
}

export default function HandlePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { list, view, isFirst } = loaderData;
  return (
    <PageGrid>
      <Breadcrumb steps={[{ href: '/rewards', label: t(text.title) }, { label: t(text.handle) }]} />
      <PageHead title={t(text.handle)} />
      <Tabs
        label={t(text.handle)}
        tabs={handledViews.map((one) => ({
          href: hrefOf(one),
          label: t(names[one]),
          current: one === view,
        }))}
      />
      <Refusal problem={actionData?.problem} />
      {list.items.length === 0 && <EmptyState title={t(text.nothing)} />}
      <ul className="com-plain com-lines">
        {list.items.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ul>
      <Pager
        next={list.nextCursor === null ? null : hrefOf(view, list.nextCursor)}
        first={isFirst ? null : hrefOf(view)}
      />
    </PageGrid>
  );
}

function Line({ one }: { one: HandledRedemption }) {
  const t = useText();
  const locale = useLocale();
  const format = useFormat();
  const isOpen = one.endedAt === null;
  return (
    <li>
      <strong>{one.reward}</strong> <StateMark state={one.state} />{' '}
      {one.isTaxable && (
        <span className="com-mark" data-tone="bad">
          {t(text.taxable)}
        </span>
      )}
      <p className="com-meta">
        <MemberLink member={one.member} />
        <span>{t(text.price(format.number(one.price)))}</span>
        <span>{moneyIn(one.valueMinor, one.currency, locale)}</span>
        <Ago at={one.orderedAt} />
        {one.note !== '' && <bdi>{one.note}</bdi>}
      </p>
      {one.address !== null && (
        <p>
          <bdi className="com-lines-kept">{one.address}</bdi>
        </p>
      )}
      {isOpen && (
        <form method="post" className="com-form com-row">
          <input type="hidden" name="redemption" value={one.id} />
          <Field label={t(text.note)} name="note" maxLength={500} defaultValue={one.note} />
          {one.state === 'ordered' && (
            <button type="submit" className="com-button" name="state" value="sent">
              {t(text.send)}
            </button>
          )}
          <button type="submit" className="com-button" data-kind="quiet" name="state" value="delivered">
            {t(text.deliver)}
          </button>
          <button type="submit" className="com-button" data-kind="bad" name="state" value="cancelled">
            {t(text.refund)}
          </button>
        </form>
      )}
    </li>
  );
}
