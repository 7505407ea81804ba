/** One line that was said, and when. */
export type Cue = { start: number; end: number; text: string };

const arrow =
  /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s+-->\s+(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})/;

/** The cues of a transcript in SubRip or WebVTT, in the order of their times; none for what is neither. */
export function readTranscript(text: string): Cue[] {
  const cues: Cue[] = [];
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  for (let at = 0; at < lines.length; at++) {
    const found = arrow.exec(lines[at]!.trim());
    if (!found) continue;
    const [start, end] = [seconds(found.slice(1, 5)), seconds(found.slice(5, 9))];
    const said: string[] = [];
    while (at + 1 < lines.length && lines[at + 1]!.trim() !== '' && !arrow.test(lines[at + 1]!.trim())) {
      said.push(lines[++at]!);
    }
    // SubRip numbers its cues: the number of the next one is no word of this one when no blank line parts them.
    if (/^\d+$/.test(said.at(-1)?.trim() ?? '') && arrow.test(lines[at + 1]?.trim() ?? '')) said.pop();
    const words = plainWords(said.join(' '));
    if (words !== '' && end >= start) cues.push({ start, end, text: words });
  }
  return cues.toSorted((a, b) => a.start - b.start);
}

function seconds([hours = '0', minutes = '0', rest = '0', fraction = '0']: (string | undefined)[]): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest) + Number(`0.${fraction}`);
}

/** A cue without its marks (`<v Anna>`, `{\an8}`), its entities read, and its speaker in front. */
function plainWords(text: string): string {
  return text
    .replace(/<v(?:\.[^\s>]*)?\s+([^>]{1,60})>/g, '$1: ')
    .replace(/<[^>]*>|\{\\[^}]*\}/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A part of the article begins at the next pause after so long, or in the middle of speech after twice that. */
const partSeconds = 150;
const pauseSeconds = 1.2;
const paragraphSeconds = 40;
const headingCharacters = 36;

/**
 * An article of the cues: parts with headings that carry the moment as a link into the recording (`#t=` without one), and
 * paragraphs in them. What was said stands as it was, with signs of Markdown made plain.
 */
export function writeArticle(cues: readonly Cue[], mediaUrl: string | null): string {
  const parts: string[] = [];
  let partFrom = -Infinity;
  let paragraphFrom = 0;
  let last: Cue | undefined;
  for (const cue of cues) {
    const isPause =
      last === undefined || cue.start - last.end >= pauseSeconds || /[.!?。！？…]$/.test(last.text);
    const age = cue.start - partFrom;
    if ((age >= partSeconds && isPause) || age >= 2 * partSeconds) {
      partFrom = paragraphFrom = cue.start;
      parts.push(
        `## [${clock(cue.start)}](${timeLink(mediaUrl, cue.start)}) ${headingOf(cue.text)}`,
        asWritten(cue.text),
      );
    } else if (cue.start - paragraphFrom >= paragraphSeconds && isPause) {
      paragraphFrom = cue.start;
      parts.push(asWritten(cue.text));
    } else {
      const before = parts.pop() ?? '';
      parts.push(before + gapBetween(before, cue.text) + asWritten(cue.text));
    }
    last = cue;
  }
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

const headingOf = (text: string) => {
  const signs = [...text];
  const short = signs.slice(0, headingCharacters).join('');
  return asWritten(signs.length > headingCharacters ? `${short.replace(/\s+\S*$/, '')}…` : short);
};

/** Chinese sentences follow one another without a blank. */
const gapBetween = (before: string, after: string) =>
  /[\p{Script=Han}，。！？、；：）】”…]$/u.test(before) && /^[\p{Script=Han}（【“]/u.test(after) ? '' : ' ';

const asWritten = (text: string) =>
  text
    .replace(/[\\`*_[\]<>$|~]/g, '\\$&')
    .replace(
      /^(\s*\d*)([#>+.)=-]+)(?=\s|$)/,
      (_, start: string, marks: string) => start + [...marks].map((mark) => `\\${mark}`).join(''),
    )
    .replace(/:\/\//g, ':\u200b//');

/** 1:02:03 or 12:30. */
export function clock(at: number): string {
  const whole = Math.floor(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
}

/** Sites that jump by a parameter; a file of sound or pictures jumps by its fragment, as the W3C has it. */
const byParameter = /(?:^|\.)(?:bilibili\.com|youtube\.com|youtu\.be|vimeo\.com)$/;

/** The address of a moment in a recording. */
export function timeLink(mediaUrl: string | null, at: number): string {
  const whole = Math.floor(at);
  if (mediaUrl === null) return `#t=${whole}`;
  const url = new URL(mediaUrl);
  if (byParameter.test(url.hostname)) url.searchParams.set('t', String(whole));
  else url.hash = `t=${whole}`;
  return url.href.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
}
