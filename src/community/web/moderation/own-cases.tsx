import type { OwnModeration } from '#src/community/contract/moderation.ts';
import { ownModerationText as text } from '#src/community/contract/moderation-page.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Ago, Box } from '../site/parts.tsx';
import { actionName } from './action-name.ts';

/** Decisions about the reader with what can be said against them, and claims against what they wrote. */
export function OwnCases({ own }: { own: OwnModeration }) {
  const t = useText();
  return (
    <>
      {own.claims.length > 0 && (
        <Box title={t(text.claims)}>
          {own.claims.map((claim) => (
            <OwnClaim key={claim.id} claim={claim} />
          ))}
        </Box>
      )}
      <Box title={t(text.decisions)}>
        {own.actions.length === 0 ? (
          <p className="com-dim">{t(text.noDecisions)}</p>
        ) : (
          <ul className="com-mod-log">
            {own.actions.map((one) => (
              <li key={one.id} data-undone={one.isUndone ? '' : undefined}>
                <OwnDecision one={one} />
              </li>
            ))}
          </ul>
        )}
      </Box>
    </>
  );
}

function OwnDecision({ one }: { one: OwnModeration['actions'][number] }) {
  const t = useText();
  const format = useFormat();
  return (
    <div>
      <p>
        <strong>{t(actionName(one.kind))}</strong> {one.title}
      </p>
      {one.reason !== '' && <p className="com-dim">{one.reason}</p>}
      <p className="com-meta">
        <Ago at={one.at} />
        {one.appealUntil !== null && (
          <span>
            {t(text.appealUntil)} {format.date(one.appealUntil)}
          </span>
        )}
      </p>
      {one.appeal !== null && (
        <p>
          {one.appeal.state === 'open' ? (
            <>
              {t(text.appealOpen)}: {format.date(one.appeal.dueAt)}
            </>
          ) : (
            <>
              <strong>{t(one.appeal.state === 'granted' ? text.appealGranted : text.appealDenied)}</strong>{' '}
              {one.appeal.answer}
            </>
          )}
        </p>
      )}
      {one.appealUntil !== null && (
        <details>
          <summary>{t(text.appeal)}</summary>
          <form method="post" className="com-form">
            <input type="hidden" name="action" value={one.id} />
            <label>
              {t(text.appealField)}
              <textarea name="words" required maxLength={4000} rows={4} />
            </label>
            <div className="com-actions">
              <button className="com-button" name="intent" value="appeal">
                {t(text.sendAppeal)}
              </button>
            </div>
          </form>
        </details>
      )}
    </div>
  );
}

function OwnClaim({ claim }: { claim: OwnModeration['claims'][number] }) {
  const t = useText();
  const format = useFormat();
  const state = {
    open: text.claimOpen,
    answered: text.claimAnswered,
    removed: text.claimRemoved,
    refused: text.claimRefused,
    withdrawn: text.claimRefused,
  }[claim.state];
  return (
    <div className="com-mod-item">
      <p>
        <strong>{claim.title}</strong>
      </p>
      <p>{claim.work}</p>
      <blockquote className="com-mod-words">{claim.claim}</blockquote>
      <p className="com-meta">
        {t(state)}
        {claim.state === 'open' && <> {format.date(claim.dueAt)}</>}
      </p>
      {claim.state === 'open' && (
        <form method="post" className="com-form">
          <input type="hidden" name="takedown" value={claim.id} />
          <label>
            {t(text.answerClaim)}
            <textarea name="answer" required maxLength={4000} rows={4} />
          </label>
          <div className="com-actions">
            <button className="com-button" name="intent" value="claim">
              {t(text.sendAnswer)}
            </button>
          </div>
        </form>
      )}
    </div>
  );
}
