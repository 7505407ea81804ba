import { defineRoom } from '#src/platform/server/room.ts';
import { accountRoutes, viewerRoutes } from './accounts/routes.ts';
import { invitationRoutes } from './invitations/routes.ts';
import { keyRoutes } from './keys/routes.ts';
import { memberRoutes } from './members/routes.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { passwordResetRoutes } from './password-reset/routes.ts';
import { secondFactorRoutes } from './second-factor/routes.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { signUpRoutes } from './sign-up/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { identityWork } from './work.ts';

/** Everything the programs need to know about this room. */
export const identity = defineRoom({
  ...identityWork,
  routes: {
    viewer: viewerRoutes,
    'sign-in': signInRoutes,
    'sign-up': signUpRoutes,
    'password-reset': passwordResetRoutes,
    sessions: sessionRoutes,
    account: accountRoutes,
    'second-factor': secondFactorRoutes,
    passkeys: passkeyRoutes,
    organisations: organisationRoutes,
    members: memberRoutes,
    invitations: invitationRoutes,
    keys: keyRoutes,
  },
  permissions: [
    'identity.organisation.read',
    'identity.organisation.update',
    'identity.organisation.delete',
    'identity.member.read',
    'identity.member.invite',
    'identity.member.update',
    'identity.member.remove',
    'identity.owner.grant',
    'identity.key.read',
    'identity.key.create',
    'identity.key.revoke',
  ],
});
