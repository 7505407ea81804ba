import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { line, prose } from '#src/platform/contract/text.ts';
import { Day } from './committees.ts';
import { Industry } from './industries.ts';
import { MeasureName } from './measures.ts';
import { Handle, MemberCard, MemberRole } from './members.ts';
import { Slug } from './organisations.ts';
import { TagName } from './posts.ts';

export const areaKinds = ['site-section', 'chapter', 'manual-part', 'other'] as const;
export const AreaKind = z.enum(areaKinds);
export type AreaKind = z.infer<typeof AreaKind>;

/** Of what an area is made: its measure counts only that for which every part holds that is set. */
export const Covers = z.object({
  chapter: Slug.nullable().default(null),
  tag: TagName.nullable().default(null),
  /** The number of a series. */
  series: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
  /** The language in which something is written. */
  locale: Locale.nullable().default(null),
  /** Of members their own; of articles the industry and the readers that they are for. */
  industry: Industry.nullable().default(null),
  role: MemberRole.nullable().default(null),
});
export type Covers = z.infer<typeof Covers>;

/** What is counted each month, of what, and how much it has to be. */
export const AreaGoal = z.object({
  measure: MeasureName,
  monthlyTarget: z.number().int().min(1).max(1_000_000),
  covers: Covers.prefault({}),
});
export type AreaGoal = z.infer<typeof AreaGoal>;

export const DefineArea = z.object({
  committee: Slug,
  kind: AreaKind,
  name: line(200),
  about: prose(2000).default(''),
  goal: AreaGoal.nullable().default(null),
});
export type DefineArea = z.input<typeof DefineArea>;

export const SetMeasure = z.object({ goal: AreaGoal.nullable() });

export const AssignArea = z.object({ handle: Handle.nullable() });

export const LogHours = z.object({ day: Day, minutes: z.number().int().min(5).max(1440), what: line(300) });
export type LogHours = z.infer<typeof LogHours>;

const moment = z.string().max(40);

export const Area = z.object({
  id: z.number().int(),
  committee: z.object({ slug: z.string().max(60), name: z.string().max(100) }),
  kind: AreaKind,
  name: z.string().max(200),
  about: z.string().max(2000),
  owner: MemberCard.nullable(),
  since: moment.nullable(),
  goal: z
    .object({
      measure: MeasureName,
      monthlyTarget: z.number().int(),
      /** What it is this month; null where the area does not say yet what it covers. */
      value: z.number().int().nullable(),
    })
    .nullable(),
  covers: z.object({
    chapter: z.object({ slug: z.string().max(60), name: z.string().max(200) }).nullable(),
    tag: z.string().max(40).nullable(),
    series: z.object({ id: z.number().int(), title: z.string().max(200) }).nullable(),
    locale: Locale.nullable(),
    industry: Industry.nullable(),
    role: MemberRole.nullable(),
  }),
  /** Months that are over, the newest first. */
  months: z.array(
    z.object({
      month: z.string().max(10),
      value: z.number().int(),
      target: z.number().int(),
      isMet: z.boolean(),
      /** Whether who answered for it has the points for it. */
      isPaid: z.boolean(),
    }),
  ),
  /** Confirmed this year. */
  minutes: z.number().int(),
  mayAssign: z.boolean(),
});
export type Area = z.infer<typeof Area>;

export const AreaList = z.object({
  items: z.array(Area),
  /** Whether the reader may take points back and give them again. */
  mayCredit: z.boolean(),
  mayDefine: z.array(z.object({ slug: z.string().max(60), name: z.string().max(100) })),
});
export type AreaList = z.infer<typeof AreaList>;

export const LoggedHours = z.object({
  id: z.number().int(),
  area: z.object({ id: z.number().int(), name: z.string().max(200) }),
  member: MemberCard,
  day: z.string().max(10),
  minutes: z.number().int(),
  what: z.string().max(300),
  isConfirmed: z.boolean(),
  mayConfirm: z.boolean(),
});
export type LoggedHours = z.infer<typeof LoggedHours>;
