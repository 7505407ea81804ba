import type { PersonalColumn } from '#src/identity/server/public.ts';

/** The parts of an export, as the privacy page names them. */
export type Part =
  | 'account'
  | 'profile'
  | 'writings'
  | 'standing'
  | 'people'
  | 'notifications'
  | 'organisations'
  | 'moderation';

export type MemberColumn = PersonalColumn & { part: Part };

const staffWork = 'Says who decided as staff about somebody else; it is in the record of that other person.';
const ofAnother = 'Somebody else wrote this row, and it is theirs.';

/**
 * Every column of schema community that refers to a member, what an export gives of it or why not. A new table needs a line
 * here: a test finds those that are missing.
 */
export const memberColumns: readonly MemberColumn[] = [
  { part: 'profile', table: 'community.member', column: 'id' },
  { part: 'profile', table: 'community.member', column: 'merged_into' },
  {
    part: 'profile',
    table: 'community.member',
    column: 'account_id',
    keptBack: 'The same row, found by the member.',
  },
  { part: 'profile', table: 'community.former_handle', column: 'member_id' },
  { part: 'profile', table: 'community.consent', column: 'member_id' },
  { part: 'profile', table: 'community.staff', column: 'member_id' },
  { part: 'profile', table: 'community.staff', column: 'granted_by', keptBack: staffWork },
  { part: 'writings', table: 'community.post', column: 'author_id' },
  { part: 'writings', table: 'community.post', column: 'closed_by', keptBack: ofAnother },
  { part: 'writings', table: 'community.post', column: 'featured_by', keptBack: ofAnother },
  { part: 'writings', table: 'community.post_revision', column: 'editor_id' },
  { part: 'writings', table: 'community.comment', column: 'author_id' },
  { part: 'writings', table: 'community.suggested_edit', column: 'editor_id' },
  { part: 'writings', table: 'community.series', column: 'author_id' },
  { part: 'writings', table: 'community.draft', column: 'member_id' },
  { part: 'writings', table: 'community.upload', column: 'member_id' },
  { part: 'writings', table: 'community.reminder', column: 'member_id' },
  { part: 'writings', table: 'community.import_run', column: 'started_by' },
  { part: 'writings', table: 'community.capsule', column: 'author_id' },
  { part: 'writings', table: 'community.faq', column: 'curator_id' },
  { part: 'writings', table: 'community.faq', column: 'verified_by', keptBack: staffWork },
  { part: 'writings', table: 'community.faq_verification', column: 'member_id' },
  { part: 'writings', table: 'community.close_vote', column: 'member_id' },
  { part: 'writings', table: 'community.wish', column: 'author_id' },
  { part: 'writings', table: 'community.wish', column: 'excellent_by', keptBack: staffWork },
  { part: 'writings', table: 'community.wish_change', column: 'member_id' },
  { part: 'writings', table: 'community.wish_claim', column: 'claimed_by' },
  { part: 'writings', table: 'community.wish_delivery', column: 'entered_by' },
  { part: 'writings', table: 'community.wish_proxy_vote', column: 'recorded_by', keptBack: staffWork },
  { part: 'standing', table: 'community.wish_vote', column: 'member_id' },
  { part: 'people', table: 'community.answer_invitation', column: 'member_id' },
  { part: 'people', table: 'community.answer_invitation', column: 'invited_by' },
  { part: 'standing', table: 'community.bounty', column: 'offered_by' },
  { part: 'standing', table: 'community.vote', column: 'member_id' },
  { part: 'standing', table: 'community.point_entry', column: 'member_id', without: ['actor_id'] },
  { part: 'standing', table: 'community.point_entry', column: 'actor_id', keptBack: ofAnother },
  { part: 'standing', table: 'community.member_level', column: 'member_id' },
  { part: 'standing', table: 'community.badge', column: 'created_by', keptBack: staffWork },
  { part: 'standing', table: 'community.badge_award', column: 'member_id' },
  { part: 'standing', table: 'community.mvp_round', column: 'created_by', keptBack: staffWork },
  { part: 'standing', table: 'community.mvp_juror', column: 'member_id' },
  { part: 'standing', table: 'community.mvp_nominee', column: 'member_id' },
  { part: 'standing', table: 'community.mvp_nominee', column: 'nominated_by' },
  { part: 'standing', table: 'community.mvp_score', column: 'juror_id' },
  { part: 'standing', table: 'community.reward', column: 'created_by', keptBack: staffWork },
  {
    part: 'standing',
    table: 'community.redemption',
    column: 'member_id',
    without: ['address_sealed'],
  },
  { part: 'standing', table: 'community.redemption', column: 'handled_by', keptBack: staffWork },
  { part: 'standing', table: 'community.point_rule', column: 'changed_by', keptBack: staffWork },
  { part: 'standing', table: 'community.trust_change', column: 'member_id' },
  { part: 'standing', table: 'community.trust_change', column: 'by_member', keptBack: staffWork },
  { part: 'people', table: 'community.follow', column: 'member_id' },
  { part: 'people', table: 'community.block', column: 'member_id' },
  {
    part: 'people',
    table: 'community.block',
    column: 'blocked_id',
    keptBack: 'Whom others do not want to hear is theirs alone.',
  },
  { part: 'people', table: 'community.conversation', column: 'starter_id' },
  { part: 'people', table: 'community.conversation', column: 'other_id' },
  { part: 'people', table: 'community.message', column: 'author_id' },
  { part: 'notifications', table: 'community.notification', column: 'member_id' },
  { part: 'notifications', table: 'community.notification', column: 'actor_id', keptBack: ofAnother },
  { part: 'notifications', table: 'community.notification_preference', column: 'member_id' },
  { part: 'notifications', table: 'community.notification_setting', column: 'member_id' },
  {
    part: 'notifications',
    table: 'community.push_subscription',
    column: 'member_id',
    without: ['auth', 'p256dh'],
  },
  { part: 'organisations', table: 'community.organisation', column: 'created_by' },
  { part: 'organisations', table: 'community.organisation', column: 'verified_by', keptBack: staffWork },
  { part: 'organisations', table: 'community.organisation_manager', column: 'member_id' },
  { part: 'organisations', table: 'community.organisation_revision', column: 'editor_id' },
  { part: 'organisations', table: 'community.employment', column: 'member_id' },
  { part: 'organisations', table: 'community.employment', column: 'judged_by', keptBack: ofAnother },
  { part: 'organisations', table: 'community.offering', column: 'created_by' },
  { part: 'organisations', table: 'community.offering_revision', column: 'editor_id' },
  { part: 'organisations', table: 'community.offering_revision', column: 'reviewed_by', keptBack: staffWork },
  { part: 'organisations', table: 'community.placement', column: 'entered_by' },
  { part: 'organisations', table: 'community.sponsorship', column: 'entered_by' },
  { part: 'organisations', table: 'community.expert', column: 'member_id' },
  { part: 'organisations', table: 'community.expert', column: 'decided_by', keptBack: staffWork },
  { part: 'organisations', table: 'community.expert_evidence', column: 'member_id' },
  { part: 'organisations', table: 'community.chapter', column: 'created_by' },
  { part: 'organisations', table: 'community.chapter', column: 'decided_by', keptBack: staffWork },
  { part: 'organisations', table: 'community.chapter_member', column: 'member_id' },
  { part: 'organisations', table: 'community.merge', column: 'done_by', keptBack: staffWork },
  { part: 'organisations', table: 'community.merge', column: 'undone_by', keptBack: staffWork },
  { part: 'moderation', table: 'community.writing_pace', column: 'member_id', without: ['text_hash'] },
  {
    part: 'moderation',
    table: 'community.vote_pattern',
    column: 'giver_id',
    keptBack:
      'A suspicion against two members, judged by reviewers; what they decide is in the entries of points.',
  },
  {
    part: 'moderation',
    table: 'community.vote_pattern',
    column: 'taker_id',
    keptBack:
      'A suspicion against two members, judged by reviewers; what they decide is in the entries of points.',
  },
  { part: 'moderation', table: 'community.vote_pattern', column: 'decided_by', keptBack: staffWork },
  { part: 'moderation', table: 'community.moderation_rule', column: 'created_by' },
  { part: 'moderation', table: 'community.flag', column: 'member_id' },
  {
    part: 'moderation',
    table: 'community.flag',
    column: 'author_id',
    keptBack: 'Who flags something is not told to its author.',
  },
  {
    part: 'moderation',
    table: 'community.flag',
    column: 'profile_id',
    keptBack: 'Who flags something is not told to its author.',
  },
  { part: 'moderation', table: 'community.moderation_action', column: 'member_id' },
  { part: 'moderation', table: 'community.moderation_action', column: 'actor_id', keptBack: staffWork },
  { part: 'moderation', table: 'community.review_vote', column: 'reviewer_id' },
  { part: 'moderation', table: 'community.appeal', column: 'member_id' },
  { part: 'moderation', table: 'community.appeal', column: 'decided_by', keptBack: staffWork },
  { part: 'moderation', table: 'community.takedown', column: 'claimant_id' },
  { part: 'moderation', table: 'community.takedown', column: 'decided_by', keptBack: staffWork },
  {
    part: 'profile',
    table: 'community.search_document',
    column: 'member_id',
    keptBack: 'Words of the profile, cut for the search; the profile is given.',
  },
];
