import { z } from 'zod';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { indexDocument } from './index-document.ts';
import { indexPost } from './index-post.ts';
import { indexedAs } from './segment-text.ts';
import { type FindableName, findableKinds } from './findable-kinds.ts';

const documentsARun = 5000;

/** Every ten minutes: documents whose words an older segmenter wrote get new ones, the oldest first. */
export const indexAnew = defineJob(
  'community.index-anew',
  z.object({}),
  async ({ db }) => {
    const names = Object.keys(findableKinds) as FindableName[];
    const rows = await db
      .selectFrom('community.search_document')
      .select('kind')
      .select(names.map((name) => findableKinds[name].column))
      .where('indexed_as', '<', indexedAs)
      .orderBy('indexed_as')
      .orderBy('id')
      .limit(documentsARun)
      .execute();
    for (const row of rows) {
      const name = names.find((one) => findableKinds[one].kinds.some((kind) => kind === row.kind))!;
      const id = row[findableKinds[name].column]!;
      // open to: the schedule
      // not audited: nothing that anybody said changes
      await inTransaction(systemContext(db, noOrg), (tx) =>
        name === 'post' ? indexPost(tx, Number(id)) : indexDocument(tx, name, id),
      );
    }
  },
  { schedule: '*/10 * * * *' },
);
