import hljs from 'highlight.js/lib/common';
import pgsql from 'highlight.js/lib/languages/pgsql';
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import sanitize from 'sanitize-html';

hljs.registerLanguage('pgsql', pgsql);

/** The version of what this renderer writes: raised when the same markdown would come out otherwise. */
export const renderedAs = 1;

export type Rendered = {
  /** Sanitised by an allow-list: safe to stand in a page, a feed, a mail and an export. */
  html: string;
  /** The first words without marks, at most 300 characters. */
  excerpt: string;
};

const languages: Record<string, string> = {
  sql: 'pgsql',
  postgresql: 'pgsql',
  psql: 'pgsql',
  plpgsql: 'pgsql',
};

const markdown = new MarkdownIt({
  html: true,
  linkify: true,
  highlight: (code, name) => {
    const language = languages[name] ?? name;
    return hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : '';
  },
});

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
  return katex.renderToString(content, {
    output: 'mathml',
    displayMode,
    throwOnError: false,
    maxExpand: 100,
  });
};

/** Renders what a member wrote: CommonMark with tables, strikethrough and bare links, code highlighted, then sanitised. */
export function renderMarkdown(text: string): Rendered {
  const html = sanitize(markdown.render(text), allowed);
  const plain = sanitize(html, { allowedTags: [], nonTextTags: ['pre', 'table', 'math'] })
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
  return { html, excerpt: plain.length > 300 ? `${plain.slice(0, 299).toWellFormed()}…` : plain };
}

const allowed: sanitize.IOptions = {
  allowedTags: [
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'p',
    'br',
    'hr',
    'blockquote',
    'pre',
    'code',
    'kbd',
    'samp',
    'var',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
    'table',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'th',
    'td',
    'caption',
    'a',
    'em',
    'strong',
    'b',
    'i',
    's',
    'del',
    'ins',
    'u',
    'mark',
    'small',
    'sub',
    'sup',
    'abbr',
    'q',
    'cite',
    'img',
    'figure',
    'figcaption',
    'details',
    'summary',
    'span',
    'div',
    'ruby',
    'rt',
    'rp',
    'math',
    'semantics',
    'mrow',
    'mi',
    'mn',
    'mo',
    'ms',
    'mtext',
    'mspace',
    'msup',
    'msub',
    'msubsup',
    'mfrac',
    'msqrt',
    'mroot',
    'mover',
    'munder',
    'munderover',
    'mtable',
    'mtr',
    'mtd',
    'mstyle',
    'mpadded',
    'mphantom',
  ],
  nonTextTags: ['style', 'script', 'textarea', 'option', 'noscript', 'annotation'],
  allowedAttributes: {
    a: ['href', 'title', 'rel'],
    img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
    th: ['align', 'colspan', 'rowspan'],
    td: ['align', 'colspan', 'rowspan'],
    ol: ['start'],
    abbr: ['title'],
    details: ['open'],
    math: ['display'],
    mo: ['stretchy', 'fence', 'separator', 'lspace', 'rspace', 'minsize', 'maxsize'],
    mi: ['mathvariant'],
    mover: ['accent'],
    munder: ['accentunder'],
    mstyle: ['displaystyle', 'scriptlevel'],
    mtable: ['columnalign', 'rowspacing', 'columnspacing'],
  },
  allowedClasses: { code: ['language-*'], span: ['hljs-*'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite'],
  allowProtocolRelative: false,
  transformTags: {
    a: sanitize.simpleTransform('a', { rel: 'ugc nofollow noopener' }),
    img: sanitize.simpleTransform('img', { loading: 'lazy' }),
  },
};
