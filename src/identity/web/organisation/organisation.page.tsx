import { z } from 'zod';
import { organisationPageText as text } from '#src/identity/contract/organisation-page.text.ts';
import { ApiKey, Invitation, Member, NewKey, Organisation } from '#src/identity/contract/organisations.ts';
import { type Api, orProblem } from '#src/platform/web/api.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import type { Route } from './+types/organisation.page.ts';
import { InvitationPanel } from './invitation-panel.tsx';
import { KeyPanel } from './key-panel.tsx';
import { MemberPanel } from './member-panel.tsx';
import { NamePanel } from './name-panel.tsx';
import { RolePanel } from './role-panel.tsx';

export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const mayReadKeys = context.get(viewerContext).permissions.includes('identity.key.read');
  const [organisation, members, invitations, keys] = await Promise.all([
    api.get('/api/identity/organisations/current', Organisation),
    api.get('/api/identity/members', z.array(Member)),
    api.get('/api/identity/invitations', z.array(Invitation)),
    mayReadKeys ? api.get('/api/identity/keys', z.array(ApiKey)) : null,
  ]);
  return { organisation, members, invitations, keys };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const intent = String(form.get('intent'));
  const answer = await orProblem(perform(context.get(apiContext), intent, form));
  return 'problem' in answer
    ? { intent, problem: answer.problem, token: null }
    : { intent, problem: null, token: answer.done };
}

/** Answers the token of a new key, which is shown once. */
async function perform(api: Api, intent: string, form: FormData): Promise<string | null> {
  const field = (name: string) => String(form.get(name) ?? '');
  const id = encodeURIComponent(field('id'));
  switch (intent) {
    case 'rename':
      await api.patch('/api/identity/organisations/current', { name: field('name') }, Organisation);
      return null;
    case 'change-role':
      await api.patch(`/api/identity/members/${id}`, { role: field('role') });
      return null;
    case 'remove-member':
      await api.delete(`/api/identity/members/${id}`);
      return null;
    case 'invite':
      await api.post('/api/identity/invitations', { email: field('email'), role: field('role') });
      return null;
    case 'revoke-invitation':
      await api.delete(`/api/identity/invitations/${id}`);
      return null;
    case 'create-key': {
      const scopes = field('scopes')
        .split(/[\s,]+/)
        .filter(Boolean);
      const daysValid = field('daysValid') === '' ? null : Number(field('daysValid'));
      return (await api.post('/api/identity/keys', { name: field('name'), scopes, daysValid }, NewKey)).token;
    }
    case 'revoke-key':
      await api.delete(`/api/identity/keys/${id}`);
      return null;
    default:
      throw new Response(null, { status: 400 });
  }
}

export default function OrganisationPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { organisation, members, invitations, keys } = loaderData;
  return (
    <>
      <PageHeader title={t(text.title)} lead={t(text.lead)} />
      <NamePanel organisation={organisation} />
      <MemberPanel members={members} />
      <InvitationPanel invitations={invitations} />
      <RolePanel />
      {keys && <KeyPanel keys={keys} />}
    </>
  );
}
