import { redirect } from 'react-router';
import { z } from 'zod';
import { offeringPageText as text } from '#src/community/contract/offerings.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/new-service.page.ts';
import { bodyOf, OfferingForm } from './offering-form.tsx';
import '../organisations/organisations.css';

export const meta = titled(text.addService);

export function loader({ context, request }: Route.LoaderArgs) {
  const url = new URL(request.url);
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(url.pathname + url.search)}`);
  return { organisation: url.searchParams.get('organisation') ?? '' };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const { body, given } = bodyOf(form, 'service');
  const work = context
    .get(apiContext)
    .post(
      '/api/community/offerings/services',
      { ...body, organisation: fieldOf(form, 'organisation') },
      z.object({ id: z.number() }),
    );
  const answer = await formAnswer(work);
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(`/services/${answer.done.id}`);
}

export default function NewServicePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <PageGrid>
      <PageHead title={t(text.addService)} lead={t(text.addLead)} />
      <OfferingForm
        kind="service"
        organisation={loaderData.organisation}
        given={actionData?.given ?? {}}
        problem={actionData?.problem}
      />
    </PageGrid>
  );
}
