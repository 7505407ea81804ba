import { z } from 'zod';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { isOneLine, line, prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';
import { SpokenLanguage, spokenLanguages } from './offerings.ts';
import { Website } from './organisations.ts';
import { Currency, MinorAmount } from './placements.ts';

export const availabilities = ['open', 'limited', 'closed'] as const;
export const Availability = z.enum(availabilities);
export type Availability = z.infer<typeof Availability>;

export const expertStates = ['applied', 'approved', 'refused', 'withdrawn'] as const;
export const ExpertState = z.enum(expertStates);
export type ExpertState = z.infer<typeof ExpertState>;

export const Skill = line(40);

/** What an expert asks for an hour or a day. */
export const Rate = z.object({ minor: MinorAmount, currency: Currency, unit: z.enum(['hour', 'day']) });
export type Rate = z.infer<typeof Rate>;

const Note = z.string().trim().max(200).refine(isOneLine, 'must be one line').default('');

/** What shows a skill: a post of one's own here, by its number, or an address elsewhere. */
const Evidence = z
  .object({
    postId: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
    url: Website.default(''),
    note: Note,
  })
  .refine(({ postId, url }) => (postId === null) !== (url === ''), {
    path: ['url'],
    message: 'must be either a post or an address',
  });

export const ApplyAsExpert = z.object({
  about: prose(20_000).refine((text) => text.trim() !== '', 'must not be empty'),
  skills: z.array(Skill).min(1).max(30),
  languages: z.array(SpokenLanguage).min(1).max(spokenLanguages.length),
  availability: Availability,
  rate: Rate.nullable().default(null),
  evidence: z.array(Evidence).min(1).max(20),
});
export type ApplyAsExpert = z.input<typeof ApplyAsExpert>;

/** What an expert may change without being asked again. */
export const ChangeAvailability = z.object({ availability: Availability, rate: Rate.nullable() });
export type ChangeAvailability = z.infer<typeof ChangeAvailability>;

export const ExpertQuery = PageQuery.extend({
  skill: Skill.optional(),
  language: SpokenLanguage.optional(),
  availability: Availability.optional(),
});
export type ExpertQuery = z.infer<typeof ExpertQuery>;

/** An expert in a list. */
export const ListedExpert = z.object({
  member: MemberCard,
  skills: z.array(z.string().max(40)),
  languages: z.array(SpokenLanguage),
  availability: Availability,
  rate: Rate.nullable(),
  acceptedAnswers: z.number().int(),
});
export type ListedExpert = z.infer<typeof ListedExpert>;

export const ExpertList = z.object({
  items: z.array(ListedExpert),
  nextCursor: z.string().nullable(),
  /** The skills that most experts have. */
  skills: z.array(z.object({ skill: z.string().max(40), count: z.number().int() })),
  /** What became of the reader's own application; null when there is none. */
  own: ExpertState.nullable(),
  /** How many wait for the committee; null for those who are not of it. */
  waiting: z.number().int().nullable(),
});
export type ExpertList = z.infer<typeof ExpertList>;

export const Expert = ListedExpert.extend({
  state: ExpertState,
  about: z.string().max(20_000),
  aboutHtml: z.string(),
  evidence: z.array(
    z.object({
      /** A post that everybody may read. */
      post: z
        .object({
          id: z.number().int(),
          kind: z.enum(['article', 'question', 'answer']),
          parentId: z.number().int().nullable(),
          title: z.string().max(200),
          slug: z.string().max(120),
          score: z.number().int(),
          isAccepted: z.boolean(),
        })
        .nullable(),
      url: z.string().max(500),
      note: z.string().max(200),
    }),
  ),
  appliedAt: z.string().max(40),
  /** Only for the expert and the committee. */
  refusedReason: z.string().max(2000).nullable(),
  viewer: z.object({ isOwn: z.boolean(), mayDecide: z.boolean() }),
});
export type Expert = z.infer<typeof Expert>;
