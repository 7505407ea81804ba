import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob } from '../jobs.ts';
import { openFileStore } from './file-store.ts';

/** An upload that has not reached the store by then was cut off. */
const cutOffAfter = '1 hour';

/** Removes the bytes of a file that is gone; tried again until the store has done it. */
export const removeBytes = defineJob(
  'platform.remove-bytes',
  z.object({ place: z.string() }),
  async ({ config }, { place }) => openFileStore(config).delete(place),
);

/** Every hour: removes uploads that were cut off, with whatever they left in the store. */
export const sweepFiles = defineJob(
  'platform.sweep-files',
  z.object({}),
  async ({ db, config }) => {
    const store = openFileStore(config);
    const cutOff = await db
      .selectFrom('platform.file')
      .select(['id', 'place'])
      .where('stored_at', 'is', null)
      .where('created_at', '<', sql<Date>`now() - ${cutOffAfter}::interval`)
      .limit(1000)
      .execute();
    for (const { id, place } of cutOff) {
      await store.delete(place);
      await db.deleteFrom('platform.file').where('id', '=', id).where('stored_at', 'is', null).execute();
    }
  },
  { schedule: '29 * * * *' },
);
