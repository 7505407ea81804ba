import { redirect } from 'react-router';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import type { Route } from './+types/reset-password.page.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';

export const meta = titled(text.resetTitle);

// The address holds the token: nobody keeps this page.
export const headers = () => ({ 'cache-control': 'no-store' });

export function loader({ request }: Route.LoaderArgs) {
  return { token: new URL(request.url).searchParams.get('token') ?? '' };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const body = { token: fieldOf(form, 'token'), password: fieldOf(form, 'password') };
  const answer = await formAnswer(context.get(apiContext).post('/api/identity/password-reset/confirm', body));
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/sign-in?note=password-set');
}

export default function ResetPasswordPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <section className="pub-card">
      <h1>{t(text.resetTitle)}</h1>
      <p className="pub-lead">{t(text.resetLead)}</p>
      <Refusal problem={actionData?.problem} />
      <form method="post">
        <input type="hidden" name="token" value={loaderData.token} />
        <Field
          label={t(text.newPassword)}
          hint={t(text.passwordHint)}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={12}
          maxLength={200}
          required
          problem={actionData?.problem}
        />
        <button type="submit">{t(text.resetSubmit)}</button>
      </form>
      <p>
        <a href="/forgot-password">{t(text.forgotTitle)}</a>
      </p>
    </section>
  );
}
