import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import type { Route } from './+types/forgot-password.page.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';

export const meta = titled(text.forgotTitle);

export async function action({ context, request }: Route.ActionArgs) {
  const email = fieldOf(await request.formData(), 'email');
  const answer = await formAnswer(context.get(apiContext).post('/api/identity/password-reset', { email }));
  return 'refused' in answer ? refusedForm(answer.refused) : { problem: null, done: true };
}

export default function ForgotPasswordPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <section className="pub-card">
      <h1>{t(text.forgotTitle)}</h1>
      {actionData?.done ? (
        <p className="pub-note" data-tone="good" role="status">
          {t(text.forgotSent)}
        </p>
      ) : (
        <>
          <p className="pub-lead">{t(text.forgotLead)}</p>
          <Refusal problem={actionData?.problem} />
          <form method="post">
            <Field
              label={t(text.email)}
              name="email"
              type="email"
              autoComplete="username"
              maxLength={254}
              required
              problem={actionData?.problem}
            />
            <button type="submit">{t(text.forgotSubmit)}</button>
          </form>
        </>
      )}
      <p>
        <a href="/sign-in">{t(text.backToSignIn)}</a>
      </p>
    </section>
  );
}
