import { ModerationSettings } from '#src/community/contract/moderation.ts';
import { limitText, moderationPageText as text } from '#src/community/contract/moderation-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field } from '#src/platform/web/public/form-parts.tsx';
import { Notice } from '../site/parts.tsx';
import type { Route } from './+types/limits.page.ts';
import { ModerationFrame } from './moderation-frame.tsx';

export const meta = titled(text.limits);

const address = '/api/community/moderation/settings';
const names = Object.keys(limitText) as (keyof typeof limitText)[];

export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).get(address, ModerationSettings);
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const wish = Object.fromEntries(names.map((name) => [name, Number(fieldOf(form, name))]));
  const answer = await formAnswer(context.get(apiContext).put(address, wish, ModerationSettings));
  if ('refused' in answer) return refusedForm(answer.refused);
  return { done: true, problem: null };
}

export default function LimitsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <ModerationFrame here="/moderation/limits" title={t(text.limits)} lead={t(text.limitsLead)}>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {actionData?.done && <Notice tone="good">{t(text.saved)}</Notice>}
      <form method="post" className="com-form com-mod-limits">
        {names.map((name) => (
          <Field
            key={name}
            label={t(limitText[name])}
            name={name}
            type="number"
            min={0}
            required
            defaultValue={loaderData[name]}
            problem={actionData?.problem}
          />
        ))}
        <div className="com-actions">
          <button className="com-button">{t(text.save)}</button>
        </div>
      </form>
    </ModerationFrame>
  );
}
