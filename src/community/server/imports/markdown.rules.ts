import { parseDocument } from 'yaml';
import { importText } from '#src/community/contract/imports.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { dateFrom, type Found, localeOf, tagsFrom, titleFrom, type Unreadable } from './found.rules.ts';

type Head = {
  title?: string;
  author?: string;
  date?: unknown;
  tags: string[];
  language?: string;
  draft: boolean;
  source?: string;
};

/**
 * Reads a Markdown file: with front matter in YAML, or with a heading block (a title, then headings for author, date and
 * tags with a line below each, and a rule), or with a title alone.
 */
export function readMarkdownFile(text: string): Found | Unreadable {
  const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const read = frontMatter(plain) ?? headingBlock(plain) ?? titleAlone(plain);
  if ('reason' in read) return read;
  const { head, body } = read;
  const warnings: Text[] = [];
  const title = titleFrom(head.title ?? '');
  if (title === '') return { reason: importText.noTitle };
  if (body.trim() === '') return { reason: importText.noText };
  if (body.length > 200_000) return { reason: importText.tooLong };
  const name = head.author?.trim() ?? '';
  return {
    kind: 'article',
    title: title.length >= 5 ? title : title.padEnd(5, '.'),
    markdown: body.trim(),
    locale: head.language?.startsWith('en')
      ? 'en'
      : head.language?.startsWith('zh')
        ? 'zh-CN'
        : localeOf(title + body),
    author: name === '' ? null : { key: name.toLowerCase().slice(0, 100), name: titleFrom(name) },
    at: dateFrom(head.date, warnings),
    tags: tagsFrom(head.tags, warnings),
    isDraft: head.draft,
    sourceUrl:
      head.source !== undefined && /^https?:\/\/\S+$/.test(head.source) ? head.source.slice(0, 2000) : null,
    answers: [],
    warnings,
  };
}

type Read = { head: Head; body: string } | Unreadable;

function frontMatter(text: string): Read | undefined {
  const found = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (!found) return undefined;
  const document = parseDocument(found[1] ?? '', { maxAliasCount: 0 } as never);
  if (document.errors.length > 0)
    return { reason: importText.brokenHead(document.errors[0]?.message.split('\n')[0]?.slice(0, 200) ?? '') };
  const values = (document.toJS({ maxAliasCount: 0 }) ?? {}) as Record<string, unknown>;
  const textOf = (...names: string[]) => {
    const value = names.map((name) => values[name]).find((one) => one !== undefined && one !== null);
    return value === undefined ? undefined : Array.isArray(value) ? String(value[0]) : String(value);
  };
  const tags = values['tags'] ?? values['categories'] ?? values['keywords'] ?? [];
  const body = text.slice(found[0].length);
  return {
    head: {
      title: textOf('title') ?? /^#{1,2}[ \t]+(.+)$/m.exec(body)?.[1],
      author: textOf('author', 'authors', 'by'),
      date: values['date'] ?? values['published'] ?? values['created'],
      tags: Array.isArray(tags) ? tags.map(String) : String(tags).split(/[,\uff0c\u3001]/),
      language: textOf('lang', 'language', 'locale'),
      draft: values['draft'] === true,
      source: textOf('source', 'original_url', 'canonical_url', 'original'),
    } as Head,
    body,
  };
}

type Field = 'author' | 'date' | 'tags';
const headings: readonly (readonly [Field, Text])[] = [
  ['author', importText.headingAuthor],
  ['date', importText.headingDate],
  ['tags', importText.headingTags],
];
const fieldOf = (heading: string) =>
  headings.find(([, names]) => Object.values(names).includes(heading.trim().toLowerCase()))?.[0];

function headingBlock(text: string): Read | undefined {
  const rule = /^(?:-{3,}|\*{3,}|_{3,})[ \t]*$/m.exec(text);
  const title = /^\s*#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(text);
  if (!rule || !title || title.index > rule.index) return undefined;
  const block = text.slice(title.index + title[0].length, rule.index);
  const found: Partial<Record<Field, string>> = {};
  for (const [, name = '', value = ''] of block.matchAll(
    /^#{2,4}[ \t]+([^\n]+?)[ \t]*\n+([^\n#][^\n]*)$/gm,
  )) {
    const field = fieldOf(name);
    if (field) found[field] = value.trim();
  }
  if (Object.keys(found).length === 0) return undefined;
  return {
    head: {
      title: title[1],
      author: found.author,
      date: found.date,
      tags: (found.tags ?? '').split(/[,\uff0c\u3001]/),
      draft: false,
    } as Head,
    body: text.slice(rule.index + rule[0].length),
  };
}

function titleAlone(text: string): Read {
  const title = /^\s*#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(text);
  return title === null
    ? { reason: importText.noTitle }
    : {
        head: { title: title[1] ?? '', tags: [], draft: false },
        body: text.slice(title.index + title[0].length),
      };
}
