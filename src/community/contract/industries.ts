import { z } from 'zod';

/** The industries of members, organisations, articles and wishes: one list for all. */
export const industries = [
  'finance',
  'internet',
  'government',
  'telecom',
  'manufacturing',
  'retail',
  'energy',
  'transport',
  'healthcare',
  'education',
  'software',
  'other',
] as const;
export const Industry = z.enum(industries);
export type Industry = z.infer<typeof Industry>;

/** An industry, or empty while nobody says. */
export const IndustryOrNone = z.union([z.literal(''), Industry]);
