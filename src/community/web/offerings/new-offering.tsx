import { redirect } from 'react-router';
import { z } from 'zod';
import { offeringPageText as text } from '#src/community/contract/offerings.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { PageGrid, PageHead } from '../site/parts.tsx';
import { bodyOf, OfferingForm } from './offering-form.tsx';
import '../organisations/organisations.css';

type Kind = 'product' | 'service';
type Asked = { context: Readonly<import('react-router').RouterContextProvider>; request: Request };

/** Whose a new offering will be, as the address says. */
export function readOwner({ context, request }: Asked): { organisation: string } {
  const url = new URL(request.url);
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(url.pathname + url.search)}`);
  return { organisation: url.searchParams.get('organisation') ?? '' };
}

/** Offers what the form says, and leads to its page. */
export async function sendOffering({ context, request }: Asked, kind: Kind) {
  const form = await request.formData();
  const { body, given } = bodyOf(form, kind);
  const work = context
    .get(apiContext)
    .post(
      `/api/community/offerings/${kind}s`,
      { ...body, organisation: fieldOf(form, 'organisation') },
      z.object({ id: z.number() }),
    );
  const answer = await formAnswer(work);
  if ('refused' in answer) return refusedForm(answer.refused, given);
  throw redirect(`/${kind}s/${answer.done.id}`);
}

/** The page of a new product or service. */
export function NewOffering(props: {
  kind: Kind;
  organisation: string;
  answer: { given: Record<string, string>; problem: Problem } | undefined;
}) {
  const { kind, organisation, answer } = props;
  const t = useText();
  return (
    <PageGrid>
      <PageHead title={t(kind === 'product' ? text.addProduct : text.addService)} lead={t(text.addLead)} />
      <OfferingForm
        kind={kind}
        organisation={organisation}
        given={answer?.given ?? {}}
        problem={answer?.problem}
      />
    </PageGrid>
  );
}
