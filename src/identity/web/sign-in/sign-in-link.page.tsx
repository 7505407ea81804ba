import { SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import type { Route } from './+types/sign-in-link.page.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { nextPage } from './next-page.ts';

export const meta = titled(text.linkTitle);

export const headers = () => ({ 'cache-control': 'no-store' });

/** Looking at the page uses nothing up, so that programs which open every link do no harm: the server does not even learn the token. */
export async function action({ context, request }: Route.ActionArgs) {
  const token = fieldOf(await request.formData(), 'token');
  const answer = await formAnswer(
    context.get(apiContext).post('/api/identity/sign-in/link', { token }, SignInAnswer),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : nextPage(answer.done, null);
}

export default function SignInLinkPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <section className="pub-card">
      <h1>{t(text.linkTitle)}</h1>
      <p className="pub-lead">{t(text.linkLead)}</p>
      <Refusal problem={actionData?.problem} />
      {actionData ? (
        <a href="/sign-in">{t(text.backToSignIn)}</a>
      ) : (
        <form method="post" action="/sign-in/link">
          <Field
            label={t(text.linkToken)}
            hint={t(text.linkTokenHint)}
            name="token"
            autoComplete="off"
            maxLength={200}
            required
          />
          <button type="submit">{t(text.submit)}</button>
          <script type="module" src="/sign-in-link.js" />
        </form>
      )}
    </section>
  );
}
