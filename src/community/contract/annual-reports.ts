import { z } from 'zod';
import { MeasuredValue, MeasureName } from './measures.ts';
import { SponsorIncome } from './sponsorships.ts';

export const ReportQuery = z.object({ year: z.coerce.number().int().min(2000).max(2200).optional() });
export type ReportQuery = z.infer<typeof ReportQuery>;

const count = z.number().int();

/** What became of a year: each figure counted from the rows at the moment of asking. */
export const AnnualReport = z.object({
  year: count,
  /** Whether the year is over; until then it grows. */
  isOver: z.boolean(),
  measures: z.array(MeasuredValue),
  /** Confirmed hours on days of the year, as they stand in the dossiers of MVPs. */
  hours: z.object({
    minutes: count,
    volunteers: count,
    areas: z.array(
      z.object({
        id: count,
        name: z.string().max(200),
        committee: z.object({ slug: z.string().max(60), name: z.string().max(100) }),
        minutes: count,
        volunteers: count,
      }),
    ),
  }),
  /** Months of areas that were measured, and those that met their target. */
  areaMonths: z.object({ measured: count, met: count }),
  goals: z.array(
    z.object({ id: count, title: z.string().max(200), measure: MeasureName, value: count, target: count }),
  ),
  plan: z.object({ planned: count, done: count, onTime: count, cancelled: count }),
  decisions: count,
  elections: count,
  meetings: count,
  income: z.array(SponsorIncome),
});
export type AnnualReport = z.infer<typeof AnnualReport>;
