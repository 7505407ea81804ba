import sanitize from 'sanitize-html';

/** Characters that turn the direction of what follows, so that a reader sees other words than stand there. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Characters that XML does not know: no feed could carry them. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const pictures = /^\/api\/platform\/files\/[0-9a-f-]{36}$/;
/** Names that a text of a member may give to its parts; those of the page itself are others. */
const ownId = /^(?:h|fn|fnref)-?[\p{L}\p{N}.:_-]{1,120}$/u;

/**
 * The HTML of a member without everything that is not on the list: no script, style, frame, form, or address that does
 * something. Pictures come from our own files; others become links. A link that shows another site than it leads to says so.
 */
export function sanitiseHtml(html: string): string {
  return honestLinks(sanitize(html.toWellFormed(), allowed).replace(turning, '').replace(unspeakable, ''));
}

/** The words of sanitised HTML in one line, without code, tables and formulas. */
export function textOfHtml(html: string): string {
  return sanitize(html, { allowedTags: [], nonTextTags: ['pre', 'table', 'math'] })
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

const hostOf = (address: string) => (URL.canParse(address) ? new URL(address).host : '');

/** Says the real site after each link whose words look like another one, or whose site is written in letters that mislead. */
function honestLinks(html: string): string {
  return html.replace(
    /<a href="(https?:\/\/[^"]*)"([^>]*)>((?:(?!<\/?a\b)[\s\S])*)<\/a>/g,
    (whole, address: string, _more: string, inside: string) => {
      const host = hostOf(address.replace(/&amp;/g, '&'));
      const words = textOfHtml(inside).normalize('NFKC');
      const [, shown] =
        /^\s*(?:https?:\/\/)?(?:[^\s/@]*@)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/:?#\s]|$)/iu.exec(words) ??
        [];
      const isOther =
        shown !== undefined &&
        hostOf(`https://${shown}`).replace(/^www\./, '') !== host.replace(/:\d+$/, '').replace(/^www\./, '');
      const isForeign = /(?:^|\.)xn--/.test(host) && !words.includes('xn--');
      return isOther || isForeign ? `${whole} <small>(${host.replace(/[&<>"]/g, '')})</small>` : whole;
    },
  );
}

const phrasing = [
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
];
const blocks = [
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
];
const lists = [
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'details',
  'summary',
  'section',
  'figure',
  'figcaption',
  'input',
];
const tables = ['table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'caption'];
const others = ['cite', 'img', 'span', 'div', 'ruby', 'rt', 'rp'];
const formulas = [
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
];

const allowed: sanitize.IOptions = {
  allowedTags: [...phrasing, ...blocks, ...lists, ...tables, ...others, ...formulas],
  nonTextTags: [
    'style',
    'script',
    'textarea',
    'option',
    'noscript',
    'annotation',
    'title',
    'svg',
    'template',
  ],
  allowedAttributes: {
    '*': ['id'],
    a: ['href', 'title', 'rel', 'class'],
    img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
    input: ['type', 'checked', 'disabled'],
    th: ['align', 'colspan', 'rowspan'],
    td: ['align', 'colspan', 'rowspan'],
    ol: ['start'],
    abbr: ['title'],
    pre: ['tabindex'],
    table: ['tabindex'],
    details: ['open'],
    math: ['display'],
    mo: ['stretchy', 'fence', 'separator', 'lspace', 'rspace', 'minsize', 'maxsize'],
    mi: ['mathvariant'],
    mover: ['accent'],
    munder: ['accentunder'],
    mstyle: ['displaystyle', 'scriptlevel'],
    mtable: ['columnalign', 'rowspacing', 'columnspacing'],
  },
  allowedClasses: {
    code: ['language-*'],
    span: ['hljs-*'],
    section: ['footnotes'],
    a: ['footnote-backref'],
    sup: ['footnote-ref'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite'],
  allowProtocolRelative: false,
  // Ever deeper trees cost the reader's browser its stack.
  nestingLimit: 60,
  exclusiveFilter: ({ tag, attribs }) => tag === 'input' && attribs['type'] !== 'checkbox',
  transformTags: {
    '*': (tagName, attribs) => {
      const { id, ...rest } = attribs;
      return { tagName, attribs: id !== undefined && ownId.test(id) ? attribs : rest };
    },
    // Long lines and wide tables scroll, and a keyboard must reach them.
    pre: (tagName, attribs) => ({ tagName, attribs: { ...attribs, tabindex: '0' } }),
    table: (tagName, attribs) => ({ tagName, attribs: { ...attribs, tabindex: '0' } }),
    // The page has its title already.
    h1: (_, attribs) => ({ tagName: 'h2', attribs }),
    a: (tagName, { rel: _rel, ...attribs }) => ({
      tagName,
      // Links within a post stay; those that lead away say that a member set them.
      attribs: attribs['href']?.startsWith('#') ? attribs : { ...attribs, rel: 'ugc nofollow noopener' },
    }),
    input: (tagName, { type, checked }) => ({
      tagName,
      attribs: {
        type: type ?? 'text',
        disabled: '',
        ...(checked !== undefined && { checked: '' }),
      },
    }),
    img: (tagName, attribs): sanitize.Tag => {
      const { src = '', alt = '' } = attribs;
      if (pictures.test(src)) return { tagName, attribs: { ...attribs, loading: 'lazy' } };
      // A picture elsewhere would tell its owner who reads here, so nothing is fetched from there unasked.
      return {
        tagName: 'a',
        attribs: { href: src, rel: 'ugc nofollow noopener' },
        text: `🖼 ${alt || hostOf(src) || '…'}`,
      };
    },
  },
};
