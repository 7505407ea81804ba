import { redirect } from 'react-router';
import { BadgePage as Page } from '#src/community/contract/badges.ts';
import { badgeText as text } from '#src/community/contract/badges.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Ago, Box, Breadcrumb, EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/badge.page.ts';
import { BadgeMark } from './badge-mark.tsx';

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), args.loaderData?.badge.name ?? text.title[localeOf(args)]);

export const loader = ({ context, params }: Route.LoaderArgs) =>
  context.get(apiContext).get(`/api/community/badges/${encodeURIComponent(params.slug)}`, Page);

export async function action({ context, params }: Route.ActionArgs) {
  const slug = encodeURIComponent(params.slug);
  const answer = await formAnswer(context.get(apiContext).delete(`/api/community/badges/${slug}`));
  return 'refused' in answer ? refusedForm(answer.refused) : redirect(`/badges/${slug}`);
}

export default function BadgePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { badge, awards, mayChange } = loaderData;
  return (
    <PageGrid>
      <Breadcrumb steps={[{ href: '/badges', label: t(text.title) }, { label: badge.name }]} />
      <PageHead title={badge.name} lead={badge.about}>
        <BadgeMark badge={badge} />
      </PageHead>
      <Refusal problem={actionData?.problem} />
      {badge.isRetired && <p className="com-dim">{t(text.retired)}</p>}
      {awards.length === 0 ? (
        <EmptyState title={t(text.nobody)} hint={badge.about} />
      ) : (
        <Box title={t(text.last)}>
          <ul className="com-plain com-lines">
            {awards.map(({ member, at }) => (
              <li key={`${member.handle} ${at}`}>
                <MemberLink member={member} />{' '}
                <span className="com-dim">
                  <Ago at={at} />
                </span>
              </li>
            ))}
          </ul>
        </Box>
      )}
      {mayChange && !badge.isRetired && (
        <form method="post" className="com-actions">
          <button type="submit" className="com-button" data-kind="quiet">
            {t(text.retire)}
          </button>
        </form>
      )}
    </PageGrid>
  );
}
