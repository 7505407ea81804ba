import type { Text, Texts } from '#src/platform/contract/i18n.ts';
import type { Industry } from './industries.ts';

/** What each industry is called. */
export const industryText = {
  finance: { en: 'Finance', 'zh-CN': '金融' },
  internet: { en: 'Internet', 'zh-CN': '互联网' },
  government: { en: 'Government', 'zh-CN': '政务' },
  telecom: { en: 'Telecommunications', 'zh-CN': '电信' },
  manufacturing: { en: 'Manufacturing', 'zh-CN': '制造' },
  retail: { en: 'Retail', 'zh-CN': '零售' },
  energy: { en: 'Energy', 'zh-CN': '能源' },
  transport: { en: 'Transport', 'zh-CN': '交通' },
  healthcare: { en: 'Healthcare', 'zh-CN': '医疗' },
  education: { en: 'Education', 'zh-CN': '教育' },
  software: { en: 'Software', 'zh-CN': '软件' },
  other: { en: 'Other', 'zh-CN': '其他' },
} satisfies Record<Industry, Text>;

/** Words of the two facets by which people and articles are split: industry and role. */
export const facetText = {
  industry: { en: 'Industry', 'zh-CN': '行业' },
  anyIndustry: { en: 'Any industry', 'zh-CN': '所有行业' },
  notStated: { en: 'Not stated', 'zh-CN': '不填写' },
  role: { en: 'Written for', 'zh-CN': '适合读者' },
  anyRole: { en: 'Everybody', 'zh-CN': '所有读者' },
  articleIndustries: { en: 'Industries it is about', 'zh-CN': '涉及行业' },
  articleIndustriesHint: {
    en: 'Up to three. None: it holds whatever the industry.',
    'zh-CN': '最多三个；不选表示适用于任何行业。',
  },
  articleRoles: { en: 'For whom it is written', 'zh-CN': '面向的读者' },
  articleRolesHint: { en: 'Up to four. None: for everybody.', 'zh-CN': '最多四个；不选表示面向所有读者。' },
  facets: { en: 'Industry and readers', 'zh-CN': '行业与读者' },
  show: { en: 'Show', 'zh-CN': '筛选' },
  feedIndustry: (name: string) => ({ en: `Articles: ${name}`, 'zh-CN': `文章 · ${name}` }),
  feedRole: (name: string) => ({ en: `Articles for: ${name}`, 'zh-CN': `文章 · 适合${name}` }),
} satisfies Texts;
