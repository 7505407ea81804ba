import { defineRoom } from '#src/platform/server/room.ts';

/** Everything the programs need to know about this room. */
export const identity = defineRoom({
  name: 'identity',
  routes: {},
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
