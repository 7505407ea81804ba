import { z } from 'zod';
import { accountPageText as text } from '#src/identity/contract/account-page.text.ts';
import { Account, RecoveryCodes, SecondFactorOffer, Session } from '#src/identity/contract/accounts.ts';
import { SignInWays } from '#src/identity/contract/sign-in.ts';
import { type Api, orProblem } from '#src/platform/web/api.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import type { Route } from './+types/account.page.ts';
import { PasskeyPanel } from './passkey-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { ProfilePanel } from './profile-panel.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import { SessionPanel } from './session-panel.tsx';

export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const [account, sessions, ways] = await Promise.all([
    api.get('/api/identity/account', Account),
    api.get('/api/identity/sessions', z.array(Session)),
    api.get('/api/identity/sign-in/ways', SignInWays),
  ]);
  return { account, sessions, passkeyAddress: ways.passkeyAddress };
}

/** Each panel's form names its intent; the answer says whose it is. */
export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const intent = String(form.get('intent'));
  const answer = await orProblem(perform(context.get(apiContext), intent, form));
  return 'problem' in answer
    ? { intent, problem: answer.problem, offer: null, recoveryCodes: null }
    : { intent, problem: null, offer: null, recoveryCodes: null, ...answer.done };
}

type Shown = { offer?: SecondFactorOffer; recoveryCodes?: string[] };

async function perform(api: Api, intent: string, form: FormData): Promise<Shown> {
  const field = (name: string) => String(form.get(name) ?? '');
  const password = field('password') === '' ? {} : { password: field('password') };
  switch (intent) {
    case 'profile': {
      const body = {
        name: field('name'),
        locale: field('locale') === '' ? null : field('locale'),
        timeZone: field('timeZone') === '' ? null : field('timeZone'),
      };
      await api.patch('/api/identity/account', body, Account);
      return {};
    }
    case 'password': {
      const current = field('currentPassword') === '' ? {} : { currentPassword: field('currentPassword') };
      await api.post('/api/identity/account/password', { ...current, newPassword: field('newPassword') });
      return {};
    }
    case 'offer-second-factor':
      return { offer: await api.post('/api/identity/second-factor', password, SecondFactorOffer) };
    case 'confirm-second-factor':
      await api.post('/api/identity/second-factor/confirm', { code: field('code') });
      return {};
    case 'disable-second-factor':
      await api.post('/api/identity/second-factor/disable', password);
      return {};
    case 'recovery-codes':
      return api.post('/api/identity/second-factor/recovery-codes', password, RecoveryCodes);
    case 'remove-passkey':
      await api.delete(`/api/identity/passkeys/${encodeURIComponent(field('id'))}`);
      return {};
    case 'end-session':
      await api.delete(`/api/identity/sessions/${encodeURIComponent(field('id'))}`);
      return {};
    case 'end-others':
      await api.delete('/api/identity/sessions');
      return {};
    default:
      throw new Response(null, { status: 400 });
  }
}

export default function AccountPage({
  loaderData: { account, sessions, passkeyAddress },
}: Route.ComponentProps) {
  const t = useText();
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} />
      <ProfilePanel account={account} />
      <PasswordPanel account={account} />
      <SecondFactorPanel account={account} />
      <PasskeyPanel passkeys={account.passkeys} address={passkeyAddress} />
      <SessionPanel sessions={sessions} />
    </>
  );
}
