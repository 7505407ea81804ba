import { communityCommands } from '#src/community/cli/community-commands.ts';
import { fleetCommands } from '#src/fleet/cli/fleet-commands.ts';
import { identityCommands } from '#src/identity/cli/identity-commands.ts';
import { allCommands } from '#src/platform/cli/platform-commands.ts';

/** Every command of this Elepherd, in the order in which help shows them. */
export const commands = allCommands([...fleetCommands, ...communityCommands, ...identityCommands]);
