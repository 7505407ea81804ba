import { redirect } from 'react-router';
import { z } from 'zod';
import { memberPath } from '#src/community/contract/addresses.ts';
import { MemberCard } from '#src/community/contract/members.ts';
import { Followed, FollowKind } from '#src/community/contract/people.ts';
import { peopleText as text } from '#src/community/contract/people.text.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Box } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/following.page.ts';
import { SettingsHead } from './settings-tabs.tsx';

export const meta = titled(text.following);

export async function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/settings/community/following');
  const api = context.get(apiContext);
  return {
    followed: await api.get('/api/community/follows', z.array(Followed)),
    blocked: await api.get('/api/community/blocks', z.array(MemberCard)),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const key = encodeURIComponent(fieldOf(form, 'key'));
  const kind = FollowKind.safeParse(fieldOf(form, 'kind')).data;
  const answer = await formAnswer(
    api.delete(kind ? `/api/community/follows/${kind}/${key}` : `/api/community/blocks/${key}`),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/settings/community/following');
}

export default function FollowingPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { followed, blocked } = loaderData;
  return (
    <>
      <SettingsHead current="/settings/community/following" />
      <Refusal problem={actionData?.problem} />
      <Box title={t(text.following)}>
        <p className="com-dim">{t(followed.length === 0 ? text.nothingFollowed : text.followingLead)}</p>
        <ul className="com-plain com-rows">
          {followed.map((one) => (
            <li key={`${one.kind} ${one.key}`}>
              <span className="com-mark" data-tone="idle">
                {t(text[one.kind])}
              </span>
              <a href={one.href}>
                <bdi>{one.title}</bdi>
              </a>
              <form method="post">
                <input type="hidden" name="kind" value={one.kind} />
                <input type="hidden" name="key" value={one.key} />
                <button
                  type="submit"
                  className="com-button"
                  data-kind="link"
                  aria-label={`${t(text.stop)}: ${one.title}`}
                >
                  {t(text.stop)}
                </button>
              </form>
            </li>
          ))}
        </ul>
      </Box>
      <Box title={t(text.blocked)}>
        <p className="com-dim">{t(blocked.length === 0 ? text.nobodyBlocked : text.blockedLead)}</p>
        <ul className="com-plain com-rows">
          {blocked.map((one) => (
            <li key={one.handle}>
              <MemberLink member={one} size={24} />
              <span className="com-dim">@{one.handle}</span>
              <form method="post" action={memberPath(one.handle ?? '')}>
                <button
                  type="submit"
                  name="intent"
                  value="unblock"
                  className="com-button"
                  data-kind="link"
                  aria-label={`${t(memberText.unblock)}: ${one.name}`}
                >
                  {t(memberText.unblock)}
                </button>
              </form>
            </li>
          ))}
        </ul>
      </Box>
    </>
  );
}
