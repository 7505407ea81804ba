import type { Text, Texts } from '#src/platform/contract/i18n.ts';
import type { Need } from './wishes.ts';

/** How much a wish matters to its author, as the form asks. */
export const needText = {
  must: { en: 'Must have: used as soon as it is there', 'zh-CN': '有就一定用' },
  nice: { en: 'Nice to have: done without', 'zh-CN': '没有就不用' },
  other: { en: 'Other, in my own words', 'zh-CN': '其他，自行说明' },
} satisfies Record<Need, Text>;

/** What is said about the grade of need, and about what those who look after wishes add. */
export const wishAdviceText = {
  needTitle: { en: 'How much it matters', 'zh-CN': '期望功能分级' },
  noteField: { en: 'How much, in your own words', 'zh-CN': '期望程度说明' },
  noteHint: {
    en: 'With “Other” it must be there, and your vote counts as nice to have.',
    'zh-CN': '选“其他”时必填，您的票按“最好有”计算。',
  },
  alternatives: { en: 'What serves until then', 'zh-CN': '替代方案' },
  hints: { en: 'Hints for developers', 'zh-CN': '开发提示' },
  edit: { en: 'Alternatives and hints', 'zh-CN': '替代方案与开发提示' },
  save: { en: 'Save', 'zh-CN': '保存' },
  told: {
    en: 'A wish of yours has advice: what serves until then, or how to build it',
    'zh-CN': '您关注的愿望有了建议：替代方案或开发提示',
  },
} satisfies Texts;
