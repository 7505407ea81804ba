import { createHash } from 'node:crypto';
import hljs from 'highlight.js/lib/common';
import pgsql from 'highlight.js/lib/languages/pgsql';
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import footnote from 'markdown-it-footnote';
import { slugOf } from '../posts/slug.rules.ts';

hljs.registerLanguage('pgsql', pgsql);

/** A block of code: its language, the words after that, and how it looks as plain code. */
export type CodeBlock = { kind: string; marks: readonly string[]; code: string; plain: () => string };

/** Code blocks that are drawn: what `draw` makes of one, or undefined where it stays code. */
export type DrawBlock = (block: CodeBlock) => string | undefined;

type Env = { docId: string; slugs: Map<string, number>; draw: DrawBlock };

const languages: Record<string, string> = {
  sql: 'pgsql',
  postgresql: 'pgsql',
  postgres: 'pgsql',
  psql: 'pgsql',
  plpgsql: 'pgsql',
  explain: 'plaintext',
  mermaid: 'plaintext',
};

const markdown = new MarkdownIt({
  html: true,
  // As the specification writes it, and as XML demands.
  xhtmlOut: true,
  linkify: true,
  highlight: (code, name) => {
    const language = languages[name.toLowerCase()] ?? name;
    return hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : '';
  },
}).use(footnote);

// An address begins with its scheme or with www: main.rs and README.md are names of files, not of sites.
markdown.linkify.set({ fuzzyLink: false, fuzzyIP: false });
markdown.linkify.add('www.', {
  validate: (text, at) =>
    /^[a-z0-9.-]+\.[a-z]{2,}(?:[/?#][^\s<>"]*[^\s<>".,;:!?，。；：！？)）\]】])?/i.exec(text.slice(at))?.[0]
      ?.length ?? 0,
  normalize: (match) => void (match.url = `https://${match.url}`),
});

// The name of a site in an address is shown as it is sent: a Cyrillic "а" in it comes out as xn--….
const showAddress = markdown.normalizeLinkText;
markdown.normalizeLinkText = (url) => {
  const shown = showAddress(url);
  const host = /^[a-z]+:\/\/([^/?#]*)/i.exec(shown)?.[1] ?? '';
  return /[^ -~]/.test(host) ? markdown.normalizeLink(url) : shown;
};

// $…$ and $$…$$, where the dollar signs touch the formula and no digit follows: prices stay prices.
markdown.inline.ruler.after('escape', 'math', (state, silent) => {
  const rest = state.src.slice(state.pos, state.posMax);
  const found = /^\$\$([^$]{1,2000})\$\$|^\$([^\s$](?:[^$\n]{0,500}[^\s$\\])?)\$(?!\d)/.exec(rest);
  if (!found) return false;
  if (!silent) {
    const token = state.push('math', 'math', 0);
    token.content = found[1] ?? found[2] ?? '';
    token.meta = { isBlock: found[1] !== undefined };
  }
  state.pos += found[0].length;
  return true;
});
markdown.renderer.rules['math'] = (tokens, at) => {
  const { content, meta } = tokens[at]!;
  const displayMode = (meta as { isBlock: boolean }).isBlock;
  try {
    return katex.renderToString(content, {
      output: 'mathml',
      displayMode,
      throwOnError: false,
      // What a member writes is no warning to who runs the server.
      strict: 'ignore',
      maxExpand: 100,
      maxSize: 20,
    });
  } catch {
    return `<code>${markdown.utils.escapeHtml(content)}</code>`;
  }
};

// Task lists: an item that begins with [ ] or [x].
markdown.core.ruler.after('inline', 'tasks', (state) => {
  for (const [at, token] of state.tokens.entries()) {
    const first = token.children?.[0];
    const isItem =
      state.tokens[at - 1]?.type === 'paragraph_open' && state.tokens[at - 2]?.type === 'list_item_open';
    if (token.type !== 'inline' || !isItem || first?.type !== 'text') continue;
    const found = /^\[([ xX])\](?=\s)/.exec(first.content);
    if (!found) continue;
    const box = new state.Token('html_inline', '', 0);
    box.content = `<input type="checkbox" disabled${found[1] === ' ' ? '' : ' checked'}>`;
    first.content = first.content.slice(3);
    token.children?.unshift(box);
  }
});

// Headings can be linked to. The beginning keeps them apart from the names that the page itself uses.
markdown.core.ruler.push('anchors', (state) => {
  const { slugs } = state.env as Env;
  for (const [at, token] of state.tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const words = (state.tokens[at + 1]?.children ?? []).map(({ content }) => content).join('');
    const slug = slugOf(words) || 'part';
    const seen = slugs.get(slug) ?? 0;
    slugs.set(slug, seen + 1);
    token.attrSet('id', `h-${slug}${seen === 0 ? '' : `-${seen + 1}`}`);
  }
});

// Alignment as an attribute: styles do not pass the sanitiser.
for (const cell of ['th_open', 'td_open']) {
  markdown.renderer.rules[cell] = (tokens, at, options, _, self) => {
    const token = tokens[at]!;
    const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1];
    if (align !== undefined) token.attrs = [['align', align]];
    return self.renderToken(tokens, at, options);
  };
}

const { fence } = markdown.renderer.rules;
markdown.renderer.rules.fence = (tokens, at, options, env, self) => {
  const { info, content } = tokens[at]!;
  const [kind = '', ...marks] = info.trim().toLowerCase().split(/\s+/);
  const plain = () => fence!(tokens, at, options, env, self);
  return (env as Env).draw({ kind, marks, code: content, plain }) ?? plain();
};

/** The HTML that the Markdown of a member means, not yet sanitised; `draw` may put something else where a code block is. */
export function parseMarkdown(text: string, draw: DrawBlock = () => undefined): string {
  // Several posts stand on one page: their notes must not have the same names.
  const docId = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return markdown.render(text, { docId, slugs: new Map(), draw } satisfies Env);
}
