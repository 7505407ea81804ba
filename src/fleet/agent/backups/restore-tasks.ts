import type { restoreTasks } from '#src/fleet/contract/restore-tasks.ts';
import type { TaskHandler } from '../tasks/task-context.ts';
import { restoreData } from './restore-data.ts';
import { takeFromScratch } from './take-from-scratch.ts';
import { forgetClusterState, moveData } from './restore-place.ts';
import { checkRecovered, recoverData, stopRecovered } from './restore-recovery.ts';

/** What this host does for restores and drills. */
export const restoreHandlers: { [K in keyof typeof restoreTasks]: TaskHandler<K> } = {
  'restore-data': restoreData,
  'recover-data': recoverData,
  'stop-recovered': stopRecovered,
  'check-recovered': checkRecovered,
  'move-data': moveData,
  'take-from-scratch': takeFromScratch,
  'forget-cluster-state': forgetClusterState,
};
