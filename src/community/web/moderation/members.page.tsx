import { moderationPageText as text } from '#src/community/contract/moderation-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { TickField, ChoiceField, Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { Box, Notice } from '../site/parts.tsx';
import type { Route } from './+types/members.page.ts';
import { ModerationFrame } from './moderation-frame.tsx';

export const meta = titled(text.members);

export function loader({ request }: Route.LoaderArgs) {
  return { handle: new URL(request.url).searchParams.get('member') ?? '' };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const given = { member: fieldOf(form, 'member'), reason: fieldOf(form, 'reason') };
  const answer = await formAnswer(
    fieldOf(form, 'intent') === 'trust'
      ? api.post('/api/community/moderation/trust', {
          ...given,
          level: Number(fieldOf(form, 'level')),
          locked: fieldOf(form, 'locked') === 'yes',
        })
      : api.post('/api/community/moderation/restrictions', {
          ...given,
          kind: fieldOf(form, 'kind'),
          days: Number(fieldOf(form, 'days')),
        }),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  return { done: true, problem: null, given: {} };
}

export default function MembersPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  const given: Record<string, string> = actionData?.given ?? {};
  const who = (
    <Field
      label={t(text.handle)}
      name="member"
      required
      maxLength={40}
      defaultValue={given['member'] ?? loaderData.handle}
      problem={problem}
    />
  );
  const why = (
    <TextField
      label={t(text.reason)}
      name="reason"
      required
      maxLength={2000}
      rows={3}
      defaultValue={given['reason']}
      problem={problem}
    />
  );
  return (
    <ModerationFrame here="/moderation/members" title={t(text.members)} lead={t(text.membersLead)}>
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      {actionData?.done && (
        <Notice tone="good">
          {t(text.done)} <a href="/moderation/log">{t(text.log)}</a>
        </Notice>
      )}
      <Box title={t(text.restriction)}>
        <form method="post" className="com-form">
          {who}
          <ChoiceField label={t(text.restriction)} name="kind" defaultValue="silence">
            <option value="silence">{t(text.silence)}</option>
            <option value="suspend">{t(text.suspend)}</option>
          </ChoiceField>
          <Field
            label={t(text.forDays)}
            name="days"
            type="number"
            min={1}
            max={3650}
            required
            defaultValue={7}
            problem={problem}
          />
          {why}
          <div className="com-actions">
            <button className="com-button" data-kind="bad" name="intent" value="restrict">
              {t(text.restrict)}
            </button>
          </div>
        </form>
      </Box>
      <Box title={t(text.trustLevel)}>
        <form method="post" className="com-form">
          {who}
          <ChoiceField label={t(text.trustLevel)} name="level" defaultValue="1">
            {[0, 1, 2, 3, 4].map((level) => (
              <option key={level} value={level}>
                {level}
              </option>
            ))}
          </ChoiceField>
          <TickField label={t(text.lock)} name="locked" value="yes" />
          {why}
          <div className="com-actions">
            <button className="com-button" name="intent" value="trust">
              {t(text.setTrust)}
            </button>
          </div>
        </form>
      </Box>
    </ModerationFrame>
  );
}
