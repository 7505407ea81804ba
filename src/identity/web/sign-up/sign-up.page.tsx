import { redirect } from 'react-router';
import { SignInWays } from '#src/identity/contract/sign-in.ts';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { EmailField, NameField, NewPasswordField } from '../sign-in/account-fields.tsx';
import type { Route } from './+types/sign-up.page.ts';

export const meta = titled(text.signUp);

export async function loader({ context }: Route.LoaderArgs) {
  if (context.get(viewerContext).user) throw redirect('/');
  return { ways: await context.get(apiContext).get('/api/identity/sign-in/ways', SignInWays) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const email = fieldOf(form, 'email').trim();
  const body = { name: fieldOf(form, 'name'), email, password: fieldOf(form, 'password') };
  const answer = await formAnswer(context.get(apiContext).post('/api/identity/sign-up', body));
  return 'refused' in answer ? refusedForm(answer.refused) : { problem: null, sentTo: email };
}

export default function SignUpPage({ loaderData: { ways }, actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  if (!ways.signUp) {
    return (
      <section className="pub-card">
        <h1>{t(text.signUpClosedTitle)}</h1>
        <p className="pub-lead">{t(text.signUpClosed)}</p>
        <a href="/sign-in">{t(text.backToSignIn)}</a>
      </section>
    );
  }
  if (actionData && 'sentTo' in actionData) {
    return (
      <section className="pub-card">
        <h1>{t(text.signUpSentTitle)}</h1>
        <p className="pub-note" data-tone="good" role="status">
          {t(text.signUpSent(actionData.sentTo))}
        </p>
        <p className="pub-lead">{t(text.signUpNoMail)}</p>
        <a href="/sign-up">{t(text.signUpAgain)}</a>
      </section>
    );
  }
  return (
    <section className="pub-card">
      <h1>{t(text.signUp)}</h1>
      <p className="pub-lead">{t(text.signUpLead)}</p>
      <Refusal problem={problem} />
      <form method="post">
        <NameField label={t(text.signUpName)} hint={t(text.signUpNameHint)} problem={problem} />
        <EmailField hint={t(text.signUpEmailHint)} problem={problem} />
        <NewPasswordField problem={problem} />
        <button type="submit">{t(text.signUpSubmit)}</button>
      </form>
      <p className="pub-aside">
        {t(text.hasAccount)} <a href="/sign-in">{t(text.submit)}</a>
      </p>
    </section>
  );
}
