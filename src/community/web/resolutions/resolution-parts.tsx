import { committeePath, electionPath, meetingPath } from '#src/community/contract/addresses.ts';
import type { Resolution } from '#src/community/contract/resolutions.ts';
import { resolutionPageText as text } from '#src/community/contract/resolutions.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { MemberLink } from '../site/people.tsx';

/** The facts of a decision in two lines: state, day, votes; who sees to it until when, and where it was decided. */
export function ResolutionFacts({ resolution }: { resolution: Resolution }) {
  const t = useText();
  const format = useFormat();
  const { state, isLate, owner, dueOn, meeting, committee, yes, no, abstain, poll, election } = resolution;
  const count = { yes: format.number(yes), no: format.number(no), abstain: format.number(abstain) };
  const tone = state === 'done' ? 'good' : state === 'open' ? 'busy' : 'idle';
  return (
    <>
      <p className="com-meta">
        <span className="com-mark" data-tone={tone}>
          {t(text[state])}
        </span>
        <time dateTime={resolution.decidedOn}>{format.date(resolution.decidedOn)}</time>
        <a href={committeePath(committee.slug)}>{committee.name}</a>
        <span>
          {t(
            election
              ? text.ballots(count.yes, count.abstain)
              : text.votes(count.yes, count.no, count.abstain),
          )}
        </span>
      </p>
      <p className="com-meta">
        {owner && <MemberLink member={owner} />}
        {dueOn !== null && <span>{t(text.due(format.date(dueOn)))}</span>}
        {isLate && (
          <span className="com-mark" data-tone="bad">
            {t(text.late)}
          </span>
        )}
        {meeting && (
          <a href={meetingPath(meeting.id)}>
            <bdi>{meeting.title}</bdi>
          </a>
        )}
        {poll && <bdi>{t(text.byPoll(poll.question))}</bdi>}
        {election && (
          <a href={electionPath(election.id)}>
            <bdi>{election.title}</bdi>
          </a>
        )}
      </p>
    </>
  );
}
