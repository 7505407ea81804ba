import type { Command } from '#src/platform/cli/command.ts';
import { activityCommands } from './activity-commands.ts';
import { backupCommands } from './backup-commands.ts';
import { alertCommands } from './alert-commands.ts';
import { clusterCommands } from './cluster-commands.ts';
import { connectionCommands } from './connection-commands.ts';
import { contentCommands } from './content-commands.ts';
import { externalCommands } from './external-commands.ts';
import { hostCommands } from './host-commands.ts';
import { incidentCommands } from './incident-commands.ts';
import { restoreCommands } from './restore-commands.ts';
import { sandboxCommands } from './sandbox-commands.ts';
import { settingCommands } from './setting-commands.ts';

/** All commands of this room, in the order in which help shows them. */
export const fleetCommands: readonly Command[] = [
  ...clusterCommands,
  ...connectionCommands,
  ...settingCommands,
  ...contentCommands,
  ...backupCommands,
  ...externalCommands,
  ...restoreCommands,
  ...incidentCommands,
  ...activityCommands,
  ...alertCommands,
  ...sandboxCommands,
  ...hostCommands,
];
