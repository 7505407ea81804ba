import { redirect } from 'react-router';
import { Account } from '#src/identity/contract/accounts.ts';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import type { Route } from './+types/confirm-address.page.ts';

export const meta = titled(text.confirmTitle);

// The address may hold the token: nobody keeps this page.
export const headers = () => ({ 'cache-control': 'no-store' });

export async function loader({ context, request }: Route.LoaderArgs) {
  const url = new URL(request.url);
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(url.pathname + url.search)}`);
  const { email, emailVerified } = await context.get(apiContext).get('/api/identity/account', Account);
  return { email, isProved: emailVerified, token: url.searchParams.get('token') ?? '' };
}

export async function action({ context, request }: Route.ActionArgs) {
  const token = fieldOf(await request.formData(), 'token');
  const api = context.get(apiContext);
  const answer = await formAnswer(
    token === ''
      ? api.post('/api/identity/sign-up/proof')
      : api.post('/api/identity/sign-up/proof/confirm', { token }),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return token === '' ? { problem: null, done: true } : redirect('/confirm-address');
}

export default function ConfirmAddressPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { email, isProved } = loaderData;
  // A link that is dead leads to a new one.
  const token = actionData?.problem ? '' : loaderData.token;
  return (
    <section className="pub-card">
      <h1>{t(text.confirmTitle)}</h1>
      <Refusal problem={actionData?.problem} />
      {isProved || actionData?.done ? (
        <>
          <p className="pub-note" data-tone="good" role="status">
            {t(isProved ? text.addressProved : text.addressSent)}
          </p>
          <a href="/community">{t(text.goOn)}</a>
        </>
      ) : (
        <>
          <p className="pub-lead">
            {t(token === '' ? text.addressLead(email) : text.addressTokenLead(email))}
          </p>
          <form method="post" action="/confirm-address">
            <input type="hidden" name="token" value={token} />
            <button type="submit">{t(token === '' ? text.forgotSubmit : text.addressConfirm)}</button>
          </form>
        </>
      )}
    </section>
  );
}
