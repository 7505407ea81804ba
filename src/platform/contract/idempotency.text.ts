import type { Texts } from './i18n.ts';

/** What is said about the Idempotency-Key header. */
export const idempotencyText = {
  badKey: {
    en: 'The Idempotency-Key header must be 16 to 200 printable characters without spaces, say a UUID. Nothing was changed.',
    'zh-CN': 'Idempotency-Key 请求头必须为 16 到 200 个不含空格的可打印字符（例如 UUID）。没有任何改动。',
  },
  otherRequest: {
    en: 'This Idempotency-Key was used before for another request. Nothing was changed. Use a new key for each new request.',
    'zh-CN': '该 Idempotency-Key 已用于另一个请求，没有任何改动。每个新请求请使用新的键。',
  },
  stillRunning: {
    en: 'A request with this Idempotency-Key has begun and its answer is not known: it still runs, or was cut off. This one did nothing. Look whether the first took effect, then repeat with the same key in a while, or with a new one.',
    'zh-CN':
      '使用该 Idempotency-Key 的请求已经开始，但结果未知：仍在执行，或已中断。本次请求没有任何作用。请先查看前一个请求是否生效，稍后用同一个键重试，或换用新的键。',
  },
} satisfies Texts;
