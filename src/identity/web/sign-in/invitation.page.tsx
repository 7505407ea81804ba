import { redirect } from 'react-router';
import { organisationText } from '#src/identity/contract/organisation.text.ts';
import { OpenInvitation } from '#src/identity/contract/organisations.ts';
import { SignInAnswer } from '#src/identity/contract/sign-in.ts';
import { signInPageText as text } from '#src/identity/contract/sign-in-page.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import type { Route } from './+types/invitation.page.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { NameField, NewPasswordField } from './account-fields.tsx';

export const meta = titled(text.invitation);

// The address holds the token: nobody keeps this page.
export const headers = () => ({ 'cache-control': 'no-store' });

export async function loader({ context, request }: Route.LoaderArgs) {
  const url = new URL(request.url);
  const token = url.searchParams.get('token') ?? '';
  const found = await formAnswer(
    context.get(apiContext).post('/api/identity/invitations/look-up', { token }, OpenInvitation),
  );
  return {
    token,
    here: url.pathname + url.search,
    isSignedIn: context.get(viewerContext).user !== null,
    invitation: 'done' in found ? found.done : null,
    problem: 'refused' in found ? found.refused : null,
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const name = fieldOf(form, 'name');
  const body = {
    token: fieldOf(form, 'token'),
    ...(form.has('name') && { account: { name, password: fieldOf(form, 'password') } }),
  };
  const answer = await formAnswer(
    context.get(apiContext).post('/api/identity/invitations/accept', body, SignInAnswer),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/');
}

export default function InvitationPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { invitation, token, isSignedIn, here } = loaderData;
  const problem = actionData?.problem;
  if (!invitation) {
    return (
      <section className="pub-card">
        <h1>{t(text.invitation)}</h1>
        <Refusal problem={loaderData.problem} />
        <a href="/sign-in">{t(text.backToSignIn)}</a>
      </section>
    );
  }
  const role = t(organisationText[invitation.role]);
  return (
    <section className="pub-card">
      <h1>{t(text.invitationTitle(invitation.organisation))}</h1>
      <p className="pub-lead">{t(text.invitationLead(invitation.email, role))}</p>
      <Refusal problem={problem} />
      {!isSignedIn && invitation.hasAccount ? (
        <>
          <p>{t(text.invitationHasAccount)}</p>
          <a className="pub-button" href={`/sign-in?back=${encodeURIComponent(here)}`}>
            {t(text.submit)}
          </a>
        </>
      ) : (
        <form method="post">
          <input type="hidden" name="token" value={token} />
          {!isSignedIn && (
            <>
              <input type="hidden" name="username" autoComplete="username" value={invitation.email} />
              <NameField problem={problem} />
              <NewPasswordField problem={problem} />
            </>
          )}
          <button type="submit">{t(text.join)}</button>
        </form>
      )}
    </section>
  );
}
