import { redirect } from 'react-router';
import { offeringPath } from '#src/community/contract/addresses.ts';
import { Offering } from '#src/community/contract/offerings.ts';
import { offeringPageText as text } from '#src/community/contract/offerings.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/edit-service.page.ts';
import { bodyOf, givenOf, OfferingForm } from './offering-form.tsx';
import '../organisations/organisations.css';

export const meta = titled(text.edit);

export async function loader({ context, params }: Route.LoaderArgs) {
  const offering = await context
    .get(apiContext)
    .get(`/api/community/offerings/${encodeURIComponent(params.id)}`, Offering);
  if (!offering.viewer.isManager || offering.kind !== 'service')
    throw redirect(`/${offering.kind}s/${offering.id}`);
  const newest = offering.revisions[0]?.service ?? offering.service;
  return { given: newest === null ? {} : givenOf(newest) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { body, given } = bodyOf(await request.formData(), 'service');
  const address = `/api/community/offerings/${encodeURIComponent(params.id)}/service`;
  const answer = await formAnswer(context.get(apiContext).put(address, body));
  return 'refused' in answer
    ? refusedForm(answer.refused, given)
    : redirect(offeringPath({ kind: 'service', id: params.id }));
}

export default function EditServicePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <PageGrid>
      <PageHead title={t(text.edit)} lead={t(text.editLead)} />
      <OfferingForm
        kind="service"
        given={actionData?.given ?? loaderData.given}
        problem={actionData?.problem}
      />
    </PageGrid>
  );
}
