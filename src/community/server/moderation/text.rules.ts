import type { HoldReason } from '#src/community/contract/moderation.ts';

/** What a text consists of, as far as limits and suspicion go. */
export type Look = {
  /** Its words without marks and code, in one form of Unicode and lower case. */
  plain: string;
  title: string;
  /** Hosts of links to other sites, one for each link. */
  hosts: string[];
  images: number;
  /** Members it mentions, each once. */
  mentions: number;
  hasInvisible: boolean;
};

export type WordRule = { kind: 'word' | 'domain'; pattern: string; effect: 'allow' | 'hold' | 'refuse' };

const invisible = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]/g;

/** One form for comparing: compatible characters as one, lower case, nothing that cannot be seen. */
export const normalise = (text: string) =>
  text.normalize('NFKC').replace(invisible, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** Takes a rendered, sanitised text apart. Code is not counted: an address in a plan is no link, an operator no mention. */
export function lookAt(html: string, title = ''): Look {
  const prose = html.replace(/<(pre|code)\b[\s\S]*?<\/\1>/g, ' ');
  const hosts = [...prose.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].flatMap(([, href = '']) => {
    const host = hostOf(href);
    return host === undefined ? [] : [host];
  });
  const words = `${title} ${prose.replace(/<[^>]*>/g, ' ')}`
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
  return {
    plain: normalise(words),
    title,
    hosts,
    // Pictures elsewhere are links that say so.
    images: [...prose.matchAll(/<img\s|>🖼/gu)].length,
    mentions: new Set(
      [...words.matchAll(/(?<![\w/@.-])@([a-z0-9][a-z0-9-]{1,38}[a-z0-9])(?![\w@])/gi)].map(([, handle]) =>
        handle?.toLowerCase(),
      ),
    ).size,
    hasInvisible: words.search(invisible) !== -1,
  };
}

function hostOf(href: string): string | undefined {
  if (!/^https?:/i.test(href)) return undefined;
  try {
    return new URL(href.replace(/&amp;/g, '&')).hostname.toLowerCase().replace(/\.$/, '');
  } catch {
    return undefined;
  }
}

export const isUnder = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);
const isLatin = (pattern: string) => /^[\p{Script=Latin}\p{N}]/u.test(pattern);

/** Whether a word stands in a text: Latin words as whole words, words of other scripts anywhere. */
export function contains(plain: string, pattern: string): boolean {
  for (let at = plain.indexOf(pattern); at !== -1; at = plain.indexOf(pattern, at + 1)) {
    const before = plain[at - 1] ?? ' ';
    const after = plain[at + pattern.length] ?? ' ';
    const joins = (a: string, b: string) => isLatin(a) && isLatin(b);
    if (!joins(before, pattern[0] ?? '') && !joins(pattern.at(-1) ?? '', after)) return true;
  }
  return false;
}

export type Words = {
  refused?: { kind: 'word' | 'domain'; pattern: string };
  held: HoldReason[];
  links: number;
};

/**
 * What the lists say about a text. A word that is let through takes its letters out before the others are looked for; a
 * domain that is let through is no link to another site.
 */
export function judgeWords(look: Look, rules: readonly WordRule[]): Words {
  const of = (kind: WordRule['kind'], effect: WordRule['effect']) =>
    rules
      .filter((rule) => rule.kind === kind && rule.effect === effect)
      .map(({ pattern }) => normalise(pattern));
  const plain = of('word', 'allow').reduce((text, word) => text.replaceAll(word, ' '), look.plain);
  const allowed = of('domain', 'allow');
  const hosts = look.hosts.filter((host) => !allowed.some((domain) => isUnder(host, domain)));
  const word = of('word', 'refuse').find((pattern) => contains(plain, pattern));
  const domain = of('domain', 'refuse').find((pattern) => hosts.some((host) => isUnder(host, pattern)));
  const held: HoldReason[] = [
    ...of('word', 'hold')
      .filter((pattern) => contains(plain, pattern))
      .map((about) => ({ name: 'held-word' as const, points: 100, about })),
    ...of('domain', 'hold')
      .filter((pattern) => hosts.some((host) => isUnder(host, pattern)))
      .map((about) => ({ name: 'held-domain' as const, points: 100, about })),
  ];
  return {
    ...(word !== undefined
      ? { refused: { kind: 'word' as const, pattern: word } }
      : domain !== undefined && { refused: { kind: 'domain' as const, pattern: domain } }),
    held,
    links: hosts.length,
  };
}

const contact =
  /(?:加|添加|联系|咨询)?(?:我的)?(?:微信|薇信|威信|vx|v信|wechat|whatsapp|telegram|电报群?|企鹅|q群|qq群?)\s*(?:号|id)?\s*[:：]?\s*[+@]?[a-z0-9_-]{5,}|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/;
const advert =
  /代开.{0,4}(?:发票|证)|博彩|彩票平台|网上赌场|刷单|兼职日结|无抵押贷款|办证刻章|包过.{0,4}(?:考试|认证)|代写论文|online casino|viagra|cialis|payday loan|essay writing service|buy (?:cheap )?followers|forex signals|sports betting/;
const shorteners = [
  'bit.ly',
  'tinyurl.com',
  't.cn',
  'suo.im',
  'dwz.cn',
  'is.gd',
  'cutt.ly',
  'rebrand.ly',
  'ow.ly',
  'url.cn',
];

const lettersALink = 40;
const linksThatAreMany = 5;
const freshMinutes = 10;

/** What speaks for spam, each with its points. Nothing here refuses: it only decides whether a person looks first. */
export function suspect(look: Look, links: number, minutesSinceJoining: number): HoldReason[] {
  const { plain, title } = look;
  const found: HoldReason[] = [];
  const say = (name: HoldReason['name'], points: number, about?: string) =>
    found.push({ name, points, ...(about !== undefined && { about: about.slice(0, 200) }) });
  if (links > 0 && plain.replace(/https?:\S+/g, '').length < lettersALink * links) say('mostly-links', 2);
  if (links > linksThatAreMany) say('many-links', 2);
  if (links > 0 && minutesSinceJoining < freshMinutes) say('fresh-account-links', 1);
  const shortened = look.hosts.find((host) => shorteners.some((domain) => isUnder(host, domain)));
  if (shortened !== undefined) say('shortened-link', 2, shortened);
  const reach = contact.exec(plain);
  if (reach) say('contact-details', 3, reach[0]);
  const offer = advert.exec(plain);
  if (offer) say('advert', 3, offer[0]);
  const letters = title.replace(/[^A-Za-z]/g, '');
  if (letters.length >= 10 && letters.replace(/[^A-Z]/g, '').length > letters.length * 0.7)
    say('shouting', 1);
  if (/([^\s\d=*#~.|+_-])\1{9}/u.test(plain) || repeatsItself(plain)) say('repetition', 2);
  if (look.hasInvisible) say('invisible-characters', 2);
  return found;
}

/** The same sentence four times. */
function repeatsItself(plain: string): boolean {
  const seen = new Map<string, number>();
  for (const sentence of plain.split(/[.!?。！？;；]\s*/)) {
    if (sentence.length < 8) continue;
    const times = (seen.get(sentence) ?? 0) + 1;
    if (times === 4) return true;
    seen.set(sentence, times);
  }
  return false;
}

export const scoreOf = (reasons: readonly HoldReason[]) =>
  reasons.reduce((sum, { points }) => sum + points, 0);
