import type { QueueItem } from '#src/community/contract/moderation.ts';
import {
  flagText,
  holdReasonText,
  moderationPageText as text,
} from '#src/community/contract/moderation-page.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { DifferenceView } from '../revisions/difference.tsx';
import { Ago } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import { ConflictNote } from './moderation-frame.tsx';

/** One thing that waits: what it says, why it waits, and what can be done, as plain forms. */
export function QueueEntry({ item, view }: { item: QueueItem; view: string }) {
  const t = useText();
  const isFlagged = view === 'flagged';
  return (
    <article className="com-mod-item" tabIndex={-1} data-subject={item.subject}>
      <header>
        <p className="com-meta">
          <span className="com-mark" data-tone={item.isHidden ? 'bad' : 'idle'}>
            {t(text[item.kind])}
            {item.isHidden && <> · {t(text.isHidden)}</>}
          </span>
          <MemberLink member={item.author} />
          <span>{t(text.level(item.author.trustLevel))}</span>
          <Ago at={item.at} />
          {item.needed > 1 && <span>{t(text.approvals(item.approvals, item.needed))}</span>}
        </p>
        {item.title !== '' && <h2>{item.title}</h2>}
      </header>
      <Said item={item} />
      <Grounds item={item} />
      {item.conflict === null ? (
        <Verdicts item={item} view={view} isFlagged={isFlagged} />
      ) : (
        <ConflictNote conflict={item.conflict} />
      )}
    </article>
  );
}

function Said({ item }: { item: QueueItem }) {
  const t = useText();
  return (
    <>
      {item.difference !== null ? (
        <div className="com-mod-said">
          <DifferenceView difference={item.difference} />
        </div>
      ) : item.html === '' ? (
        item.kind !== 'profile' && <p className="com-dim">{t(text.tooLong)}</p>
      ) : (
        <div className="com-mod-said">
          <PostBody html={item.html} />
        </div>
      )}
      {item.href !== null && (
        <p className="com-meta">
          <a href={item.href} data-open="">
            {t(text.open)} →
          </a>
        </p>
      )}
    </>
  );
}

function Grounds({ item }: { item: QueueItem }) {
  const t = useText();
  if (item.reasons.length === 0 && item.flags.length === 0) return null;
  return (
    <div className="com-mod-grounds">
      {item.reasons.length > 0 && (
        <ul aria-label={t(text.why)}>
          {item.reasons.map(({ name, about }) => (
            <li key={name + (about ?? '')}>
              <span className="com-mark" data-tone="busy">
                {t(holdReasonText[name])}
              </span>
              {about !== undefined && (
                <>
                  {' '}
                  <q>{about}</q>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {item.flags.length > 0 && (
        <ul aria-label={t(text.flags)}>
          {item.flags.map((flag) => (
            <li key={flag.by.name + flag.at}>
              <span className="com-mark" data-tone="bad">
                {t(flagText[flag.kind])}
              </span>{' '}
              <MemberLink member={flag.by} /> <Ago at={flag.at} />
              {flag.note !== '' && <q>{flag.note}</q>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const suspensions = [1, 3, 7, 30, 365];

function Verdicts({ item, view, isFlagged }: { item: QueueItem; view: string; isFlagged: boolean }) {
  const t = useText();
  const hidden = (
    <>
      <input type="hidden" name="subject" value={item.subject} />
      <input type="hidden" name="view" value={view} />
    </>
  );
  return (
    <div className="com-mod-verdicts">
      <form method="post">
        {hidden}
        <button className="com-button" name="intent" value="approve" data-key="a">
          {t(isFlagged ? text.keep : text.approve)}
        </button>
      </form>
      <form method="post">
        {hidden}
        <button className="com-button" data-kind="bad" name="intent" value="decline" data-key="d">
          {t(isFlagged ? text.remove : text.decline)}
        </button>
      </form>
      {item.alsoWaiting > 0 && item.author.handle !== null && (
        <form method="post">
          {hidden}
          <input type="hidden" name="member" value={item.author.handle} />
          <button className="com-button" data-kind="quiet" name="intent" value="approve-all">
            {t(text.approveAll(item.alsoWaiting + 1))}
          </button>
        </form>
      )}
      <details>
        <summary>{t(text.more)}</summary>
        <form method="post" className="com-form">
          {hidden}
          <label>
            {t(text.reason)}
            <textarea name="reason" maxLength={2000} rows={3} />
          </label>
          {item.kind !== 'edit' && item.kind !== 'profile' && (
            <label className="pub-check">
              <input type="checkbox" name="isSpam" value="yes" /> {t(text.isSpam)}
            </label>
          )}
          <label>
            {t(text.suspendFor)}
            <select name="suspendDays" defaultValue="">
              <option value="">{t(text.noSuspension)}</option>
              {suspensions.map((days) => (
                <option key={days} value={days}>
                  {t(text.days(days))}
                </option>
              ))}
            </select>
          </label>
          <button className="com-button" data-kind="bad" name="intent" value="decline">
            {t(isFlagged ? text.remove : text.decline)}
          </button>
        </form>
      </details>
    </div>
  );
}
