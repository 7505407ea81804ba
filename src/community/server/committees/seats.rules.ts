import { boardSlug, type Office } from '#src/community/contract/committees.ts';
import type { MeasureName } from '#src/community/contract/measures.ts';

/** What the seats of each committee permit, and what the committee is measured by. */
const committees: Record<string, { permits: readonly string[]; measures: readonly MeasureName[] }> = {
  [boardSlug]: {
    permits: ['community.committee.manage', 'community.election.call'],
    measures: ['new-members', 'active-members', 'verified-organisations', 'plan-kept'],
  },
  ecosystem: { permits: ['community.organisation.verify'], measures: ['approved-offerings'] },
  training: { permits: ['community.faq.curate'], measures: ['verified-faqs'] },
  website: {
    permits: ['community.setting.change', 'community.tag.manage', 'community.post.import'],
    measures: ['questions', 'answers', 'accepted-answers'],
  },
  media: {
    permits: ['community.post.feature', 'community.post.edit'],
    measures: ['articles', 'featured-articles'],
  },
  // Their work is in no room yet that asks for a permission.
  translation: { permits: [], measures: ['translated-articles'] },
  business: { permits: [], measures: ['verified-organisations', 'approved-offerings'] },
  press: { permits: ['community.placement.enter'], measures: ['placements'] },
  'corporate-members': {
    permits: ['community.organisation.verify', 'community.organisation.merge'],
    measures: ['verified-organisations'],
  },
  'individual-members': {
    permits: ['community.member.moderate', 'community.member.merge', 'community.post.moderate'],
    measures: ['new-members', 'active-members', 'moderated-writings'],
  },
  experts: { permits: ['community.expert.approve'], measures: ['approved-experts'] },
  universities: { permits: ['community.campus-chapter.approve'], measures: ['campus-chapters'] },
  chapters: { permits: ['community.chapter.approve'], measures: ['approved-chapters'] },
};

/** What the seats of a committee permit, as long as each is held. */
export const permitsOf = (committee: string): readonly string[] => committees[committee]?.permits ?? [];

/** What a committee is measured by. */
export const measuresOf = (committee: string): readonly MeasureName[] =>
  committees[committee]?.measures ?? [];

/** Whether a seat in one of these committees gives a permission. */
export const seatsMay = (held: readonly string[], permission: string): boolean =>
  held.some((committee) => permitsOf(committee).includes(permission));

/** Which offices somebody may fill in a committee: who looks after all of them every one, its chair those of its members. */
export function mayFill(committee: string, own: Office | null, managesAll: boolean): Office[] {
  if (managesAll) return committee === boardSlug ? ['chair', 'deputy'] : ['chair', 'deputy', 'member'];
  return own === 'chair' && committee !== boardSlug ? ['member'] : [];
}
