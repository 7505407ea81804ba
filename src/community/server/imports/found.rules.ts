import { TagName } from '#src/community/contract/posts.ts';
import { importText } from '#src/community/contract/imports.text.ts';
import type { Locale, Text } from '#src/platform/contract/i18n.ts';
import { isOneLine } from '#src/platform/contract/text.ts';

/** Somebody who wrote something elsewhere. */
export type FoundAuthor = { key: string; name: string };

/** A writing as an import found it. */
export type Found = {
  kind: 'article' | 'question';
  title: string;
  markdown: string;
  locale: Locale;
  author: FoundAuthor | null;
  at: Date | null;
  tags: string[];
  isDraft: boolean;
  sourceUrl: string | null;
  answers: FoundAnswer[];
  warnings: Text[];
};

export type FoundAnswer = {
  key: string;
  markdown: string;
  author: FoundAuthor;
  at: Date | null;
  isAccepted: boolean;
};

/** Why something cannot be imported; a value, because one broken file must not end the whole. */
export type Unreadable = { reason: Text };

/** The language of a text: Chinese when a tenth of its letters are. */
export function localeOf(text: string): Locale {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han * 10 > letters ? 'zh-CN' : 'en';
}

/** A title as ours are: one line, at most 200 characters, at least five by the name of its source. */
export function titleFrom(text: string): string {
  const line = [...text.normalize('NFC')]
    .filter((character) => isOneLine(character))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  return line.slice(0, 200).toWellFormed();
}

/** At most six names that can be tags, and a word on each that cannot. */
export function tagsFrom(names: readonly string[], warnings: Text[]): string[] {
  const tags = new Set<string>();
  for (const name of names.map((one) => one.trim()).filter((one) => one !== '')) {
    const tag = TagName.safeParse(name.replace(/\s+/g, '-'));
    if (tag.success) tags.add(tag.data);
    else warnings.push(importText.tagDropped(name.slice(0, 60)));
  }
  return [...tags].slice(0, 6);
}

/** A date as people write it, or a moment in milliseconds; null, with a word on it, when it is none. */
export function dateFrom(value: unknown, warnings: Text[]): Date | null {
  if (value === undefined || value === null || value === '') return null;
  const date =
    value instanceof Date ? value : new Date(typeof value === 'number' ? value : String(value).trim());
  const isPast =
    !Number.isNaN(date.getTime()) && date.getTime() > 0 && date.getTime() < Date.now() + 86_400_000;
  if (isPast) return date;
  warnings.push(importText.dateUnread(String(value).slice(0, 60)));
  return null;
}
