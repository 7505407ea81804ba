import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { isOneLine, line, prose } from '#src/platform/contract/text.ts';
import { Industry } from './industries.ts';
import { MemberCard } from './members.ts';
import { Slug } from './organisations.ts';
import { Comment } from './questions.ts';
import { Delivery, OwnProduct } from './wish-deliveries.ts';
import { Segment, VerifiedUse } from './wish-votes.ts';

/** How much it matters: used as soon as it is there, or done without. */
export const Strength = z.enum(['must', 'nice']);
export type Strength = z.infer<typeof Strength>;

/** The same as its author is asked: neither of both, in their own words. */
export const needs = [...Strength.options, 'other'] as const;
export const Need = z.enum(needs);
export type Need = z.infer<typeof Need>;

export const wishStates = [
  'pending',
  'open',
  'planned',
  'started',
  'delivered',
  'declined',
  'duplicate',
] as const;
export const WishState = z.enum(wishStates);
export type WishState = z.infer<typeof WishState>;
/** States in which a vote is held; in the others it goes back to who cast it. */
export const livingStates = ['pending', 'open', 'planned', 'started'] as const satisfies WishState[];

export const WishId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Some sentences, said and not left empty. */
const sentences = prose(4000).trim().min(10, 'must have at least 10 characters');

const words = (max: number) => z.string().trim().max(max).refine(isOneLine, 'must be one line');

/** SQL that fails today and passes on the version of PostgreSQL on which the wish is true; empty where there is none. */
export const WishTest = prose(20_000);

export const TestWish = z.object({ test: WishTest });
export type TestWish = z.input<typeof TestWish>;

const wishFields = z.object({
  title: line(200).refine((text) => text.length >= 5, 'must have at least 5 characters'),
  industry: Industry,
  capability: sentences,
  problem: sentences,
  strength: Need,
  needNote: words(500).default(''),
  locale: Locale,
  /** Seen by the author, the vendors that it names and those who look after wishes, and by nobody else. */
  isPrivate: z.boolean().default(false),
  /** Of a public wish: the fields below are seen by those alone. */
  hidesDetails: z.boolean().default(false),
  company: words(200).default(''),
  databaseSize: words(200).default(''),
  businessLogic: prose(4000).default(''),
  businessPains: prose(4000).default(''),
  databasePains: prose(4000).default(''),
  vendors: z.array(Slug).max(10).default([]),
  test: WishTest.default(''),
});
export const WriteWish = wishFields.refine(
  ({ strength, needNote }) => strength !== 'other' || needNote !== '',
  { message: 'must say how much it matters', path: ['needNote'] },
);
export type WriteWish = z.input<typeof WriteWish>;

export const VoteForWish = z.object({ strength: Strength.nullable() });
export type VoteForWish = z.input<typeof VoteForWish>;

export const VoteForCustomer = z.object({
  customer: line(200),
  evidence: prose(2000).refine((text) => text.length >= 5, 'must have at least 5 characters'),
  strength: Strength,
});
export type VoteForCustomer = z.input<typeof VoteForCustomer>;

export const MoveWish = z.object({
  state: z.enum(['open', 'planned', 'started', 'delivered', 'declined']),
  note: prose(2000).default(''),
});
export type MoveWish = z.input<typeof MoveWish>;

/** What serves until a wish comes true, and what helps whoever builds it. */
export const AdviseWish = z.object({ alternatives: prose(4000).default(''), hints: prose(4000).default('') });
export type AdviseWish = z.input<typeof AdviseWish>;

/** Whether a wish is found excellent. */
export const PraiseWish = z.object({ isExcellent: z.boolean() });

export const MergeWish = z.object({ into: WishId });
export type MergeWish = z.input<typeof MergeWish>;

export const ClaimWish = z.object({ dueOn: z.iso.date(), note: prose(1000).default('') });
export type ClaimWish = z.input<typeof ClaimWish>;

/** How many votes a member has, by trust level, and what a vote weighs, in hundredths. A setting of the community. */
export const WishTerms = z.object({
  budget: z.array(z.number().int().min(0).max(1000)).length(5).default([3, 5, 8, 10, 10]),
  must: z.number().int().min(1).max(10_000).default(200),
  nice: z.number().int().min(1).max(10_000).default(100),
  /** More for each trust level, in percent. */
  perLevel: z.number().int().min(0).max(1000).default(25),
  /** More for who works at a verified organisation, in percent. */
  atOrganisation: z.number().int().min(0).max(1000).default(50),
  /** More for each level that this organisation has as a sponsor, in percent. */
  perTier: z.number().int().min(0).max(1000).default(25),
  /** More for a customer whom staff vouch for, and for a member whose use they verified, in percent. */
  verifiedUse: z.number().int().min(0).max(1000).default(100),
});
export type WishTerms = z.infer<typeof WishTerms>;

const Named = z.object({ slug: z.string().max(60), name: z.string().max(200) });

export const WishSummary = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  slug: z.string().max(120),
  locale: Locale,
  state: WishState,
  industry: Industry,
  isPrivate: z.boolean(),
  isExcellent: z.boolean(),
  problem: z.string().max(300),
  votes: z.number().int(),
  mustVotes: z.number().int(),
  /** In hundredths. */
  weight: z.number().int(),
  author: MemberCard,
  createdAt: z.string().max(40),
  /** Since when it is in its state. */
  since: z.string().max(40),
  /** By when somebody said to deliver it. */
  dueOn: z.string().max(10).nullable(),
  /** The first major of PostgreSQL that passes its test; null while none does, or there is no test. */
  trueOn: z.number().int().nullable(),
  commentCount: z.number().int(),
});
export type WishSummary = z.infer<typeof WishSummary>;

/** What an organisation said it would do. `late` came after its day, `missed` did not come. */
export const Claim = z.object({
  id: z.number().int(),
  organisation: Named,
  dueOn: z.string().max(10),
  note: z.string().max(1000),
  outcome: z.enum(['open', 'kept', 'late', 'missed', 'withdrawn']),
  deliveredOn: z.string().max(10).nullable(),
  /** Of all its claims whose day is past: how many were kept. */
  kept: z.number().int(),
  due: z.number().int(),
  isOwn: z.boolean(),
});
export type Claim = z.infer<typeof Claim>;

export const Wish = WishSummary.extend({
  capability: z.string().max(4000),
  problem: z.string().max(4000),
  /** How much it matters to its author; null where that was not kept. */
  need: Need.nullable(),
  needNote: z.string().max(500),
  alternatives: z.string().max(4000),
  hints: z.string().max(4000),
  /** Null for readers from whom the author hides them. */
  details: z
    .object({
      company: z.string().max(200),
      databaseSize: z.string().max(200),
      businessLogic: z.string().max(4000),
      businessPains: z.string().max(4000),
      databasePains: z.string().max(4000),
    })
    .nullable(),
  vendors: z.array(Named),
  proxyVotes: z.array(
    z.object({
      id: z.number().int(),
      customer: z.string().max(200),
      evidence: z.string().max(2000),
      strength: Strength,
      recordedBy: MemberCard,
      at: z.string().max(40),
    }),
  ),
  byTrust: z.array(Segment),
  /** By the kind of organisation that voters work at; `none` for those at none that was verified. */
  byOrganisationKind: z.array(Segment),
  /** By how many people work there. */
  byOrganisationSize: z.array(Segment),
  /** By what voters do; who does several things counts in each. */
  byRole: z.array(Segment),
  /** By whether staff verified the use. */
  byUse: z.array(Segment),
  /** Only for those who look after wishes. */
  verifiedUses: z.array(VerifiedUse),
  changes: z.array(
    z.object({
      state: WishState,
      note: z.string().max(2000),
      by: MemberCard.nullable(),
      at: z.string().max(40),
    }),
  ),
  claims: z.array(Claim),
  delivery: Delivery.nullable(),
  /** What shows that it is true, and what it gave where it ran, the newest version first. */
  test: z
    .object({
      sql: z.string().max(20_000),
      results: z.array(
        z.object({
          version: z.string().max(40),
          passes: z.boolean(),
          /** What PostgreSQL said against it. */
          message: z.string().max(1000).nullable(),
          ranAt: z.string().max(40),
        }),
      ),
    })
    .nullable(),
  duplicateOf: z.object({ id: z.number().int(), title: z.string().max(200) }).nullable(),
  comments: z.array(Comment),
  /** From which reputation on members comment on wishes in which they take no part. */
  commentsFrom: z.number().int(),
  terms: WishTerms,
  viewer: z.object({
    vote: Strength.nullable(),
    votesLeft: z.number().int(),
    mayVote: z.boolean(),
    mayManage: z.boolean(),
    mayTest: z.boolean(),
    mayComment: z.boolean(),
    /** Null where it cannot be followed: it is private, or part of another. */
    follows: z.boolean().nullable(),
    /** Organisations that the reader could claim it for. */
    mayClaimFor: z.array(Named),
    /** Products that these list. */
    products: z.array(OwnProduct),
  }),
});
export type Wish = z.infer<typeof Wish>;

export const WishStanding = z.object({
  votes: z.number().int(),
  mustVotes: z.number().int(),
  weight: z.number().int(),
  vote: Strength.nullable(),
  votesLeft: z.number().int(),
});
export type WishStanding = z.infer<typeof WishStanding>;

export const WishQuery = PageQuery.extend({
  state: z.enum(['living', 'all', ...wishStates]).default('living'),
  industry: Industry.optional(),
  sort: z.enum(['votes', 'weight', 'newest']).default('votes'),
  q: z.string().max(200).optional(),
  /** `addressed` are those that name an organisation of the reader's; `mine` the reader's own. */
  scope: z.enum(['public', 'mine', 'addressed']).default('public'),
});
export type WishQuery = z.infer<typeof WishQuery>;

export const SimilarWish = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  slug: z.string().max(120),
  votes: z.number().int(),
});
export type SimilarWish = z.infer<typeof SimilarWish>;

/** What comes, and how long wishes stay in each state. */
export const Roadmap = z.object({
  planned: z.array(WishSummary),
  started: z.array(WishSummary),
  /** By a product and a title, each of 200 characters at most, with a sign between them. */
  delivered: z.array(WishSummary.extend({ by: z.string().max(403).nullable() })),
  /** Of public wishes that left the state. */
  medianDays: z.array(z.object({ state: WishState, days: z.number(), wishes: z.number().int() })),
});
export type Roadmap = z.infer<typeof Roadmap>;
