import type { Texts } from './i18n.ts';

/** What the floor itself says. */
export const platformText = {
  notFound: {
    en: 'There is nothing here. Check the address, or go back to the list.',
    'zh-CN': '这里没有内容。请检查地址，或返回列表。',
  },
  noSuchOperation: {
    en: 'There is no such operation in this organisation. Go back to the list of operations.',
    'zh-CN': '本组织中没有这个操作。请返回操作列表。',
  },
  signInFirst: {
    en: 'You are not signed in. Nothing was changed. Sign in and try again.',
    'zh-CN': '您尚未登录，没有任何改动。请登录后重试。',
  },
  mayNot: (permission: string) => ({
    en: `You lack the permission ${permission}. Nothing was changed. Ask an administrator of your organisation for it.`,
    'zh-CN': `您没有权限 ${permission}，没有任何改动。请向组织管理员申请。`,
  }),
  invalid: {
    en: 'Some values are not right. Nothing was changed. Correct the fields named below and send again.',
    'zh-CN': '部分内容不正确，没有任何改动。请修正下列字段后重新提交。',
  },
  notJson: {
    en: 'The body is not valid JSON. Nothing was changed. Correct it and send again.',
    'zh-CN': '请求正文不是有效的 JSON，没有任何改动。请修正后重新提交。',
  },
  tooLarge: {
    en: 'The request is too large. Nothing was changed. Send less at once.',
    'zh-CN': '请求内容过大，没有任何改动。请减少单次发送的内容。',
  },
  tooMany: (seconds: number) => ({
    en: `Too many requests. Nothing was changed. Wait ${seconds} s and try again.`,
    'zh-CN': `请求过于频繁，没有任何改动。请等待 ${seconds} 秒后重试。`,
  }),
  internal: {
    en: 'Something went wrong on our side; it was recorded. What you sent may not have taken effect: look before you repeat it.',
    'zh-CN': '系统内部出错，已记录。您的提交可能没有生效，请先查看再重试。',
  },
  foreignOrigin: {
    en: 'This request came from another site and was refused. Nothing was changed. Open Elepherd itself and repeat it there.',
    'zh-CN': '该请求来自其他站点，已被拒绝，没有任何改动。请在 Elepherd 页面中重新操作。',
  },
  cursorNotOurs: {
    en: 'This page marker is not one of ours. Start again from the first page.',
    'zh-CN': '分页标记无效，请从第一页重新开始。',
  },
  operationOver: {
    en: 'This operation has already ended, so there is nothing to cancel or retry.',
    'zh-CN': '该操作已经结束，无法取消或重试。',
  },
  operationKeeps: {
    en: 'This operation cannot be cancelled at this point, because stopping half-way would leave things worse. It goes on.',
    'zh-CN': '该操作此刻不能取消，中途停止会使情况更糟。操作将继续执行。',
  },
  operationNotFailed: {
    en: 'Only a failed operation can be retried. Nothing was changed.',
    'zh-CN': '只有失败的操作才能重试，没有任何改动。',
  },
  stepBroke: (step: string, error: string) => ({
    en: `Step “${step}” ended in an error that was not foreseen: ${error}`,
    'zh-CN': `步骤“${step}”出现未预料的错误：${error}`,
  }),
  stepGivesUp: (step: string, error: string) => ({
    en: `Step “${step}” failed several times in a row: ${error} What was done before stays. Look into the cause, then retry this step or cancel.`,
    'zh-CN': `步骤“${step}”连续多次失败：${error} 之前完成的步骤保持不变。请查明原因后重试该步骤或取消。`,
  }),
  overdue: {
    en: 'This takes longer than it should. It goes on; look at the log for what it waits for.',
    'zh-CN': '耗时超出预期，操作仍在继续。请查看日志了解正在等待什么。',
  },
  cancelWished: { en: 'Cancelling was asked for.', 'zh-CN': '已请求取消。' },
  retryWished: { en: 'A retry was asked for.', 'zh-CN': '已请求重试。' },
} satisfies Texts;
