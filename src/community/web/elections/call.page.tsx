import { redirect } from 'react-router';
import { z } from 'zod';
import { electionPath } from '#src/community/contract/addresses.ts';
import { ListedCommittee, offices } from '#src/community/contract/committees.ts';
import { committeePageText } from '#src/community/contract/committees.text.ts';
import { electionPageText as text } from '#src/community/contract/elections.text.ts';
import { electionMethods } from '#src/community/contract/tallies.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { CommitteeField } from '../committees/committee-field.tsx';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/call.page.ts';

export const handle = { hydrate: false };
export const meta = titled(text.call);

export async function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=%2Felections%2Fnew');
  const list = z.array(ListedCommittee);
  const committees = await context.get(apiContext).get('/api/community/committees', list);
  return { committees: committees.map(({ slug, name }) => ({ slug, name })) };
}

const names = ['title', 'about', 'method', 'seats', 'maxScore', 'committee', 'office', 'months'] as const;
const more = ['joinedDays', 'minReputation', 'opensAt', 'closesAt'] as const;

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given = Object.fromEntries([...names, ...more].map((name) => [name, fieldOf(form, name)]));
  const number = (name: string) => Number(given[name]);
  // A field for a day and a time has no zone: the page says that it is UTC.
  const moment = (name: string) => `${given[name]}:00Z`;
  const body = {
    title: given['title'],
    about: given['about'],
    method: given['method'],
    seats: number('seats'),
    maxScore: number('maxScore'),
    fills:
      given['committee'] === ''
        ? null
        : { committee: given['committee'], office: given['office'], months: number('months') },
    joinedDays: number('joinedDays'),
    minReputation: number('minReputation'),
    opensAt: moment('opensAt'),
    closesAt: moment('closesAt'),
  };
  const Made = z.object({ id: z.number().int() });
  const answer = await formAnswer(context.get(apiContext).post('/api/community/elections', body, Made));
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(electionPath(answer.done.id));
}

export default function CallPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  const given: Record<string, string> = actionData?.given ?? {};
  const number = (name: string, label: string, usual: string, least = 0) => (
    <Field
      label={label}
      name={name}
      type="number"
      min={least}
      required
      defaultValue={given[name] ?? usual}
      problem={problem}
    />
  );
  return (
    <PageGrid>
      <PageHead title={t(text.call)} lead={t(text.callLead)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <form method="post" className="com-form">
        <Field
          label={t(text.name)}
          name="title"
          maxLength={200}
          required
          defaultValue={given['title']}
          problem={problem}
        />
        <TextField
          label={t(text.about)}
          name="about"
          rows={4}
          maxLength={20_000}
          defaultValue={given['about']}
          problem={problem}
        />
        <div className="com-row">
          <ChoiceField label={t(text.method)} name="method" defaultValue={given['method'] ?? 'stv'}>
            {electionMethods.map((method) => (
              <option key={method} value={method}>
                {t(text[method])}
              </option>
            ))}
          </ChoiceField>
          {number('seats', t(text.seatCount), '1', 1)}
          {number('maxScore', t(text.maxScore), '5', 1)}
        </div>
        <div className="com-row">
          <CommitteeField
            label={t(text.fills)}
            none={t(text.fillsNothing)}
            committees={loaderData.committees}
            defaultValue={given['committee']}
          />
          <ChoiceField label={t(text.office)} name="office" defaultValue={given['office']}>
            {offices.map((office) => (
              <option key={office} value={office}>
                {t(committeePageText[office])}
              </option>
            ))}
          </ChoiceField>
          {number('months', t(text.months), '12', 1)}
        </div>
        <div className="com-row">
          {number('joinedDays', t(text.joinedDays), '28')}
          {number('minReputation', t(text.minReputation), '1')}
        </div>
        <div className="com-row">
          <Field
            label={t(text.opensAt)}
            name="opensAt"
            type="datetime-local"
            required
            defaultValue={given['opensAt']}
            problem={problem}
          />
          <Field
            label={t(text.closesAt)}
            name="closesAt"
            type="datetime-local"
            required
            defaultValue={given['closesAt']}
            problem={problem}
          />
        </div>
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.call)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}
