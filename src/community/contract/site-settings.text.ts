import type { Texts } from '#src/platform/contract/i18n.ts';

/** Words of the page where the site as a whole is decided about. */
export const siteSettingsText = {
  title: { en: 'The site', 'zh-CN': '站点设置' },
  lead: {
    en: 'What holds for everybody who comes here. Every change is written to the audit log.',
    'zh-CN': '对所有访客生效。每次更改都会记入审计日志。',
  },
  saved: { en: 'Saved. Pages show it within seconds.', 'zh-CN': '已保存，几秒内即在页面上生效。' },
  start: { en: 'Where somebody without an account arrives', 'zh-CN': '未登录的访客首先看到' },
  startAuto: {
    en: 'The community as soon as something is published in it, the sign-in page before',
    'zh-CN': '社区有了内容就进入社区，否则进入登录页',
  },
  startCommunity: { en: 'The community', 'zh-CN': '社区' },
  startSignIn: { en: 'The sign-in page', 'zh-CN': '登录页' },
  profile: { en: 'The law this site shows that it keeps', 'zh-CN': '站点适用的法规' },
  profileInternational: { en: 'None in particular', 'zh-CN': '不特定' },
  profileChina: { en: 'China: registrations at the foot of each page', 'zh-CN': '中国：页脚展示备案信息' },
  icpNumber: { en: 'ICP registration number', 'zh-CN': 'ICP 备案号' },
  icpHint: {
    en: 'As it was granted; it leads to the register of the Ministry of Industry and Information Technology.',
    'zh-CN': '按核发的内容填写，页脚链接到工信部备案系统。',
  },
  policeNumber: { en: 'Public security registration number', 'zh-CN': '公安联网备案号' },
  policeHint: {
    en: 'As it was granted, with its digits; it leads to the register of the Ministry of Public Security.',
    'zh-CN': '按核发的内容填写（含数字编号），页脚链接到公安部备案系统。',
  },
  save: { en: 'Save', 'zh-CN': '保存' },
} satisfies Texts;
