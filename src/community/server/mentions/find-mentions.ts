import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: true, linkify: false });

/** At most this many are told: a longer list is a circular. */
export const mentionsAtMost = 20;

/**
 * Handles that a text calls by `@handle`, each once, in order: outside of code, links and addresses of mail. Whether there
 * are such members is not known here.
 */
export function findMentions(text: string): string[] {
  const found = new Set<string>();
  if (!text.includes('@')) return [];
  for (const block of markdown.parse(text, {})) {
    let links = 0;
    for (const token of block.children ?? []) {
      if (token.type === 'link_open') links++;
      if (token.type === 'link_close') links--;
      if (token.type !== 'text' || links > 0) continue;
      for (const [, handle] of token.content.matchAll(
        /(?<![\p{Script=Latin}\p{N}_@/.+-])@([a-z0-9][a-z0-9-]{1,38}[a-z0-9])(?![\p{Script=Latin}\p{N}_@-])/giu,
      ))
        if (handle !== undefined) found.add(handle.toLowerCase());
    }
  }
  return [...found].slice(0, mentionsAtMost);
}
