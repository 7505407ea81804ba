import { redirect } from 'react-router';
import { offeringPath } from '#src/community/contract/addresses.ts';
import { Offering } from '#src/community/contract/offerings.ts';
import { offeringPageText as text } from '#src/community/contract/offerings.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/edit-product.page.ts';
import { bodyOf, givenOf, OfferingForm } from './offering-form.tsx';
import '../organisations/organisations.css';

export const meta = titled(text.edit);

export async function loader({ context, params }: Route.LoaderArgs) {
  const offering = await context
    .get(apiContext)
    .get(`/api/community/offerings/${encodeURIComponent(params.id)}`, Offering);
  if (!offering.viewer.isManager || offering.kind !== 'product')
    throw redirect(`/${offering.kind}s/${offering.id}`);
  const newest = offering.revisions[0]?.product ?? offering.product;
  return { given: newest === null ? {} : givenOf(newest) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { body, given } = bodyOf(await request.formData(), 'product');
  const address = `/api/community/offerings/${encodeURIComponent(params.id)}/product`;
  const answer = await formAnswer(context.get(apiContext).put(address, body));
  return 'refused' in answer
    ? refusedForm(answer.refused, given)
    : redirect(offeringPath({ kind: 'product', id: params.id }));
}

export default function EditProductPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <PageGrid>
      <PageHead title={t(text.edit)} lead={t(text.editLead)} />
      <OfferingForm
        kind="product"
        given={actionData?.given ?? loaderData.given}
        problem={actionData?.problem}
      />
    </PageGrid>
  );
}
