import { redirect } from 'react-router';
import { Capsule } from '#src/community/contract/capsules.ts';
import { QuestionPage } from '#src/community/contract/questions.ts';
import { postPath } from '#src/community/contract/addresses.ts';
import { questionPageText as text } from '#src/community/contract/questions.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { Breadcrumb, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/capsule.page.ts';
import './questions.css';

export const meta = titled(text.capsule);

export async function loader({ context, params }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const id = encodeURIComponent(params.id);
  const { question, may } = await api.get(`/api/community/questions/${id}`, QuestionPage);
  const capsule = question.hasCapsule ? await api.get(`/api/community/capsules/${id}`, Capsule) : null;
  const { title, slug } = question;
  return { question: { id: question.id, title, slug }, capsule, mayAttach: may.capsule };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const form = await request.formData();
  const address = `/api/community/capsules/${encodeURIComponent(params.id)}`;
  const intent = fieldOf(form, 'intent');
  const pasted = {
    schema: fieldOf(form, 'schema'),
    settings: fieldOf(form, 'settings'),
    plan: fieldOf(form, 'plan'),
  };
  const version = fieldOf(form, 'pgVersion');
  const body = { ...pasted, pgVersion: version === '' ? null : version };
  const answer = await formAnswer<Capsule | undefined>(
    intent === 'remove'
      ? api.delete(address).then(() => undefined)
      : intent === 'attach'
        ? api.put(address, body, Capsule)
        : api.post('/api/community/capsules/preview', body, Capsule),
  );
  if ('refused' in answer)
    return { ...refusedForm(answer.refused).data, given: { ...pasted, pgVersion: version }, kept: null };
  if (intent === 'preview' && answer.done)
    return { problem: null, given: { ...pasted, pgVersion: version }, kept: answer.done };
  throw redirect(intent === 'remove' ? `/questions/${params.id}` : `/questions/${params.id}/capsule`);
}

export default function CapsulePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { question, capsule, mayAttach } = loaderData;
  const given: Record<string, string> = actionData?.given ?? {};
  const problem = actionData?.problem;
  const path = postPath({ kind: 'question', ...question });
  return (
    <PageGrid>
      <Breadcrumb
        steps={[
          { href: '/questions', label: t(text.title) },
          { href: path, label: question.title },
          { label: t(text.capsule) },
        ]}
      />
      <PageHead title={t(text.capsule)} lead={mayAttach ? t(text.capsuleLead) : undefined} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      {actionData?.kept && (
        <section aria-labelledby="kept">
          <h2 id="kept">{t(text.capsuleKept)}</h2>
          <Parts capsule={actionData.kept} />
        </section>
      )}
      {capsule && !actionData?.kept && <Parts capsule={capsule} />}
      {mayAttach && (
        <form method="post" className="com-form">
          <TextField
            label={t(text.capsuleSchema)}
            name="schema"
            rows={8}
            maxLength={200_000}
            spellCheck={false}
            defaultValue={given['schema']}
            problem={problem}
          />
          <TextField
            label={t(text.capsuleSettings)}
            name="settings"
            rows={4}
            maxLength={50_000}
            spellCheck={false}
            defaultValue={given['settings']}
            problem={problem}
          />
          <TextField
            label={t(text.capsulePlan)}
            name="plan"
            rows={8}
            maxLength={200_000}
            spellCheck={false}
            defaultValue={given['plan']}
            problem={problem}
          />
          <Field
            label="PostgreSQL"
            name="pgVersion"
            inputMode="numeric"
            maxLength={2}
            defaultValue={given['pgVersion']}
            problem={problem}
          />
          <div className="com-actions">
            <button type="submit" name="intent" value="preview" className="com-button" data-kind="quiet">
              {t(text.capsulePreview)}
            </button>
            <button type="submit" name="intent" value="attach" className="com-button">
              {t(text.capsuleAttach)}
            </button>
            {capsule && (
              <button type="submit" name="intent" value="remove" className="com-button" data-kind="bad">
                {t(text.capsuleRemove)}
              </button>
            )}
          </div>
        </form>
      )}
    </PageGrid>
  );
}

function Parts({ capsule }: { capsule: Capsule }) {
  const t = useText();
  const parts = [
    { name: t(text.capsuleSchema), words: capsule.schema },
    { name: t(text.capsuleSettings), words: capsule.settings },
    { name: t(text.capsulePlan), words: capsule.plan },
  ].filter(({ words }) => words !== '');
  return (
    <div className="com-prose">
      {capsule.pgVersion !== null && <p>PostgreSQL {capsule.pgVersion}</p>}
      {parts.map(({ name, words }) => (
        <section key={name}>
          <h3>{name}</h3>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines scroll, and a keyboard must reach them */}
          <pre tabIndex={0} role="region" aria-label={name}>
            <code>{words}</code>
          </pre>
        </section>
      ))}
    </div>
  );
}
