import { redirect } from 'react-router';
import { z } from 'zod';
import { Redemption } from '#src/community/contract/rewards.ts';
import { rewardPageText as text } from '#src/community/contract/rewards.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Ago, Breadcrumb, EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/mine.page.ts';
import { StateMark } from './state-mark.tsx';

export const meta = titled(text.mine);

export async function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/rewards/mine');
  return { items: await context.get(apiContext).get('/api/community/redemptions', z.array(Redemption)) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const id = encodeURIComponent(fieldOf(await request.formData(), 'redemption'));
  const answer = await formAnswer(context.get(apiContext).delete(`/api/community/redemptions/${id}`));
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/rewards/mine');
}

export default function MinePage({ loaderData: { items }, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  return (
    <PageGrid>
      <Breadcrumb steps={[{ href: '/rewards', label: t(text.title) }, { label: t(text.mine) }]} />
      <PageHead title={t(text.mine)} />
      <Refusal problem={actionData?.problem} />
      {items.length === 0 && (
        <EmptyState title={t(text.noneMine)}>
          <a className="com-button" href="/rewards">
            {t(text.title)}
          </a>
        </EmptyState>
      )}
      <ul className="com-plain com-lines">
        {items.map((one) => (
          <li key={one.id}>
            <strong>{one.reward}</strong> <StateMark state={one.state} />
            <p className="com-meta">
              <span>{t(text.price(format.number(one.price)))}</span>
              <Ago at={one.orderedAt} />
              {one.note !== '' && <bdi>{one.note}</bdi>}
            </p>
            {one.state === 'ordered' && (
              <form method="post">
                <button
                  type="submit"
                  className="com-button"
                  data-kind="link"
                  name="redemption"
                  value={one.id}
                  aria-label={`${t(text.cancel)}: ${one.reward}`}
                >
                  {t(text.cancel)}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </PageGrid>
  );
}
