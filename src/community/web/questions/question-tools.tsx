import { closeReasons, type QuestionPage } from '#src/community/contract/questions.ts';
import { closeReasonText, questionPageText as text } from '#src/community/contract/questions.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { FollowButton } from '../site/follow-button.tsx';
import { Ago, Box } from '../site/parts.tsx';
import { AuthorCard, MemberLink } from '../site/people.tsx';

/** What stands beside a question: who asked, what was set aside for an answer, who was invited, and what the reader may do about it. */
export function QuestionAside({ page, path }: { page: QuestionPage; path: string }) {
  const t = useText();
  const format = useFormat();
  const { question, may } = page;
  const open = question.bounties.find(({ state }) => state === 'open');
  return (
    <>
      <Box>
        <AuthorCard member={question.author} />
        <dl className="com-q-facts">
          <dt>{t(text.asked)}</dt>
          <dd>
            <Ago at={question.publishedAt} />
          </dd>
          <dt>{t(text.active)}</dt>
          <dd>
            <Ago at={question.activeAt} />
          </dd>
        </dl>
        {page.follows !== null && (
          <form method="post" action={path} className="com-actions">
            <FollowButton follows={page.follows} kind="quiet" />
          </form>
        )}
      </Box>
      {open && (
        <Box title={t(text.bounty)}>
          <p className="com-q-bounty">+{format.number(open.amount)}</p>
          <p className="com-dim">
            {t(text.until)} <time dateTime={open.endsAt}>{format.date(open.endsAt)}</time>
          </p>
        </Box>
      )}
      {(question.hasCapsule || may.capsule) && (
        <Box title={t(text.capsule)}>
          <p>
            <a href={`/questions/${question.id}/capsule`}>
              {t(question.hasCapsule ? text.openCapsule : text.attachCapsule)}
            </a>
          </p>
        </Box>
      )}
      {question.invitations.length > 0 && (
        <Box title={t(text.invited)}>
          <ul className="com-q-list">
            {question.invitations.map(({ member, answeredAfterSeconds }) => (
              <li key={member.handle ?? member.name}>
                <MemberLink member={member} />{' '}
                <span className="com-dim">
                  {answeredAfterSeconds === null
                    ? t(text.notYet)
                    : t(text.answeredAfter(format.duration(answeredAfterSeconds)))}
                </span>
              </li>
            ))}
          </ul>
        </Box>
      )}
      <Tools page={page} path={path} />
    </>
  );
}

function Tools({ page: { question, may }, path }: { page: QuestionPage; path: string }) {
  const t = useText();
  if (!may.offerBounty && !may.invite && !may.close) return null;
  return (
    <Box title={t(text.tools)}>
      <div className="com-q-actions">
        {may.offerBounty && (
          <details>
            <summary>{t(text.offerBounty)}</summary>
            <form method="post" action={path} className="com-form">
              <input type="hidden" name="intent" value="offer-bounty" />
              <Field
                label={t(text.bountyAmount)}
                hint={t(text.bountyHint)}
                name="amount"
                type="number"
                min={50}
                max={500}
                step={10}
                defaultValue={50}
                required
              />
              <button type="submit" className="com-button" data-kind="quiet">
                {t(text.offerBounty)}
              </button>
            </form>
          </details>
        )}
        {may.invite && (
          <details>
            <summary>{t(text.invite)}</summary>
            <form method="post" action={path} className="com-form">
              <input type="hidden" name="intent" value="invite" />
              <Field label={t(text.inviteField)} name="handle" maxLength={41} required />
              <button type="submit" className="com-button" data-kind="quiet">
                {t(text.invite)}
              </button>
            </form>
          </details>
        )}
        {may.close && question.closed === null && (
          <details>
            <summary>{t(text.close)}</summary>
            <form method="post" action={path} className="com-form">
              <input type="hidden" name="intent" value="close" />
              <ChoiceField label={t(text.closeReason)} name="reason">
                {closeReasons.map((reason) => (
                  <option key={reason} value={reason}>
                    {t(closeReasonText[reason])}
                  </option>
                ))}
              </ChoiceField>
              <Field
                label={t(text.duplicateField)}
                hint={t(text.duplicateHint)}
                name="duplicateOf"
                inputMode="numeric"
                maxLength={16}
              />
              <button type="submit" className="com-button" data-kind="quiet">
                {t(text.close)}
              </button>
            </form>
          </details>
        )}
        {may.close && question.closed !== null && (
          <form method="post" action={path}>
            <input type="hidden" name="intent" value="reopen" />
            <button type="submit" className="com-button" data-kind="quiet">
              {t(text.reopen)}
            </button>
          </form>
        )}
      </div>
    </Box>
  );
}
