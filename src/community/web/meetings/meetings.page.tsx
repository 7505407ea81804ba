import { redirect } from 'react-router';
import { z } from 'zod';
import { meetingPath } from '#src/community/contract/addresses.ts';
import { MeetingList } from '#src/community/contract/meetings.ts';
import { meetingPageText as text } from '#src/community/contract/meetings.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, TextField, TickField } from '#src/platform/web/public/form-parts.tsx';
import { CommitteeField } from '../committees/committee-field.tsx';
import { listHead } from '../site/head.ts';
import { Box, EmptyState, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MeetingLines } from './meeting-lines.tsx';
import type { Route } from './+types/meetings.page.ts';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.title, '/meetings');

export async function loader({ context }: Route.LoaderArgs) {
  return { list: await context.get(apiContext).get('/api/community/meetings', MeetingList) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const names = ['committee', 'title', 'startsAt', 'agenda'];
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  // A field for a day and a time has no zone: the page says that it is UTC.
  const body = { ...given, startsAt: `${given['startsAt']}:00Z`, forAll: fieldOf(form, 'forAll') !== '' };
  const Made = z.object({ id: z.number().int() });
  const answer = await formAnswer(context.get(apiContext).post('/api/community/meetings', body, Made));
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(meetingPath(answer.done.id));
}

export default function MeetingsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { items, mayCall } = loaderData.list;
  const given: Record<string, string> = actionData?.given ?? {};
  const problem = actionData?.problem;
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      {items.length === 0 && <EmptyState title={t(text.none)} hint={t(text.noneHint)} />}
      <MeetingLines meetings={items} />
      {mayCall.length > 0 && (
        <Box title={t(text.call)}>
          <form method="post" className="com-form">
            <div className="com-row">
              <CommitteeField committees={mayCall} defaultValue={given['committee']} />
              <Field
                label={t(text.startsAt)}
                name="startsAt"
                type="datetime-local"
                required
                defaultValue={given['startsAt']}
                problem={problem}
              />
            </div>
            <Field
              label={t(text.name)}
              name="title"
              maxLength={200}
              required
              defaultValue={given['title']}
              problem={problem}
            />
            <TextField
              label={t(text.agenda)}
              name="agenda"
              rows={5}
              maxLength={20_000}
              defaultValue={given['agenda']}
              problem={problem}
            />
            <TickField label={t(text.forAll)} name="forAll" />
            <div className="com-actions">
              <button type="submit" className="com-button">
                {t(text.call)}
              </button>
            </div>
          </form>
        </Box>
      )}
    </PageGrid>
  );
}
