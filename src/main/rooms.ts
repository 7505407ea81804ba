import { community } from '#src/community/server/room.ts';
import { fleet } from '#src/fleet/server/room.ts';
import { identity } from '#src/identity/server/room.ts';
import { platform } from '#src/platform/server/platform.ts';
import { knowOperations } from '#src/platform/server/operations/queries.ts';
import type { Room } from '#src/platform/server/room.ts';

/** Every room of this Elepherd, in the order in which they build on one another. */
export const rooms: readonly Room[] = [platform, identity, fleet, community];

knowOperations(rooms.flatMap((room) => room.operations));
