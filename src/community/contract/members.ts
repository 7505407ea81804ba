import { z } from 'zod';
import { PageQuery, page } from '#src/platform/contract/pages.ts';
import { isOneLine, line, prose } from '#src/platform/contract/text.ts';
import { Industry, IndustryOrNone } from './industries.ts';
import { ShownBadge } from './badge-marks.ts';
import { ShownLevel } from './levels.ts';

/** The name of a member in addresses and mentions. */
export const Handle = z.string().regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/);

/** What people do with PostgreSQL; a member may be several. */
export const memberRoles = [
  'developer',
  'dba',
  'architect',
  'operations',
  'data-analyst',
  'decision-maker',
  'product-manager',
  'teacher',
  'student',
  'media',
  'other',
] as const;
export const MemberRole = z.enum(memberRoles);
export type MemberRole = z.infer<typeof MemberRole>;

/** Who looks after the community. */
export const staffRoles = ['editor', 'moderator', 'administrator'] as const;
export const StaffRole = z.enum(staffRoles);
export type StaffRole = z.infer<typeof StaffRole>;

/** A member as it stands beside what they wrote. An erased one has no handle: there is no page to go to. */
export const MemberCard = z.object({
  handle: z.string().max(40).nullable(),
  name: z.string().max(200),
  headline: z.string().max(200),
  avatar: z.string().max(100).nullable(),
  reputation: z.number().int(),
  trustLevel: z.number().int(),
});
export type MemberCard = z.infer<typeof MemberCard>;

/** A line that may be empty. */
const orNothing = (max: number) =>
  z.string().trim().max(max).refine(isOneLine, 'must be one line without control characters');

/** A skill as members name it. */
export const Skill = line(40);

const website = orNothing(500).refine(
  (value) => value === '' || (/^https?:\/\//i.test(value) && URL.canParse(value)),
  'must be an address that begins with https:// or http://',
);

/** What a member says about themself. */
export const EditProfile = z.object({
  name: line(200),
  headline: orNothing(200),
  about: prose(20_000).trim(),
  location: orNothing(100),
  website,
  roles: z.array(MemberRole).max(20),
  skills: z.array(Skill).max(50),
  industry: IndustryOrNone,
});
export type EditProfile = z.infer<typeof EditProfile>;

/** One's own profile, for the form. Before taking part for the first time there is no handle. */
export const OwnProfile = EditProfile.extend({
  handle: z.string().max(40).nullable(),
  avatar: z.string().max(100).nullable(),
});
export type OwnProfile = z.infer<typeof OwnProfile>;

export const ChangeHandle = z.object({
  handle: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/, 'must be 3 to 40 letters a to z, digits or dashes'),
});
export type ChangeHandle = z.infer<typeof ChangeHandle>;

export const ListMembers = PageQuery.extend({
  q: z.string().trim().max(100).optional(),
  role: MemberRole.optional(),
  industry: Industry.optional(),
  skill: z.string().trim().max(40).optional(),
});
export type ListMembers = z.infer<typeof ListMembers>;

/** A member in the list of members. */
export const ListedMember = MemberCard.extend({
  roles: z.array(MemberRole),
  skills: z.array(z.string().max(40)),
  location: z.string().max(100),
});
export type ListedMember = z.infer<typeof ListedMember>;

/** A page of members, with the roles, industries and skills that most have. */
export const MemberList = page(ListedMember).extend({
  roles: z.array(z.object({ role: MemberRole, count: z.number().int() })),
  industries: z.array(z.object({ industry: Industry, count: z.number().int() })),
  skills: z.array(z.object({ skill: z.string().max(40), count: z.number().int() })),
});
export type MemberList = z.infer<typeof MemberList>;

/** Rows behind the figures of a profile. */
export const profileViews = [
  'articles',
  'questions',
  'answers',
  'accepted',
  'talks',
  'translations',
  'wishes',
  'reputation',
] as const;
export const ProfileView = z.enum(profileViews);
export type ProfileView = z.infer<typeof ProfileView>;
export const ProfileQuery = PageQuery.extend({
  /** Left out, the first of articles, questions and answers that there are. */
  view: ProfileView.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type ProfileQuery = z.infer<typeof ProfileQuery>;

/** Something a member wrote, on their page; an answer has its question's title and number. */
export const WrittenPost = z.object({
  id: z.number().int(),
  kind: z.enum(['article', 'question', 'answer']),
  parentId: z.number().int().nullable(),
  title: z.string().max(200),
  slug: z.string().max(120),
  excerpt: z.string().max(400),
  locale: z.enum(['en', 'zh-CN']),
  tags: z.array(z.string().max(40)),
  score: z.number().int(),
  isAccepted: z.boolean(),
  publishedAt: z.string().max(40),
});
export type WrittenPost = z.infer<typeof WrittenPost>;

/** Why a member's reputation is what it is. The post is absent when it is not public. */
export const ReputationEntry = z.object({
  id: z.number().int(),
  amount: z.number().int(),
  cause: z.string().max(40),
  isReversal: z.boolean(),
  at: z.string().max(40),
  post: WrittenPost.pick({ id: true, kind: true, parentId: true, title: true, slug: true }).nullable(),
});
export type ReputationEntry = z.infer<typeof ReputationEntry>;

/** A wish of a member that was delivered. */
export const AdoptedWish = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  slug: z.string().max(120),
  locale: z.enum(['en', 'zh-CN']),
  votes: z.number().int(),
  deliveredAt: z.string().max(40),
});
export type AdoptedWish = z.infer<typeof AdoptedWish>;

/** The page of a member. */
export const Profile = MemberCard.extend({
  handle: z.string().max(40),
  /** The handle asked for is a former one: the page has moved. */
  movedTo: z.string().max(40).nullable(),
  aboutHtml: z.string(),
  location: z.string().max(100),
  website: z.string().max(500),
  industry: IndustryOrNone,
  roles: z.array(MemberRole),
  skills: z.array(z.string().max(40)),
  joinedAt: z.string().max(40),
  isExpert: z.boolean(),
  level: ShownLevel,
  badges: z.array(ShownBadge),
  employer: z
    .object({ slug: z.string().max(60), name: z.string().max(200), title: z.string().max(100) })
    .nullable(),
  staff: z.array(StaffRole),
  /** Whether search engines may list the page. */
  isListed: z.boolean(),
  counts: z.object({
    articles: z.number().int(),
    questions: z.number().int(),
    answers: z.number().int(),
    accepted: z.number().int(),
    /** Sessions that have begun, with the member among the speakers. */
    talks: z.number().int(),
    translations: z.number().int(),
    /** Public wishes of the member that were delivered. */
    wishes: z.number().int(),
    followers: z.number().int(),
  }),
  view: ProfileView,
  posts: z.array(WrittenPost),
  entries: z.array(ReputationEntry),
  wishes: z.array(AdoptedWish),
  nextCursor: z.string().max(400).nullable(),
  viewer: z.object({ isSelf: z.boolean(), follows: z.boolean(), blocks: z.boolean() }),
});
export type Profile = z.infer<typeof Profile>;

/** A seat in the staff. */
export const StaffSeat = z.object({
  id: z.uuid(),
  member: MemberCard,
  role: StaffRole,
  startsAt: z.string().max(40),
  endsAt: z.string().max(40).nullable(),
  grantedBy: MemberCard.nullable(),
});
export type StaffSeat = z.infer<typeof StaffSeat>;
export const AppointStaff = z.object({
  handle: ChangeHandle.shape.handle,
  role: StaffRole,
  /** How long the seat lasts; empty for no end. */
  months: z.number().int().min(1).max(60).nullable().default(null),
});
export type AppointStaff = z.infer<typeof AppointStaff>;
