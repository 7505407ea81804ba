import type { Meeting } from '#src/community/contract/meetings.ts';
import { recordText } from '#src/community/contract/meetings.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';

/** A text of somebody as one line of Markdown: nothing in it is a heading, a list or a link of its own. */
const plain = (text: string) =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|!]/g, (sign) => `\\${sign}`);

/** The record of a meeting as Markdown: who was present, what was asked and answered, what was said, the minutes. */
export function writeRecord(meeting: Meeting, locale: Locale): string {
  const t = (text: { en: string; 'zh-CN': string }) => text[locale];
  const list = (lines: readonly string[]) =>
    (lines.length === 0 ? [t(recordText.nobody)] : lines).map((line) => `- ${line}`).join('\n');
  const parts = [
    `# ${plain(meeting.title)}`,
    `${plain(meeting.committee.name)}, ${meeting.startsAt}`,
    `## ${t(recordText.attendants)}`,
    list(meeting.attendants.map(({ name }) => plain(name))),
    `## ${t(recordText.proxies)}`,
    list(
      meeting.proxies.map(({ giver, holder }) => t(recordText.proxy(plain(giver.name), plain(holder.name)))),
    ),
  ];
  if (meeting.agenda.trim() !== '') parts.push(`## ${t(recordText.agenda)}`, meeting.agenda.trim());
  if (meeting.polls.length > 0) parts.push(`## ${t(recordText.polls)}`);
  for (const { question, options } of meeting.polls)
    parts.push(
      `### ${plain(question)}`,
      list(options.map(({ words, votes }) => `${plain(words)}: ${votes}`)),
    );
  if (meeting.remarks.length > 0)
    parts.push(
      `## ${t(recordText.remarks)}`,
      list(meeting.remarks.map(({ member, words, at }) => `${at} ${plain(member.name)}: ${plain(words)}`)),
    );
  if (meeting.minutes.trim() !== '') parts.push(`## ${t(recordText.minutes)}`, meeting.minutes.trim());
  return `${parts.join('\n\n')}\n`;
}
