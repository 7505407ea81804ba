import type { ModerationSettings } from '#src/community/contract/moderation.ts';
import { database } from './context.ts';

/** Lets every member of this file's community write as fast and as much as a test does, unseen by reviewers. */
export async function writeAtAnyPace(more: Partial<ModerationSettings> = {}): Promise<void> {
  const settings: Partial<ModerationSettings> = {
    topicGapSeconds: 0,
    newcomerTopicGapSeconds: 0,
    replyGapSeconds: 0,
    newcomerReplyGapSeconds: 0,
    firstDayTopics: 1000,
    topicsADay: 1000,
    firstDayReplies: 1000,
    repliesADay: 1000,
    editsADay: 1000,
    firstWritingsHeld: 0,
    ...more,
  };
  await database.db
    .insertInto('community.setting')
    .values({ name: 'moderation', value: JSON.stringify(settings) })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value: JSON.stringify(settings) }))
    .execute();
}
