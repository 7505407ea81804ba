import { z } from 'zod';
import { line } from '#src/platform/contract/text.ts';
import { levelNameText } from './levels.text.ts';

/** A name in both languages. */
export const Named = z.object({ en: line(40), 'zh-CN': line(40) });
export type Named = z.infer<typeof Named>;

const figure = z.number().int().min(0).max(10_000_000);

/** What a level of a member takes: so much reputation, and so much of it from the last twelve months. */
export const Level = z.object({ name: Named, growth: figure, yearly: figure.default(0) });
export type Level = z.infer<typeof Level>;

/** The levels of members, the lowest first, and how long one is kept while something is missing: the setting `levels`. */
export const LevelTerms = z.object({
  graceDays: z.number().int().min(0).max(3650).default(90),
  levels: z
    .array(Level)
    .min(1)
    .max(20)
    .refine(
      (levels) => levels[0]?.growth === 0 && levels[0].yearly === 0,
      'must begin with one that takes nothing',
    )
    .refine(
      (levels) =>
        levels.every((one, at) => {
          const before = levels[at - 1];
          return before === undefined || (one.growth > before.growth && one.yearly >= before.yearly);
        }),
      'must rise from one level to the next',
    )
    .default([
      { name: levelNameText.calf, growth: 0, yearly: 0 },
      { name: levelNameText.young, growth: 100, yearly: 0 },
      { name: levelNameText.member, growth: 500, yearly: 50 },
      { name: levelNameText.tusker, growth: 2000, yearly: 200 },
      { name: levelNameText.matriarch, growth: 10_000, yearly: 500 },
    ]),
});
export type LevelTerms = z.infer<typeof LevelTerms>;

/** A level by its place from 0 on, and its name for the reader. */
export const ShownLevel = z.object({ place: z.number().int(), name: z.string().max(40) });
export type ShownLevel = z.infer<typeof ShownLevel>;

/** My level, and what is missing to the next. */
export const OwnLevel = z.object({
  level: ShownLevel,
  growth: z.number().int(),
  /** Of the last twelve months. */
  yearly: z.number().int(),
  /** When the level falls because something that it takes is missing. */
  fallsAt: z.string().max(40).nullable(),
  /** What is missing to keep it. */
  keep: z.object({ growth: z.number().int(), yearly: z.number().int() }).nullable(),
  next: ShownLevel.extend({
    takes: z.object({ growth: z.number().int(), yearly: z.number().int() }),
    missing: z.object({ growth: z.number().int(), yearly: z.number().int() }),
  }).nullable(),
});
export type OwnLevel = z.infer<typeof OwnLevel>;

/** What each level takes. */
export const LevelList = LevelTerms.extend({ mayChange: z.boolean() });
export type LevelList = z.infer<typeof LevelList>;
