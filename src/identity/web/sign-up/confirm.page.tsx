import { SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { nextPage } from '../sign-in/next-page.ts';
import type { Route } from './+types/confirm.page.ts';

export const meta = titled(text.confirmTitle);

// The address holds the token: nobody keeps this page.
export const headers = () => ({ 'cache-control': 'no-store' });

export function loader({ request }: Route.LoaderArgs) {
  return { token: new URL(request.url).searchParams.get('token') ?? '' };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const body = { token: fieldOf(form, 'token'), password: fieldOf(form, 'password') };
  const answer = await formAnswer(
    context.get(apiContext).post('/api/identity/sign-up/confirm', body, SignInAnswer),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : nextPage(answer.done, null);
}

export default function ConfirmPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <section className="pub-card">
      <h1>{t(text.confirmTitle)}</h1>
      <p className="pub-lead">{t(text.confirmLead)}</p>
      <Refusal problem={actionData?.problem} />
      <form method="post">
        <input type="hidden" name="token" value={loaderData.token} />
        <Field
          label={t(text.password)}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          required
          problem={actionData?.problem}
        />
        <button type="submit">{t(text.confirmSubmit)}</button>
      </form>
      <p className="pub-aside">
        <a href="/sign-in">{t(text.backToSignIn)}</a>
      </p>
    </section>
  );
}
