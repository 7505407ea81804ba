import { z } from 'zod';
import { WordRule } from '#src/community/contract/moderation.ts';
import { moderationPageText as text } from '#src/community/contract/moderation-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { EmptyState, Notice } from '../site/parts.tsx';
import type { Route } from './+types/words.page.ts';
import { ModerationFrame } from './moderation-frame.tsx';

export const meta = titled(text.words);

export async function loader({ context }: Route.LoaderArgs) {
  return { rules: await context.get(apiContext).get('/api/community/moderation/words', z.array(WordRule)) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const given = {
    pattern: fieldOf(form, 'pattern'),
    note: fieldOf(form, 'note'),
  };
  const rule = fieldOf(form, 'rule');
  const answer = await formAnswer(
    rule === ''
      ? api.post('/api/community/moderation/words', {
          ...given,
          kind: fieldOf(form, 'kind'),
          effect: fieldOf(form, 'effect'),
        })
      : api.post('/api/community/moderation/words/remove', { rule: Number(rule) }),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  return { done: true, problem: null, given: {} };
}

export default function WordsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  const given: Record<string, string> = actionData?.given ?? {};
  return (
    <ModerationFrame here="/moderation/words" title={t(text.words)} lead={t(text.wordsLead)}>
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      {actionData?.done && <Notice tone="good">{t(text.saved)}</Notice>}
      <form method="post" className="com-form com-row">
        <Field
          label={t(text.pattern)}
          name="pattern"
          required
          maxLength={200}
          defaultValue={given['pattern']}
          problem={problem}
        />
        <ChoiceField label={t(text.ruleKind)} name="kind" defaultValue="word">
          <option value="word">{t(text.word)}</option>
          <option value="domain">{t(text.domain)}</option>
        </ChoiceField>
        <ChoiceField label={t(text.effect)} name="effect" defaultValue="hold">
          <option value="hold">{t(text.hold)}</option>
          <option value="refuse">{t(text.refuse)}</option>
          <option value="allow">{t(text.allow)}</option>
        </ChoiceField>
        <Field
          label={t(text.note)}
          name="note"
          maxLength={500}
          defaultValue={given['note']}
          problem={problem}
        />
        <button className="com-button">{t(text.add)}</button>
      </form>
      {loaderData.rules.length === 0 ? (
        <EmptyState title={t(text.noRules)} />
      ) : (
        <div className="com-mod-scroll">
          <table className="com-table">
            <thead>
              <tr>
                <th>{t(text.pattern)}</th>
                <th>{t(text.ruleKind)}</th>
                <th>{t(text.effect)}</th>
                <th>{t(text.note)}</th>
                <th>
                  <span className="el-hidden">{t(text.removeRule)}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {loaderData.rules.map((rule) => (
                <tr key={rule.id}>
                  <td>
                    <bdi>{rule.pattern}</bdi>
                  </td>
                  <td>{t(text[rule.kind])}</td>
                  <td>
                    <span
                      className="com-mark"
                      data-tone={rule.effect === 'refuse' ? 'bad' : rule.effect === 'hold' ? 'busy' : 'good'}
                    >
                      {t(text[rule.effect])}
                    </span>
                  </td>
                  <td className="com-dim">{rule.note}</td>
                  <td aria-label={t(text.removeRule)}>
                    <form method="post">
                      <input type="hidden" name="rule" value={rule.id} />
                      <button className="com-button" data-kind="link">
                        {t(text.removeRule)}
                        <span className="el-hidden"> {rule.pattern}</span>
                      </button>
                    </form>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ModerationFrame>
  );
}
