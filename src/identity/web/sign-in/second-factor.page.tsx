import { SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { safeBack } from '#src/platform/web/preferences/preferences.ts';
import type { Route } from './+types/second-factor.page.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { nextPage } from './next-page.ts';

export const meta = titled(text.secondTitle);

export function loader({ request }: Route.LoaderArgs) {
  return { back: safeBack(new URL(request.url).searchParams.get('back')) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const recoveryCode = fieldOf(form, 'recoveryCode');
  const body = recoveryCode ? { recoveryCode } : { code: fieldOf(form, 'code') };
  const answer = await formAnswer(
    context.get(apiContext).post('/api/identity/sign-in/second-factor', body, SignInAnswer),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : nextPage(answer.done, fieldOf(form, 'back'));
}

export default function SecondFactorPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const back = <input type="hidden" name="back" value={loaderData.back} />;
  return (
    <section className="pub-card">
      <h1>{t(text.secondTitle)}</h1>
      <p className="pub-lead">{t(text.secondLead)}</p>
      <Refusal problem={actionData?.problem} />
      <form method="post">
        {back}
        <Field
          label={t(text.code)}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          maxLength={6}
          required
        />
        <button type="submit">{t(text.submit)}</button>
      </form>
      <details className="pub-more">
        <summary>{t(text.noPhone)}</summary>
        <form method="post">
          {back}
          <Field
            label={t(text.recoveryCode)}
            name="recoveryCode"
            autoComplete="off"
            maxLength={40}
            required
          />
          <button type="submit" className="pub-quiet">
            {t(text.submitRecoveryCode)}
          </button>
        </form>
      </details>
      <p>
        <a href="/sign-in">{t(text.startOver)}</a>
      </p>
    </section>
  );
}
