import { redirect } from 'react-router';
import { z } from 'zod';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { organisationPageText as text } from '#src/community/contract/organisations.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/new-organisation.page.ts';
import { OrganisationFields } from './fields.tsx';

export const meta = titled(text.add);

export function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=%2Forganisations%2Fnew');
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const names = [
    'name',
    'kind',
    'website',
    'country',
    'size',
    'industry',
    'about',
    'slug',
    'evidence',
  ] as const;
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const { slug, ...rest } = given;
  const body = { ...rest, ...(slug !== '' && { slug }) };
  const answer = await formAnswer(
    context.get(apiContext).post('/api/community/organisations', body, z.object({ slug: z.string() })),
  );
  return 'refused' in answer
    ? refusedForm(answer.refused, given)
    : redirect(organisationPath(answer.done.slug));
}

export default function NewOrganisationPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  const was = (name: string) => actionData?.given[name] ?? '';
  const given = {
    name: was('name'),
    kind: was('kind'),
    website: was('website'),
    country: was('country'),
    size: was('size'),
    industry: was('industry'),
    about: was('about'),
  };
  return (
    <PageGrid>
      <PageHead title={t(text.add)} lead={t(text.addLead)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <form method="post" className="com-form">
        <OrganisationFields given={given} problem={problem} />
        <Field
          label={t(text.address)}
          hint={t(text.addressHint)}
          name="slug"
          maxLength={60}
          pattern="[a-z][a-z0-9-]+[a-z0-9]"
          defaultValue={was('slug')}
          problem={problem}
        />
        <TextField
          label={t(text.evidence)}
          hint={t(text.evidenceHint)}
          name="evidence"
          rows={4}
          maxLength={4000}
          required
          defaultValue={was('evidence')}
          problem={problem}
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.submit)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}
