import { redirect } from 'react-router';
import { z } from 'zod';
import { resolutionPath } from '#src/community/contract/addresses.ts';
import { ResolutionList } from '#src/community/contract/resolutions.ts';
import { resolutionPageText as text } from '#src/community/contract/resolutions.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { CommitteeField } from '../committees/committee-field.tsx';
import { Box, EmptyState, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/resolutions.page.ts';
import { ResolutionFacts } from './resolution-parts.tsx';

export const handle = { hydrate: false, cacheSeconds: 5 };
export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  return { list: await context.get(apiContext).get('/api/community/resolutions', ResolutionList) };
}

const names = [
  'committee',
  'title',
  'text',
  'decidedOn',
  'yes',
  'no',
  'abstain',
  'owner',
  'dueOn',
  'meetingId',
];

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const orNull = (name: string) => (given[name] === '' ? null : given[name]);
  const number = (name: string) => Number(given[name] || '0');
  const body = {
    ...given,
    yes: number('yes'),
    no: number('no'),
    abstain: number('abstain'),
    owner: orNull('owner'),
    dueOn: orNull('dueOn'),
    meetingId: given['meetingId'] === '' ? null : number('meetingId'),
  };
  const Made = z.object({ id: z.number().int() });
  const answer = await formAnswer(context.get(apiContext).post('/api/community/resolutions', body, Made));
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(resolutionPath(answer.done.id));
}

export default function ResolutionsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { items, mayRecord } = loaderData.list;
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {items.length === 0 && <EmptyState title={t(text.none)} hint={t(text.noneHint)} />}
      <ul className="com-plain com-lines">
        {items.map((one) => (
          <li key={one.id}>
            <h3>
              <a href={resolutionPath(one.id)}>
                <bdi>{one.title}</bdi>
              </a>
            </h3>
            <ResolutionFacts resolution={one} />
          </li>
        ))}
      </ul>
      {mayRecord.length > 0 && (
        <RecordForm mayRecord={mayRecord} given={actionData?.given ?? {}} problem={actionData?.problem} />
      )}
    </PageGrid>
  );
}

function RecordForm(props: {
  mayRecord: ResolutionList['mayRecord'];
  given: Record<string, string>;
  problem: Problem | undefined;
}) {
  const t = useText();
  const { mayRecord, given, problem } = props;
  const field = (name: 'yes' | 'no' | 'abstain' | 'decidedOn' | 'dueOn' | 'owner', type: string) => (
    <Field
      label={t(text[name])}
      name={name}
      type={type}
      min={type === 'number' ? 0 : undefined}
      required={name === 'decidedOn'}
      defaultValue={given[name]}
      problem={problem}
    />
  );
  return (
    <Box title={t(text.record)}>
      <form method="post" className="com-form">
        <CommitteeField committees={mayRecord} defaultValue={given['committee']} />
        <Field
          label={t(text.name)}
          name="title"
          maxLength={200}
          required
          defaultValue={given['title']}
          problem={problem}
        />
        <TextField
          label={t(text.text)}
          name="text"
          rows={5}
          maxLength={20_000}
          required
          defaultValue={given['text']}
          problem={problem}
        />
        <div className="com-row">
          {field('decidedOn', 'date')}
          {field('yes', 'number')}
          {field('no', 'number')}
          {field('abstain', 'number')}
        </div>
        <div className="com-row">
          {field('owner', 'text')}
          {field('dueOn', 'date')}
          <Field
            label={t(text.meeting)}
            name="meetingId"
            type="number"
            min={1}
            defaultValue={given['meetingId']}
            problem={problem}
          />
        </div>
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.record)}
          </button>
        </div>
      </form>
    </Box>
  );
}
