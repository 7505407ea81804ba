// Over 300 lines: what every kind of channel is sent, side by side.
import { createHmac } from 'node:crypto';
import type { AlertNews, ChannelKind, Severity } from '#src/fleet/contract/alerts.ts';
import { alertMessageText as text } from '#src/fleet/contract/alert-messages.text.ts';
import type { Locale, Text } from '#src/platform/contract/i18n.ts';

/** One alert in a message. */
export type MessageLine = {
  id: string;
  rule: string;
  state: 'firing' | 'resolved';
  severity: Severity;
  summary: Text;
  nextStep: Text;
  url: string;
  startedAt: string;
};

/** What a channel is to say, in every language, before its form is known. */
export type AlertMessage = {
  kind: 'news' | 'test';
  at: string;
  firing: number;
  resolved: number;
  /** The worst first; at most `linesAtMost`. */
  lines: MessageLine[];
  url: string;
};

/** A message is read on a phone: the rest is counted. */
export const linesAtMost = 12;

/** What is sent, ready for the wire. */
export type WireRequest = { url: string; headers: Record<string, string>; body: string };

/** Secrets of a channel: where it is, and what signs. */
export type ChannelSecrets = { url: string; key: string | null };

/** Published limits of each kind, halved: a bucket of half, filled again in the window, never passes the whole within any window. */
export const channelRates: Record<
  Exclude<ChannelKind, 'mail'>,
  { limit: number; windowSeconds: number }[]
> = {
  webhook: [{ limit: 30, windowSeconds: 60 }],
  dingtalk: [{ limit: 10, windowSeconds: 60 }],
  wecom: [{ limit: 10, windowSeconds: 60 }],
  feishu: [
    { limit: 50, windowSeconds: 60 },
    { limit: 2, windowSeconds: 1 },
  ],
};

/** WeCom counts bytes of markdown, DingTalk and Feishu of the whole body. */
const wecomBytesAtMost = 4096;
const robotBytesAtMost = 18_000;

/** The title: how many began and how many are over. */
export function titleOf(message: AlertMessage, locale: Locale): string {
  if (message.kind === 'test') return text.testTitle[locale];
  const critical = message.lines.filter(
    (one) => one.state === 'firing' && one.severity === 'critical',
  ).length;
  const [only] = message.lines;
  if (message.lines.length === 1 && message.firing + message.resolved === 1 && only) {
    const word = only.state === 'resolved' ? text.over : text[only.severity];
    return `[${word[locale]}] ${only.summary[locale]}`;
  }
  return text.title(message.firing, message.resolved, critical)[locale];
}

/** The message as Markdown of at most so many bytes; lines that do not fit are counted. */
export function markdownOf(message: AlertMessage, locale: Locale, bytesAtMost: number): string {
  const head = `**${escape(titleOf(message, locale))}**`;
  if (message.kind === 'test') return `${head}\n\n${text.testBody[locale]}`;
  const total = message.firing + message.resolved;
  for (let shown = message.lines.length; shown >= 0; shown--) {
    const lines = message.lines.slice(0, shown).map((one) => lineOf(one, locale));
    const more = total > shown ? [text.more(total - shown)[locale]] : [];
    const whole = [head, ...lines, ...more, `[${text.open[locale]}](${message.url})`].join('\n\n');
    if (Buffer.byteLength(whole) <= bytesAtMost) return whole;
  }
  return head.slice(0, Math.floor(bytesAtMost / 4));
}

function lineOf(one: MessageLine, locale: Locale): string {
  const isOver = one.state === 'resolved';
  const word = isOver ? text.over : text[one.severity];
  const line = `- **${word[locale]}** [${escape(one.summary[locale])}](${one.url})`;
  return isOver ? line : `${line}\n  > ${escape(one.nextStep[locale])}`;
}

/** Names come from labels that a host may choose: nothing in them is markup. */
const escape = (words: string) => words.replaceAll(/[\\`*_[\]<>]/g, (c) => `\\${c}`).replaceAll('\n', ' ');

/** The message as plain words, for mail. */
export function plainOf(message: AlertMessage, locale: Locale): { subject: string; body: string } {
  const subject = titleOf(message, locale).slice(0, 200);
  if (message.kind === 'test') return { subject, body: `${text.testBody[locale]}\n` };
  const total = message.firing + message.resolved;
  const lines = message.lines.map((one) => {
    const isOver = one.state === 'resolved';
    const head = `${(isOver ? text.over : text[one.severity])[locale]}: ${one.summary[locale]}`;
    return [head, ...(isOver ? [] : [`  ${one.nextStep[locale]}`]), `  ${one.url}`].join('\n');
  });
  const more = total > lines.length ? [text.more(total - lines.length)[locale]] : [];
  return { subject, body: `${[...lines, ...more, `${text.open[locale]}: ${message.url}`].join('\n\n')}\n` };
}

/** The message as JSON for programs. */
export function newsOf(message: AlertMessage, locale: Locale): AlertNews {
  return {
    type: message.kind === 'test' ? 'alert.test' : 'alert.news',
    timestamp: message.at,
    data: {
      title: titleOf(message, locale),
      firing: message.firing,
      resolved: message.resolved,
      url: message.url,
      alerts: message.lines.map((one) => ({
        ...one,
        summary: one.summary[locale],
        nextStep: one.nextStep[locale],
      })),
      more: message.firing + message.resolved - message.lines.length,
    },
  };
}

/** The request that carries a message over a channel; `id` stays the same for every attempt. */
export function requestOf(
  kind: Exclude<ChannelKind, 'mail'>,
  message: AlertMessage,
  locale: Locale,
  secrets: ChannelSecrets,
  id: string,
  now: Date,
): WireRequest {
  return forms[kind](message, locale, secrets, id, now);
}

type Form = (
  message: AlertMessage,
  locale: Locale,
  secrets: ChannelSecrets,
  id: string,
  now: Date,
) => WireRequest;

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };
const hmac = (key: string | Buffer, content: string) =>
  createHmac('sha256', key).update(content).digest('base64');

/** The bytes of a Standard Webhooks key, `whsec_` and base64. */
export const webhookKeyBytes = (key: string): Buffer =>
  Buffer.from(key.startsWith('whsec_') ? key.slice(6) : key, 'base64');

const forms: Record<Exclude<ChannelKind, 'mail'>, Form> = {
  webhook(message, locale, { url, key }, id, now) {
    const body = JSON.stringify(newsOf(message, locale));
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const headers: Record<string, string> = {
      ...jsonHeaders,
      'webhook-id': `msg_${id}`,
      'webhook-timestamp': timestamp,
    };
    if (key !== null) {
      headers['webhook-signature'] = `v1,${hmac(webhookKeyBytes(key), `msg_${id}.${timestamp}.${body}`)}`;
    }
    return { url, headers, body };
  },
  dingtalk(message, locale, { url, key }, _id, now) {
    const address = new URL(url);
    if (key !== null) {
      const timestamp = String(now.getTime());
      address.searchParams.set('timestamp', timestamp);
      address.searchParams.set('sign', hmac(key, `${timestamp}\n${key}`));
    }
    const body = {
      msgtype: 'markdown',
      markdown: {
        title: titleOf(message, locale).slice(0, 100),
        text: markdownOf(message, locale, robotBytesAtMost),
      },
    };
    return { url: address.href, headers: jsonHeaders, body: JSON.stringify(body) };
  },
  wecom(message, locale, { url }) {
    const body = {
      msgtype: 'markdown',
      markdown: { content: markdownOf(message, locale, wecomBytesAtMost) },
    };
    return { url, headers: jsonHeaders, body: JSON.stringify(body) };
  },
  feishu(message, locale, { url, key }, _id, now) {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const isBad = message.kind === 'news' && message.firing > 0;
    const body = {
      // The key and what is signed are the other way round than one would think.
      ...(key === null ? {} : { timestamp, sign: hmac(`${timestamp}\n${key}`, '') }),
      msg_type: 'interactive',
      card: {
        config: { wide_screen_mode: true },
        header: {
          template: isBad ? 'red' : 'green',
          title: { tag: 'plain_text', content: titleOf(message, locale).slice(0, 200) },
        },
        elements: [{ tag: 'markdown', content: markdownOf(message, locale, robotBytesAtMost) }],
      },
    };
    return { url, headers: jsonHeaders, body: JSON.stringify(body) };
  },
};

/** What a receiver's answer comes to: taken, try again (after so many seconds), or never. */
export type Verdict =
  | { result: 'sent' }
  | { result: 'again'; why: string; waitSeconds: number | undefined }
  | { result: 'never'; why: string };

/** Codes by which robots say that they get too much. */
const tooOften: Record<string, readonly number[]> = {
  dingtalk: [130101, 660026, 410100],
  wecom: [45009, -1],
  feishu: [11232, 9499],
};
/** Senders who go on too fast are shut out for ten minutes. */
const shutOutSeconds = 600;

/** Judges an answer by what each kind says; robots answer 200 to everything and mean the code inside. */
export function verdictOf(
  kind: Exclude<ChannelKind, 'mail'>,
  answer: { status: number; body: string; retryAfterSeconds: number | undefined },
): Verdict {
  const { status, retryAfterSeconds: waitSeconds } = answer;
  const shown = `${status} ${answer.body.slice(0, 300)}`.trim();
  if (status === 429 || status >= 500) return { result: 'again', why: shown, waitSeconds };
  if (status < 200 || status >= 300) return { result: 'never', why: shown };
  if (kind === 'webhook') return { result: 'sent' };
  let code: unknown;
  try {
    const parsed = JSON.parse(answer.body) as Record<string, unknown>;
    code = parsed['errcode'] ?? parsed['code'] ?? parsed['StatusCode'];
  } catch {
    return { result: 'again', why: shown, waitSeconds };
  }
  if (code === 0) return { result: 'sent' };
  if (tooOften[kind]?.includes(Number(code)))
    return { result: 'again', why: shown, waitSeconds: shutOutSeconds };
  return { result: 'never', why: shown };
}
