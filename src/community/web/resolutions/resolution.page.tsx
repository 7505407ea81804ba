import { redirect } from 'react-router';
import { resolutionPath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { Resolution, resolutionStates } from '#src/community/contract/resolutions.ts';
import { resolutionPageText as text } from '#src/community/contract/resolutions.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, TextField } from '#src/platform/web/public/form-parts.tsx';
import { headOf } from '../site/head.ts';
import { Box, Breadcrumb, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/resolution.page.ts';
import { ResolutionFacts } from './resolution-parts.tsx';

export const handle = { hydrate: false, isKept: true };

export const meta = (args: Route.MetaArgs) =>
  args.loaderData
    ? headOf(args, {
        title: args.loaderData.resolution.title,
        path: resolutionPath(args.loaderData.resolution.id),
        feed: { path: feedPath('decisions'), title: text.title[localeOf(args)] },
      })
    : [];

const addressOf = (id: string) => `/api/community/resolutions/${encodeURIComponent(id)}`;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { resolution: await context.get(apiContext).get(addressOf(params.resolution), Resolution) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const body = { state: fieldOf(form, 'state'), words: fieldOf(form, 'words') };
  const address = `${addressOf(params.resolution)}/follow-up`;
  const answer = await formAnswer(context.get(apiContext).put(address, body));
  return 'refused' in answer
    ? refusedForm(answer.refused, body)
    : redirect(resolutionPath(Number(params.resolution)));
}

export default function ResolutionPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { resolution } = loaderData;
  return (
    <PageGrid>
      <Breadcrumb steps={[{ href: '/decisions', label: t(text.title) }, { label: resolution.title }]} />
      <PageHead title={<bdi>{resolution.title}</bdi>} />
      <ResolutionFacts resolution={resolution} />
      <PostBody html={resolution.html} />
      {resolution.followUp !== '' && (
        <Box title={t(text.followUp)}>
          <p className="com-said">
            <bdi>{resolution.followUp}</bdi>
          </p>
        </Box>
      )}
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {resolution.mayFollowUp && (
        <form method="post" className="com-form">
          <ChoiceField label={t(text.title)} name="state" defaultValue={resolution.state}>
            {resolutionStates.map((state) => (
              <option key={state} value={state}>
                {t(text[state])}
              </option>
            ))}
          </ChoiceField>
          <TextField
            label={t(text.followUp)}
            name="words"
            rows={3}
            maxLength={4000}
            defaultValue={resolution.followUp}
          />
          <div className="com-actions">
            <button type="submit" className="com-button">
              {t(text.save)}
            </button>
          </div>
        </form>
      )}
    </PageGrid>
  );
}
