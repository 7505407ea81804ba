import { redirect } from 'react-router';
import { expertPath, memberPath, postPath } from '#src/community/contract/addresses.ts';
import { Expert } from '#src/community/contract/experts.ts';
import { expertPageText as text } from '#src/community/contract/experts.text.ts';
import { languageNameOf } from '#src/community/contract/languages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { RefuseForm } from '../organisations/refuse-form.tsx';
import { headOf } from '../site/head.ts';
import { wordsOf } from '../site/words-of.ts';
import { Box, Breadcrumb, Notice, PageGrid } from '../site/parts.tsx';
import { AuthorCard } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/expert.page.ts';
import { RateWords } from './expert-parts.tsx';
import '../organisations/organisations.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const expert = args.loaderData?.expert;
  if (!expert) return [];
  const { member, state, aboutHtml } = expert;
  return headOf(args, {
    title: `${member.name} · ${text.title[localeOf(args)]}`,
    description: wordsOf(aboutHtml),
    path: expertPath(member.handle),
    hidden: state !== 'approved',
    kind: 'profile',
    picture: member.avatar,
  });
}

export async function loader({ context, params }: Route.LoaderArgs) {
  const handle = encodeURIComponent(params.handle);
  return { expert: await context.get(apiContext).get(`/api/community/experts/${handle}`, Expert) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const address = `/api/community/experts/${encodeURIComponent(params.handle)}`;
  const works: Record<string, () => Promise<void>> = {
    approve: () => api.post(`${address}/approve`),
    refuse: () => api.post(`${address}/refuse`, { reason: fieldOf(form, 'reason') }),
    leave: () => api.post('/api/community/experts/withdraw'),
  };
  const work = works[fieldOf(form, 'intent')];
  const answer = await formAnswer(work?.() ?? Promise.resolve());
  return 'refused' in answer ? refusedForm(answer.refused) : redirect(expertPath(params.handle));
}

export default function ExpertPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const locale = useLocale();
  const format = useFormat();
  const { expert } = loaderData;
  const { member, state, viewer, evidence } = expert;
  return (
    <PageGrid
      aside={
        <Box>
          <dl className="com-facts">
            <dt>{t(text.availability)}</dt>
            <dd>{t(text[expert.availability])}</dd>
            <dt>{t(text.rate)}</dt>
            <dd>
              <RateWords rate={expert.rate} />
            </dd>
            <dt>{t(text.languages)}</dt>
            <dd>{expert.languages.map((code) => languageNameOf(code, locale)).join(', ')}</dd>
          </dl>
          {viewer.isOwn && (
            <form method="post" className="com-actions">
              <a className="com-button" data-kind="quiet" href="/experts/apply">
                {t(text.changeWords)}
              </a>
              {(state === 'applied' || state === 'approved') && (
                <button type="submit" className="com-button" data-kind="link" name="intent" value="leave">
                  {t(text.leave)}
                </button>
              )}
            </form>
          )}
        </Box>
      }
    >
      <Breadcrumb steps={[{ href: '/experts', label: t(text.title) }, { label: member.name }]} />
      <h1>
        <bdi>{member.name}</bdi>
      </h1>
      <AuthorCard member={member}>
        {member.handle !== null && <a href={memberPath(member.handle)}>{t(text.profile)}</a>}
      </AuthorCard>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {state !== 'approved' && (
        <Notice tone={state === 'refused' ? 'bad' : 'warn'}>
          {t(text[state])} {expert.refusedReason !== null && <bdi>{expert.refusedReason}</bdi>}
        </Notice>
      )}
      {viewer.mayDecide && state === 'applied' && (
        <RefuseForm subject={member.handle ?? ''} approve="approve" label={t(text.approve)} />
      )}
      <ul className="com-tags">
        {expert.skills.map((skill) => (
          <li key={skill}>
            <a className="com-tag" href={`/experts?skill=${encodeURIComponent(skill)}`}>
              <bdi>{skill}</bdi>
            </a>
          </li>
        ))}
      </ul>
      <PostBody html={expert.aboutHtml} />
      <Box title={t(text.evidence)}>
        <ul className="com-plain com-lines">
          {evidence.map((one, index) => (
            <li key={index}>
              {one.post ? (
                <a href={postPath(one.post)}>{one.post.title}</a>
              ) : (
                <a href={one.url} rel="ugc nofollow noopener">
                  {one.url}
                </a>
              )}
              <p className="com-meta">
                {one.post?.isAccepted && (
                  <span className="com-mark" data-tone="good">
                    ✓
                  </span>
                )}
                {one.post && one.post.score !== 0 && <span>{format.number(one.post.score)}</span>}
                {one.note !== '' && <bdi>{one.note}</bdi>}
              </p>
            </li>
          ))}
        </ul>
      </Box>
    </PageGrid>
  );
}
