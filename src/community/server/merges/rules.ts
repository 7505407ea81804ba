/** How long a merge can be undone. */
export const undoDays = 30;

/**
 * What becomes of a column that names a member or an organisation when two are found to be one:
 * - `moves`: it names the one that stays. Where that breaks a rule of uniqueness, the row of the one that stays is kept and the
 *   other goes; where other rows depend on that one, or where the row would join somebody with themselves, it is left as it is.
 * - `own`: it has a step of its own, because sums or times depend on it.
 * - `follows`: it is made anew from what was moved.
 * - `stays`: it tells of the one that goes.
 */
export type Handling = 'moves' | 'own' | 'follows' | 'stays';

const all = (handling: Handling, columns: string) =>
  columns
    .trim()
    .split(/\s+/)
    .map((column) => [column, handling] as const);

/** Every column that names a member. A test compares it with the database: a new column needs a word here. */
export const memberColumns: ReadonlyMap<string, Handling> = new Map([
  // Nothing about an edition that was sent is ever changed.
  ...all('stays', 'wish_change.member_id newsletter_correction.author_id'),
  ...all('own', 'employment.member_id vote.member_id point_entry.member_id member.merged_into'),
  ...all('follows', 'search_document.member_id'),
  // Who has voted has, under each name; findVoter looks at all of them.
  ...all(
    'stays',
    `writing_pace.member_id point_entry.actor_id member_level.member_id vote_pattern.giver_id vote_pattern.taker_id
     election_voter.member_id`,
  ),
  ...all(
    'moves',
    `staff.member_id staff.granted_by series.author_id post.author_id post.closed_by post.featured_by post_revision.editor_id
     comment.author_id draft.member_id suggestion.member_id upload.member_id reminder.member_id case_study.approved_by
     lead.member_id download_grant.member_id
     reading.member_id import_run.started_by suggested_edit.editor_id
     organisation.verified_by organisation.created_by organisation_manager.member_id organisation_revision.editor_id
     employment.judged_by offering.created_by offering_revision.editor_id offering_revision.reviewed_by placement.entered_by
     expert.member_id expert.decided_by expert_evidence.member_id chapter.decided_by chapter.created_by
     chapter_member.member_id merge.done_by merge.undone_by
     moderation_rule.created_by flag.profile_id flag.author_id flag.member_id moderation_action.actor_id
     moderation_action.member_id review_vote.reviewer_id appeal.member_id appeal.decided_by takedown.claimant_id
     takedown.decided_by trust_change.member_id trust_change.by_member
     notification.member_id notification.actor_id notification_preference.member_id notification_setting.member_id
     push_subscription.member_id
     former_handle.member_id follow.member_id block.member_id block.blocked_id conversation.starter_id
     conversation.other_id message.author_id consent.member_id
     bounty.offered_by answer_invitation.member_id answer_invitation.invited_by close_vote.member_id capsule.author_id
     faq.curator_id faq.verified_by faq_verification.member_id point_rule.changed_by sponsorship.entered_by
     vote_pattern.decided_by badge.created_by badge_award.member_id reward.created_by redemption.member_id redemption.handled_by
     mvp_round.created_by mvp_juror.member_id mvp_nominee.member_id mvp_nominee.nominated_by mvp_score.juror_id
     wish.author_id wish.excellent_by wish_proxy_vote.recorded_by wish_claim.claimed_by wish_vote.member_id wish_delivery.entered_by
     coupon.member_id offering_release.entered_by wish_use.member_id wish_use.verified_by
     committee_seat.member_id committee_seat.granted_by core_application.member_id core_application_vote.member_id
     committee_matter.filed_by committee_matter.assigned_to committee_matter.closed_by plan_entry.owner_id
     plan_entry.created_by plan_change.member_id election.called_by election_candidate.member_id
     meeting.called_by meeting_attendant.member_id meeting_proxy.giver_id meeting_proxy.holder_id meeting_vote.member_id
     meeting_vote.cast_by meeting_remark.member_id resolution.owner_id resolution.recorded_by
     area.created_by area_owner.member_id area_owner.granted_by area_month.member_id volunteer_hours.member_id
     volunteer_hours.confirmed_by goal.owner_id goal.created_by`,
  ),
]);

/** Every column that names an organisation of the community. */
export const organisationColumns: ReadonlyMap<string, Handling> = new Map([
  ...all('own', 'employment.organisation_id organisation.merged_into'),
  ...all('follows', 'post.organisation_id search_document.organisation_id'),
  // What each said of itself is the history of each.
  ...all('stays', 'organisation_revision.organisation_id page_read.organisation_id'),
  ...all(
    'moves',
    `organisation_manager.organisation_id offering.organisation_id placement.organisation_id chapter.organisation_id
     wish_vendor.organisation_id wish_claim.organisation_id wish_delivery.organisation_id case_study.customer_id sponsorship.organisation_id
     download.publisher_id lead.organisation_id`,
  ),
]);

/** Columns beside those that name somebody by a text, and of which kind the row then is. */
export const textColumns: readonly { table: string; column: string; kindColumn: string; kind: 'member' }[] = [
  { table: 'follow', column: 'key', kindColumn: 'kind', kind: 'member' },
];

/** Columns that look like a reference and are none: what they name may be gone. */
export const noReferences: ReadonlySet<string> = new Set([
  'merge.from_id',
  'merge.into_id',
  'member.account_id',
  'vote_pattern.circle_id',
]);

/** Pairs that must be of two: a row that would join somebody with themselves is left as it is. */
export const pairs: readonly { table: string; columns: readonly [string, string] }[] = [
  { table: 'block', columns: ['member_id', 'blocked_id'] },
  { table: 'conversation', columns: ['starter_id', 'other_id'] },
  { table: 'flag', columns: ['author_id', 'member_id'] },
  { table: 'follow', columns: ['member_id', 'key'] },
  { table: 'meeting_proxy', columns: ['giver_id', 'holder_id'] },
  { table: 'volunteer_hours', columns: ['member_id', 'confirmed_by'] },
];
