import { boardSlug, type Office, type Seat } from '#src/community/contract/committees.ts';
import { committeePageText as text } from '#src/community/contract/committees.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { MemberLink } from '../site/people.tsx';

/** What an office is called: the board's are those of the whole community. */
export function officeWords(office: Office, committee: string) {
  if (committee !== boardSlug) return text[office];
  return office === 'chair' ? text.boardChair : office === 'deputy' ? text.boardDeputy : text.member;
}

/** One seat: who, as what, until when. */
export function SeatLine(props: { seat: Seat; committee: string; children?: React.ReactNode }) {
  const t = useText();
  const format = useFormat();
  const { seat, committee, children } = props;
  const { member, office, from, until, standing, origin } = seat;
  const time =
    standing === 'now' ? text.until(format.date(until)) : text.between(format.date(from), format.date(until));
  return (
    <div className="com-meta">
      <MemberLink member={member} size={24} />
      <span className="com-mark" data-tone={office === 'chair' && standing === 'now' ? 'good' : 'idle'}>
        {t(officeWords(office, committee))}
      </span>
      <span>{t(time)}</span>
      <span>{t(text[origin])}</span>
      {children}
    </div>
  );
}
