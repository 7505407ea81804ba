import type { AppealItem, TakedownItem } from '#src/community/contract/moderation.ts';
import { moderationPageText as text } from '#src/community/contract/moderation-page.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Ago } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { actionName } from './action-name.ts';
import { ConflictNote } from './moderation-frame.tsx';

/** An appeal with its day, and the form that answers it. */
export function AppealEntry({ appeal }: { appeal: AppealItem }) {
  const t = useText();
  const { action } = appeal;
  return (
    <article className="com-mod-item" tabIndex={-1}>
      <header>
        <p className="com-meta">
          {action.member && <MemberLink member={action.member} />}
          <Ago at={appeal.at} />
          <Due at={appeal.dueAt} isOverdue={appeal.isOverdue} />
        </p>
        <h2>
          {t(text.against)}: {t(actionName(action.kind))}
          {action.title !== '' && <> · {action.title}</>}
        </h2>
      </header>
      {action.reason !== '' && <p className="com-dim">{action.reason}</p>}
      <blockquote className="com-mod-words">{appeal.words}</blockquote>
      {appeal.isOwnAction ? (
        <p className="com-mod-conflict">{t(text.ownAction)}</p>
      ) : (
        <form method="post" className="com-form">
          <input type="hidden" name="view" value="appeals" />
          <input type="hidden" name="appeal" value={appeal.id} />
          <label>
            {t(text.answerField)}
            <textarea name="answer" required maxLength={4000} rows={3} />
          </label>
          <div className="com-actions">
            <button className="com-button" name="intent" value="grant">
              {t(text.grant)}
            </button>
            <button className="com-button" data-kind="bad" name="intent" value="deny">
              {t(text.deny)}
            </button>
          </div>
        </form>
      )}
    </article>
  );
}

/** A claim of copyright with both sides, and the form that decides it. */
export function TakedownEntry({ takedown }: { takedown: TakedownItem }) {
  const t = useText();
  return (
    <article className="com-mod-item" tabIndex={-1}>
      <header>
        <p className="com-meta">
          <MemberLink member={takedown.author} />
          <Ago at={takedown.at} />
          <Due at={takedown.dueAt} isOverdue={takedown.isOverdue} />
        </p>
        <h2>
          <a href={takedown.href} data-open="">
            {takedown.title}
          </a>
        </h2>
      </header>
      <dl className="com-mod-claim">
        <dt>{t(text.claimant)}</dt>
        <dd>
          <MemberLink member={takedown.claimant} />
        </dd>
        <dt>{t(text.work)}</dt>
        <dd>{takedown.work}</dd>
        <dt>{t(text.claim)}</dt>
        <dd>{takedown.claim}</dd>
        <dt>{t(text.authorsAnswer)}</dt>
        <dd>{takedown.answer ?? <span className="com-dim">{t(text.noAnswerYet)}</span>}</dd>
      </dl>
      {takedown.conflict !== null ? (
        <ConflictNote conflict={takedown.conflict} />
      ) : (
        <form method="post" className="com-form">
          <input type="hidden" name="view" value="takedowns" />
          <input type="hidden" name="takedown" value={takedown.id} />
          <label>
            {t(text.reason)}
            <textarea name="reason" required maxLength={2000} rows={3} />
          </label>
          <div className="com-actions">
            <button className="com-button" name="intent" value="refuse-claim">
              {t(text.refuseClaim)}
            </button>
            <button className="com-button" data-kind="bad" name="intent" value="remove-post">
              {t(text.removePost)}
            </button>
          </div>
        </form>
      )}
    </article>
  );
}

function Due({ at, isOverdue }: { at: string; isOverdue: boolean }) {
  const t = useText();
  const format = useFormat();
  return (
    <span>
      {t(text.dueBy)} <time dateTime={at}>{format.date(at)}</time>
      {isOverdue && (
        <>
          {' '}
          <span className="com-mark" data-tone="bad">
            {t(text.overdue)}
          </span>
        </>
      )}
    </span>
  );
}
