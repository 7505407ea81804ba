import { rm } from 'node:fs/promises';
import type { backupTasks } from '#src/fleet/contract/backups.ts';
import { placeFiles } from '../services/place-files.ts';
import type { TaskHandler } from '../tasks/task-context.ts';
import { backRestVersion } from './back-rest.ts';
import { backupCommand } from './backup-command.ts';
import { backupInfo } from './backup-info.ts';

const placeBackupFiles: TaskHandler<'place-backup-files'> = async ({ files, remove }) => {
  const wished = new Set(files.map((file) => file.path));
  const changed = await placeFiles(files.map((file) => ({ ...file, owner: 'postgres' as const })));
  for (const path of remove) if (!wished.has(path)) await rm(path, { force: true });
  return { changed, version: files.length === 0 ? '' : await backRestVersion() };
};

/** The tasks about backups, for the agent's table of tasks. */
export const backupHandlers: { [K in keyof typeof backupTasks]: TaskHandler<K> } = {
  'place-backup-files': placeBackupFiles,
  'backup-command': backupCommand,
  'backup-info': backupInfo,
};
