import { join } from 'node:path';
import { z } from 'zod';
import { defineJob } from '../jobs.ts';
import { makeSelfBackup } from './make-self-backup.ts';

/** Every night: a backup of Elepherd itself into SELF_BACKUP_FOLDER. */
export const backUpItself = defineJob(
  'platform.back-up-itself',
  z.object({}),
  async ({ config, log }) => {
    if (config.DATABASE_URL === undefined) throw new Error('This worker was given no DATABASE_URL.');
    const made = await makeSelfBackup({
      databaseUrl: config.DATABASE_URL,
      home: config.home,
      folder: config.SELF_BACKUP_FOLDER ?? join(config.home, 'backups'),
      keep: config.SELF_BACKUP_KEEP,
    });
    log.info(made, 'Elepherd itself is backed up');
  },
  { schedule: '23 2 * * *' },
);
