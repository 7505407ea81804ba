import { z } from 'zod';
import type { Text } from '#src/platform/contract/i18n.ts';
import { measureText } from './measures.text.ts';

/** What is measured: each name is one count over rows between two moments. Nobody types a figure. */
export const measureNames = [
  'new-members',
  'active-members',
  'articles',
  'featured-articles',
  'questions',
  'answers',
  'accepted-answers',
  'translated-articles',
  'verified-faqs',
  'verified-organisations',
  'approved-offerings',
  'approved-experts',
  'approved-chapters',
  'campus-chapters',
  'placements',
  'moderated-writings',
  'plan-kept',
  'matters-closed',
] as const;
export const MeasureName = z.enum(measureNames);
export type MeasureName = z.infer<typeof MeasureName>;

/** By what a measure can be narrowed to a part of the community. */
export const coverParts = ['chapter', 'tag', 'series', 'locale', 'industry', 'role'] as const;
export type CoverPart = (typeof coverParts)[number];

const writings: readonly CoverPart[] = ['chapter', 'tag', 'locale'];
const narrowed: Partial<Record<MeasureName, readonly CoverPart[]>> = {
  'new-members': ['chapter', 'industry', 'role'],
  'active-members': coverParts,
  articles: coverParts,
  'featured-articles': coverParts,
  'translated-articles': coverParts,
  questions: writings,
  answers: writings,
  'accepted-answers': writings,
  'verified-faqs': ['tag', 'locale'],
};

/** By what a measure can be narrowed; nothing for one that always counts the whole community. */
export const coverPartsOf = (name: MeasureName): readonly CoverPart[] => narrowed[name] ?? [];

/** What a measure is called. */
export const measureWords = (name: MeasureName): Text => measureText[name];

export const MeasuredValue = z.object({ name: MeasureName, value: z.number().int() });
export type MeasuredValue = z.infer<typeof MeasuredValue>;
