import type { ModerationSettings } from '#src/community/contract/moderation.ts';

export type WritingKind = 'article' | 'question' | 'answer' | 'comment' | 'message';
export type Counted = 'topics' | 'replies' | 'messages' | 'edits' | 'flags';

/** As which of the counted things a writing counts. */
export const countedAs = (kind: WritingKind, isEdit: boolean): Counted =>
  isEdit
    ? 'edits'
    : kind === 'message'
      ? 'messages'
      : kind === 'article' || kind === 'question'
        ? 'topics'
        : 'replies';

const firstDayMs = 24 * 3600_000;

/** How long between two, and how many a day, for a member of this trust who joined then. */
export function paceOf(
  counted: Counted,
  member: { trustLevel: number; joinedAt: Date },
  s: ModerationSettings,
  now: Date,
): { gapSeconds: number; aDay: number } {
  const isNewcomer = member.trustLevel === 0;
  const isFirstDay = isNewcomer && now.getTime() - member.joinedAt.getTime() < firstDayMs;
  switch (counted) {
    case 'topics':
      return {
        gapSeconds: isNewcomer ? s.newcomerTopicGapSeconds : s.topicGapSeconds,
        aDay: isFirstDay ? Math.min(s.firstDayTopics, s.topicsADay) : s.topicsADay,
      };
    case 'replies':
      return {
        gapSeconds: isNewcomer ? s.newcomerReplyGapSeconds : s.replyGapSeconds,
        aDay: isFirstDay ? Math.min(s.firstDayReplies, s.repliesADay) : s.repliesADay,
      };
    case 'messages':
      return { gapSeconds: s.messageGapSeconds, aDay: s.messagesADay };
    case 'edits':
      return { gapSeconds: 0, aDay: s.editsADay };
    case 'flags':
      return { gapSeconds: 0, aDay: s.flagsADay };
  }
}
