import { redirect } from 'react-router';
import { z } from 'zod';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { Employment } from '#src/community/contract/employments.ts';
import { employmentPageText as text } from '#src/community/contract/employments.text.ts';
import { organisationPageText } from '#src/community/contract/organisations.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field } from '#src/platform/web/public/form-parts.tsx';
import { Box, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/employment.page.ts';
import './organisations.css';

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const url = new URL(request.url);
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(url.pathname + url.search)}`);
  const employments = await context.get(apiContext).get('/api/community/employments', z.array(Employment));
  return { employments, organisation: url.searchParams.get('organisation') ?? '' };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const names = ['organisation', 'from', 'until', 'title', 'id'] as const;
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const { organisation, id, until, ...rest } = given;
  const body = { ...rest, until: until === '' ? null : until };
  const address = `/api/community/employments/${encodeURIComponent(id ?? '')}`;
  const intent = fieldOf(form, 'intent');
  const work: Promise<unknown> =
    intent === 'remove'
      ? api.delete(address)
      : intent === 'change'
        ? api.put(address, body, Employment)
        : api.post('/api/community/employments', { ...body, organisation }, Employment);
  const answer = await formAnswer(work);
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect('/settings/employment');
}

export default function EmploymentPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { employments, organisation } = loaderData;
  const problem = actionData?.problem;
  const given = actionData?.given ?? {};
  const isNew = !given['id'];
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <ul className="com-plain com-lines">
        {employments.map((one) => (
          <OwnRow key={one.id} employment={one} problem={given['id'] === one.id ? problem : null} />
        ))}
      </ul>
      <Box title={t(text.add)}>
        <form method="post" className="com-form">
          <Field
            label={t(text.organisation)}
            hint={t(text.organisationHint)}
            name="organisation"
            maxLength={60}
            required
            defaultValue={isNew ? (given['organisation'] ?? organisation) : organisation}
            problem={isNew ? problem : null}
          />
          <Days given={isNew ? given : {}} problem={isNew ? problem : null} />
          <div className="com-actions">
            <button type="submit" className="com-button">
              {t(organisationPageText.save)}
            </button>
          </div>
        </form>
      </Box>
    </PageGrid>
  );
}

function Days(props: { given: Record<string, string>; problem: Problem | null | undefined }) {
  const t = useText();
  const { given, problem } = props;
  return (
    <>
      <Field
        label={t(text.jobTitle)}
        name="title"
        maxLength={100}
        defaultValue={given['title']}
        problem={problem}
      />
      <div className="com-row">
        <Field
          label={t(text.from)}
          name="from"
          type="date"
          min="1950-01-01"
          required
          defaultValue={given['from']}
          problem={problem}
        />
        <Field
          label={t(text.until)}
          name="until"
          type="date"
          min="1950-01-01"
          defaultValue={given['until']}
          problem={problem}
        />
      </div>
    </>
  );
}

function OwnRow({ employment, problem }: { employment: Employment; problem: Problem | null | undefined }) {
  const t = useText();
  const format = useFormat();
  const { id, organisation, from, until, title, standing } = employment;
  const day = (one: string) => format.date(`${one}T12:00:00Z`);
  return (
    <li>
      <a href={organisationPath(organisation.slug)}>
        <bdi>{organisation.name}</bdi>
      </a>{' '}
      {title !== '' && <bdi>{title}</bdi>}
      <p className="com-meta">
        <span>
          {until === null
            ? t(organisationPageText.since(day(from)))
            : t(organisationPageText.span(day(from), day(until)))}
        </span>
        {standing === 'confirmed' && (
          <span className="com-mark" data-tone="good">
            {t(organisationPageText.confirmedByThem)}
          </span>
        )}
        {standing === 'disputed' && (
          <span className="com-mark" data-tone="bad">
            {t(organisationPageText.disputedByThem)}
          </span>
        )}
      </p>
      <details open={Boolean(problem)}>
        <summary>{t(text.change)}</summary>
        <form method="post" className="com-form">
          <input type="hidden" name="id" value={id} />
          <Days given={{ title, from, until: until ?? '' }} problem={problem} />
          <div className="com-actions">
            <button type="submit" className="com-button" name="intent" value="change">
              {t(organisationPageText.save)}
            </button>
            <button
              type="submit"
              className="com-button"
              data-kind="bad"
              name="intent"
              value="remove"
              formNoValidate
            >
              {t(organisationPageText.remove)}
            </button>
          </div>
        </form>
      </details>
    </li>
  );
}
