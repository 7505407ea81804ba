import { communityWork } from '#src/community/server/work.ts';
import { fleetWork } from '#src/fleet/server/work.ts';
import { identityWork } from '#src/identity/server/work.ts';
import { platformWork } from '#src/platform/server/platform-work.ts';
import { knowOperations } from '#src/platform/server/operations/queries.ts';
import type { Work } from '#src/platform/server/room.ts';

/** What a worker does for every room of this Elepherd. */
export const work: readonly Work[] = [platformWork, identityWork, fleetWork, communityWork];

knowOperations(work.flatMap((room) => room.operations));
