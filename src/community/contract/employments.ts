import { z } from 'zod';
import { isOneLine } from '#src/platform/contract/text.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { MemberCard } from './members.ts';
import { OrganisationKind, Slug, YearFigures } from './organisations.ts';

/** What the managers of an organisation say of somebody's time there; a disputed one counts for nobody. */
export const employmentStandings = ['stated', 'confirmed', 'disputed'] as const;
export const EmploymentStanding = z.enum(employmentStandings);
export type EmploymentStanding = z.infer<typeof EmploymentStanding>;

const Day = z.iso
  .date()
  .refine((day) => day >= '1950-01-01' && day < '2100-01-01', 'must be a day since 1950');
const JobTitle = z.string().trim().max(100).refine(isOneLine, 'must be one line');

const range = {
  /** The first day. */
  from: Day,
  /** The last day; null while it goes on. */
  until: Day.nullable().default(null),
  title: JobTitle.default(''),
};
const isRange = ({ from, until }: { from: string; until: string | null }) => until === null || until >= from;
const notARange = { path: ['until'], message: 'must not be before the first day' };

export const StateEmployment = z.object({ organisation: Slug, ...range }).refine(isRange, notARange);
export type StateEmployment = z.input<typeof StateEmployment>;

export const ChangeEmployment = z.object(range).refine(isRange, notARange);
export type ChangeEmployment = z.input<typeof ChangeEmployment>;

/** When a member worked where. */
export const Employment = z.object({
  id: z.uuid(),
  organisation: z.object({
    slug: z.string().max(60),
    name: z.string().max(200),
    kind: OrganisationKind,
    /** Its page can be read by everybody. */
    isPublic: z.boolean(),
  }),
  from: z.string().max(10),
  until: z.string().max(10).nullable(),
  title: z.string().max(100),
  standing: EmploymentStanding,
});
export type Employment = z.infer<typeof Employment>;

export const JudgeEmployment = z.object({ standing: EmploymentStanding });

/** Somebody's time at an organisation, with what they published in it. */
export const OrganisationPerson = z.object({
  employmentId: z.uuid(),
  member: MemberCard,
  title: z.string().max(100),
  from: z.string().max(10),
  until: z.string().max(10).nullable(),
  isCurrent: z.boolean(),
  standing: EmploymentStanding,
  posts: z.number().int(),
  acceptedAnswers: z.number().int(),
});
export type OrganisationPerson = z.infer<typeof OrganisationPerson>;

export const PeopleQuery = PageQuery.extend({ limit: z.coerce.number().int().min(1).max(100).default(50) });
export type PeopleQuery = z.infer<typeof PeopleQuery>;

/** What an organisation's people did: the sum of what each published on the days they worked there. */
export const OrganisationFigures = z.object({
  people: z.number().int(),
  formerPeople: z.number().int(),
  posts: z.number().int(),
  acceptedAnswers: z.number().int(),
  years: z.array(YearFigures),
});
export type OrganisationFigures = z.infer<typeof OrganisationFigures>;
