import type { StaffRole } from '#src/community/contract/members.ts';

/** What each role of the community's staff may do; what is given to an editor or moderator, an administrator has too. */
const granted: Record<Exclude<StaffRole, 'administrator'>, readonly string[]> = {
  editor: [
    'community.post.feature',
    'community.post.edit',
    'community.tag.manage',
    'community.faq.curate',
    'community.post.import',
    'community.placement.enter',
    'community.sponsorship.enter',
    'community.reward.manage',
    'community.wish.manage',
  ],
  moderator: [
    'community.post.moderate',
    'community.post.edit',
    'community.member.moderate',
    'community.tag.manage',
    'community.organisation.verify',
    'community.expert.approve',
    'community.chapter.approve',
    'community.wish.manage',
  ],
};

/** Whether one of these staff roles gives a permission. */
export function staffMay(roles: readonly StaffRole[], permission: string): boolean {
  return roles.some(
    (role) =>
      permission.startsWith('community.') && (role === 'administrator' || granted[role].includes(permission)),
  );
}
