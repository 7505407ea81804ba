import { redirect } from 'react-router';
import { SignInAnswer, SignInWays } from '#src/identity/contract/sign-in.ts';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { safeBack } from '#src/platform/web/preferences/preferences.ts';
import type { Route } from './+types/sign-in.page.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { nextPage } from './next-page.ts';
import { PasskeyButton } from './passkey-button.tsx';

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const url = new URL(request.url);
  const back = safeBack(url.searchParams.get('back'));
  if (context.get(viewerContext).user) throw redirect(back);
  const ways = await context.get(apiContext).get('/api/identity/sign-in/ways', SignInWays);
  return {
    ways,
    back,
    hasFailed: url.searchParams.has('error'),
    note:
      ['signed-out', 'password-set', 'erased'].find((one) => url.searchParams.get('note') === one) ?? null,
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const body = { email: fieldOf(form, 'email'), password: fieldOf(form, 'password') };
  const answer = await formAnswer(
    context.get(apiContext).post('/api/identity/sign-in/password', body, SignInAnswer),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return nextPage(answer.done, fieldOf(form, 'back'));
}

export default function SignInPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { ways, back, note, hasFailed } = loaderData;
  return (
    <section className="pub-card">
      <h1>{t(text.title)}</h1>
      <p className="pub-lead">{t(text.lead)}</p>
      {!actionData && note === 'signed-out' && <p className="pub-note">{t(text.signedOut)}</p>}
      {!actionData && note === 'erased' && <p className="pub-note">{t(text.erased)}</p>}
      {!actionData && note === 'password-set' && (
        <p className="pub-note" data-tone="good">
          {t(text.passwordSet)}
        </p>
      )}
      {!actionData && hasFailed && (
        <p className="pub-note" data-tone="bad" role="alert">
          {t(text.elsewhereFailed)}
        </p>
      )}
      <Refusal problem={actionData?.problem} />
      <form method="post">
        <input type="hidden" name="back" value={back} />
        <Field
          label={t(text.email)}
          name="email"
          type="email"
          autoComplete="username"
          maxLength={254}
          required
          problem={actionData?.problem}
        />
        <Field
          label={t(text.password)}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          required
          problem={actionData?.problem}
        />
        <button type="submit">{t(text.submit)}</button>
        <a href="/forgot-password">{t(text.forgot)}</a>
      </form>
      <PasskeyButton address={ways.passkeyAddress} back={back} />
      {(ways.oidc !== null || ways.github !== null) && <p className="pub-or">{t(text.or)}</p>}
      {/* Links and no forms: our policy lets no form be sent on to another site. */}
      {(['oidc', 'github'] as const).map(
        (provider) =>
          ways[provider] !== null && (
            <a
              key={provider}
              className="pub-button pub-quiet pub-wide"
              href={`/sign-in/${provider}`}
              rel="nofollow"
            >
              {t(text.withOidc(ways[provider]))}
            </a>
          ),
      )}
      {ways.signUp && (
        <p className="pub-aside">
          {t(text.newHere)} <a href="/sign-up">{t(text.signUp)}</a>
        </p>
      )}
    </section>
  );
}
