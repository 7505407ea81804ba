import { z } from 'zod';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { indexFaq } from './index-faq.ts';
import { indexMember } from './index-member.ts';
import { indexOrganisation } from './index-organisation.ts';
import { indexPost } from './index-post.ts';
import { indexedAs } from './segment-text.ts';

const documentsARun = 5000;

/** Every ten minutes: documents whose words an older segmenter wrote get new ones, the oldest first. */
export const indexAnew = defineJob(
  'community.index-anew',
  z.object({}),
  async ({ db }) => {
    const rows = await db
      .selectFrom('community.search_document')
      .select([
        'post_id as postId',
        'faq_id as faqId',
        'member_id as memberId',
        'organisation_id as organisationId',
      ])
      .where('indexed_as', '<', indexedAs)
      .orderBy('indexed_as')
      .orderBy('id')
      .limit(documentsARun)
      .execute();
    for (const { postId, faqId, memberId, organisationId } of rows) {
      // open to: the schedule
      // not audited: nothing that anybody said changes
      await inTransaction(systemContext(db, noOrg), async (tx) => {
        if (postId !== null) await indexPost(tx, postId);
        if (faqId !== null) await indexFaq(tx, faqId);
        if (memberId !== null) await indexMember(tx, memberId);
        if (organisationId !== null) await indexOrganisation(tx, organisationId);
      });
    }
  },
  { schedule: '*/10 * * * *' },
);
