import { committeePath } from '#src/community/contract/addresses.ts';
import type { PlanEntry } from '#src/community/contract/plan.ts';
import { planPageText as text } from '#src/community/contract/plan.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { EmptyState } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import './plan.css';

/** Days in words: one, or from one to another. */
export function useDays() {
  const t = useText();
  const format = useFormat();
  return (from: string, until: string) =>
    from === until ? format.date(from) : t(text.days(format.date(from), format.date(until)));
}

/** Entries of the plan in the order of their days, each with its slip in view; `change` draws the forms below one. */
export function PlanList(props: {
  entries: readonly PlanEntry[];
  change?: (entry: PlanEntry) => React.ReactNode;
}) {
  const t = useText();
  if (props.entries.length === 0) return <EmptyState title={t(text.none)} hint={t(text.noneHint)} />;
  return (
    <ol className="com-plain com-planned">
      {props.entries.map((entry) => (
        <li key={entry.id} data-state={entry.state}>
          <Entry entry={entry} />
          {entry.mayChange && entry.state === 'planned' && props.change?.(entry)}
        </li>
      ))}
    </ol>
  );
}

function Entry({ entry }: { entry: PlanEntry }) {
  const t = useText();
  const days = useDays();
  const { startsOn, endsOn, plannedOn, plannedUntil, state, committee } = entry;
  const isMoved = startsOn !== plannedOn || endsOn !== plannedUntil;
  return (
    <>
      <p className="com-meta">
        <time dateTime={startsOn}>{days(startsOn, endsOn)}</time>
        <Slip entry={entry} />
        {state === 'cancelled' && <span className="com-mark">{t(text.cancelled)}</span>}
        {state === 'done' && (
          <span className="com-mark" data-tone="good">
            {t(text.done)}
          </span>
        )}
      </p>
      <h3>
        <bdi>{entry.title}</bdi>
      </h3>
      <p className="com-meta">
        <span>{t(text[entry.kind])}</span>
        <a href={committeePath(committee.slug)}>{committee.name}</a>
        {entry.place !== '' && <bdi>{entry.place}</bdi>}
        {entry.owner && <MemberLink member={entry.owner} />}
      </p>
      {isMoved && <p className="com-dim">{t(text.planned(days(plannedOn, plannedUntil)))}</p>}
      {entry.moves.map((move) => (
        <p key={move.at} className="com-dim">
          <bdi>{t(text.moved(days(move.wasOn, move.wasUntil), move.reason))}</bdi>
        </p>
      ))}
      {entry.noteHtml !== '' && <PostBody html={entry.noteHtml} />}
    </>
  );
}

function Slip({ entry: { slipDays, state } }: { entry: PlanEntry }) {
  const t = useText();
  const format = useFormat();
  if (state === 'cancelled') return null;
  if (slipDays > 0)
    return (
      <span className="com-mark" data-tone="bad">
        {t(text.late(format.number(slipDays)))}
      </span>
    );
  return (
    <span className="com-mark" data-tone="good">
      {t(slipDays < 0 ? text.early(format.number(-slipDays)) : text.onTime)}
    </span>
  );
}
