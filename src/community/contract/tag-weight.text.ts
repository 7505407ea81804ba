import type { Texts } from '#src/platform/contract/i18n.ts';

/** What each weight of a tag means for the reputation that its posts bring. */
export const tagWeightText = {
  none: { en: 'Says nothing: other tags decide', 'zh-CN': '不作规定：由其他标签决定' },
  0: { en: 'Brings no reputation', 'zh-CN': '不计声望' },
  1: { en: 'Brings reputation as usual', 'zh-CN': '正常计声望' },
  2: { en: 'Reputation counts twice', 'zh-CN': '声望双倍' },
} satisfies Texts;

/** Words of the page on which a tag is weighed. */
export const tagWeightPageText = {
  title: (tag: string) => ({ en: `Weight of ${tag}`, 'zh-CN': `${tag} 的声望权重` }),
  lead: {
    en: 'How much of reputation the questions and articles under this tag bring, with their answers. Of several tags of a post the smallest weight counts. Points that can be spent stay as they are.',
    'zh-CN':
      '该标签下的问题（含回答）与文章计多少声望。一篇内容有多个标签时，取其中最小的权重。可用积分不受影响。',
  },
  change: { en: 'Weight', 'zh-CN': '权重' },
  now: { en: 'Now', 'zh-CN': '当前' },
  weight: { en: 'Weight to be', 'zh-CN': '新的权重' },
  look: { en: 'See what would change', 'zh-CN': '预览变化' },
  would: { en: 'What will change', 'zh-CN': '将发生的变化' },
  nothing: { en: 'Nobody’s reputation changes.', 'zh-CN': '没有人的声望会变化。' },
  posts: { en: 'Posts, answers included', 'zh-CN': '内容（含回答）' },
  entries: { en: 'Entries counted anew', 'zh-CN': '重新计算的记录' },
  members: { en: 'Members concerned', 'zh-CN': '涉及的成员' },
  sum: { en: 'Their reputations together', 'zh-CN': '其声望合计' },
  fromTo: (from: string, to: string) => ({ en: `${from} → ${to}`, 'zh-CN': `${from} → ${to}` }),
  what: { en: 'What', 'zh-CN': '事项' },
  gain: { en: 'Members who gain it', 'zh-CN': '新获得的人数' },
  lose: { en: 'Members who lose it', 'zh-CN': '失去的人数' },
  levels: { en: 'Their level, lost after the days of grace', 'zh-CN': '等级（降级有宽限期）' },
  decide: { en: 'Let it weigh so', 'zh-CN': '确认修改' },
  done: { en: 'Done. Every reputation is exact.', 'zh-CN': '已完成，所有声望均已重新计算。' },
  begun: {
    en: 'The new weight holds. The rest of what was earned before is being counted anew; each reputation is right as soon as its turn has come.',
    'zh-CN': '新的权重已生效。以往的记录正在分批重新计算，完成后各人的声望即为准确值。',
  },
} satisfies Texts;
