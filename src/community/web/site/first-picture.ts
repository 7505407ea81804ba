/**
 * The address of the first picture in what was rendered from Markdown, where quotes and angles in attributes are escaped; null
 * where there is none that a program could fetch.
 */
export function firstPicture(html: string): string | null {
  for (const [, src = ''] of html.matchAll(/<img\b[^>]*?\ssrc="([^"]*)"/g))
    if (/^(?:https?:\/\/|\/(?!\/))/.test(src)) return src.replaceAll('&amp;', '&');
  return null;
}
