import { sql } from 'kysely';
import { z } from 'zod';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { organisationNoticeText } from '#src/community/contract/organisations.text.ts';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { freshMonths } from './rules.ts';
import { tellManagers } from './tell-managers.ts';

/** Tells the managers of every organisation whose page nobody confirmed for twelve months; each time once. */
export const flagOrganisations = defineJob(
  'community.flag-organisations',
  z.object({}),
  async ({ db }) => {
    await inTransaction(systemContext(db, noOrg), async (tx) => {
      const flagged = await tx.db
        .updateTable('community.organisation')
        .set({ flagged_at: sql<Date>`now()` })
        .where('state', '=', 'verified')
        .where('flagged_at', 'is', null)
        .where(sql<boolean>`confirmed_at <= now() - make_interval(months => ${sql.lit(freshMonths)})`)
        .returning(['id', 'slug', 'name', 'confirmed_at'])
        .execute();
      for (const { id, slug, name, confirmed_at } of flagged) {
        await tellManagers(tx, id, {
          kind: 'organisation-stale',
          key: `organisation-stale:${id}:${confirmed_at.toISOString()}`,
          payload: { href: organisationPath(slug), title: name, words: organisationNoticeText.stale },
        });
      }
    });
  },
  { schedule: '20 3 * * *' },
);
