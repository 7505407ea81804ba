import { meetingPath } from '#src/community/contract/addresses.ts';
import type { ListedMeeting, MeetingState } from '#src/community/contract/meetings.ts';
import { meetingPageText as text } from '#src/community/contract/meetings.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';

/** Meetings in a list, each with when it is, for whom, and where it stands. */
export function MeetingLines({ meetings }: { meetings: readonly ListedMeeting[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <ul className="com-plain com-lines">
      {meetings.map((one) => (
        <li key={one.id}>
          <h3>
            <a href={meetingPath(one.id)}>
              <bdi>{one.title}</bdi>
            </a>
          </h3>
          <p className="com-meta">
            <MeetingMark state={one.state} />
            <time dateTime={one.startsAt}>{format.dateTime(one.startsAt)}</time>
            <span>{one.forAll ? t(text.forAll) : one.committee.name}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}

/** A word on where a meeting stands. */
export function MeetingMark({ state }: { state: MeetingState }) {
  const t = useText();
  const tones = { available: 'busy', open: 'good', finished: 'idle', closed: 'idle' };
  return (
    <span className="com-mark" data-tone={tones[state]}>
      {t(text[state])}
    </span>
  );
}
