import { redirect } from 'react-router';
import { Account } from '#src/identity/contract/accounts.ts';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import type { Route } from './+types/set-up.page.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { EmailField, NameField, NewPasswordField } from './account-fields.tsx';

export const meta = titled(text.setUpTitle);

export async function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in');
  const account = await context.get(apiContext).get('/api/identity/account', Account);
  if (!account.setupPending) throw redirect('/');
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const body = {
    name: fieldOf(form, 'name'),
    email: fieldOf(form, 'email'),
    password: fieldOf(form, 'password'),
  };
  const answer = await formAnswer(
    context.get(apiContext).post('/api/identity/account/set-up', body, Account),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/');
}

export default function SetUpPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  return (
    <section className="pub-card">
      <h1>{t(text.setUpTitle)}</h1>
      <p className="pub-lead">{t(text.setUpLead)}</p>
      <Refusal problem={problem} />
      <form method="post">
        <NameField problem={problem} />
        <EmailField problem={problem} />
        <NewPasswordField problem={problem} />
        <button type="submit">{t(text.setUpSubmit)}</button>
      </form>
    </section>
  );
}
