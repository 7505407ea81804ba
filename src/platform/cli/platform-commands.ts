import type { Command } from './command.ts';
import { auditCommands } from './audit-commands.ts';
import { completionCommand } from './completion-command.ts';
import { operationCommands } from './operation-commands.ts';
import { serverCommands } from './server-commands.ts';
import { signInCommands } from './sign-in-commands.ts';

/** The whole table: the commands of the rooms, then those of the floor. */
export function allCommands(ofRooms: readonly Command[]): readonly Command[] {
  const all: readonly Command[] = [
    ...ofRooms,
    ...operationCommands,
    ...auditCommands,
    ...serverCommands,
    ...signInCommands,
    completionCommand(() => all),
  ];
  return all;
}
