import type { Command } from '#src/platform/cli/command.ts';
import { keyCommands } from './key-commands.ts';
import { organisationCommands } from './organisation-commands.ts';

/** All commands of this room, in the order in which help shows them. */
export const identityCommands: readonly Command[] = [...organisationCommands, ...keyCommands];
