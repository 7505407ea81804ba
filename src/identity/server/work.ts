import { defineWork } from '#src/platform/server/room.ts';
import { deleteExpired } from './sign-in/delete-expired.job.ts';

/** What the worker does for this room. */
export const identityWork = defineWork({
  name: 'identity',
  jobs: [deleteExpired],
});
