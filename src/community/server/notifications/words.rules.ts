import { noticeText } from '#src/community/contract/notifications.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

const asText = (value: unknown) => (typeof value === 'string' ? value : '');
const asNumber = (value: unknown) => (typeof value === 'number' ? value : 0);

/** The sentence of a notice: who did what, in both languages. Kinds of other topics that bring no words of their own are news. */
export function wordsOf(
  kind: string,
  actor: string | null,
  payload: Readonly<Record<string, unknown>>,
): Text {
  const named = (words: (name: string, amount: number) => Text): Text => ({
    en: words(actor ?? noticeText.somebody.en, asNumber(payload['amount'])).en,
    'zh-CN': words(actor ?? noticeText.somebody['zh-CN'], asNumber(payload['amount']))['zh-CN'],
  });
  const days = asNumber(payload['days']);
  const level = asNumber(payload['level']);
  switch (kind) {
    case 'answer':
    case 'comment':
    case 'mention':
    case 'accepted':
    case 'vote-milestone':
    case 'bounty':
    case 'invitation':
    case 'follow':
    case 'message':
    case 'suggested-edit':
      return named(noticeText[kind]);
    case 'message-request':
      return named(noticeText.message);
    case 'followed':
      return named(followedWords(payload['what']));
  }
  switch (asText(payload['what'])) {
    case 'approved':
      return noticeText.approved;
    case 'declined':
      return noticeText.declined;
    case 'hidden':
      return noticeText.hidden;
    case 'suspend':
      return noticeText.suspend(days);
    case 'silence':
      return noticeText.silence(days);
    case 'undone':
      return noticeText.undone;
    case 'edit-approved':
      return noticeText['edit-approved'];
    case 'edit-declined':
      return noticeText['edit-declined'];
    case 'granted':
      return noticeText.granted;
    case 'denied':
      return noticeText.denied;
    case 'claimed':
      return noticeText.claimed(days);
    case 'removed':
      return noticeText.removed;
    case 'refused':
      return noticeText.refused;
    case 'raise':
      return noticeText.raise(level);
    case 'lower':
      return noticeText.lower(level);
    case 'begin-grace':
      return noticeText['begin-grace'](level, days);
  }
  return isText(payload['words']) ? payload['words'] : named(noticeText.other);
}

const followedWords = (what: unknown) =>
  what === 'answer' || what === 'accepted' || what === 'comment'
    ? noticeText[`followed-${what}` as const]
    : noticeText['followed-post'];

const isText = (value: unknown): value is Text =>
  typeof value === 'object' &&
  value !== null &&
  'en' in value &&
  'zh-CN' in value &&
  typeof value.en === 'string' &&
  typeof value['zh-CN'] === 'string';

/** The page a notice leads to: a path of ours and nothing else. */
export function hrefOf(payload: Readonly<Record<string, unknown>>): string {
  const href = asText(payload['href']);
  return /^\/(?![/\\])[^\s\\]{0,298}$/.test(href) ? href : '/notifications';
}

/** Title and first words of what a notice is about. */
export const aboutOf = (payload: Readonly<Record<string, unknown>>) => ({
  title: asText(payload['title']).slice(0, 200),
  excerpt: (asText(payload['excerpt']) || asText(payload['reason'])).slice(0, 400),
});
