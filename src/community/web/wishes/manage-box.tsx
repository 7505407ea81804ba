import { wishAdviceText } from '#src/community/contract/wish-advice.text.ts';
import { wishVoteText } from '#src/community/contract/wish-votes.text.ts';
import { MoveWish, type Wish } from '#src/community/contract/wishes.ts';
import { strengthText, wishPageText as text, wishStateText } from '#src/community/contract/wishes.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { Ago, Box } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { DeliverForm } from './claims-box.tsx';

/** What those who look after wishes do with one. */
export function ManageBox({ wish }: { wish: Wish }) {
  const t = useText();
  const mayPraise = !wish.isPrivate && wish.state !== 'pending' && wish.state !== 'duplicate';
  return (
    <Box title={t(text.manage)}>
      <form method="post" className="com-form">
        <ChoiceField label={t(text.stateField)} name="state">
          {MoveWish.shape.state.options.map((state) => (
            <option key={state} value={state}>
              {t(wishStateText[state])}
            </option>
          ))}
        </ChoiceField>
        <TextField label={t(text.noteField)} name="note" rows={2} maxLength={2000} />
        <button type="submit" name="intent" value="move" className="com-button" data-kind="quiet">
          {t(text.move)}
        </button>
      </form>
      {(mayPraise || wish.isExcellent) && (
        <form method="post">
          <input type="hidden" name="isExcellent" value={String(!wish.isExcellent)} />
          <button type="submit" name="intent" value="praise" className="com-button" data-kind="quiet">
            {t(wish.isExcellent ? text.praiseBack : text.praise)}
          </button>
        </form>
      )}
      <details>
        <summary>{t(text.merge)}</summary>
        <form method="post" className="com-form">
          <Field label={t(text.mergeField)} name="into" inputMode="numeric" maxLength={16} required />
          <button type="submit" name="intent" value="merge" className="com-button" data-kind="quiet">
            {t(text.merge)}
          </button>
        </form>
      </details>
      <details>
        <summary>{t(text.customerVotes)}</summary>
        <form method="post" className="com-form">
          <Field label={t(text.customerField)} name="customer" maxLength={200} required />
          <TextField label={t(text.evidenceField)} name="evidence" rows={2} maxLength={2000} required />
          <ChoiceField label={t(text.strengthField)} name="strength">
            <option value="must">{t(strengthText.must)}</option>
            <option value="nice">{t(strengthText.nice)}</option>
          </ChoiceField>
          <button type="submit" name="intent" value="customer" className="com-button" data-kind="quiet">
            {t(text.recordVote)}
          </button>
        </form>
      </details>
      <details>
        <summary>{t(wishAdviceText.edit)}</summary>
        <form method="post" className="com-form">
          <TextField
            label={t(wishAdviceText.alternatives)}
            name="alternatives"
            rows={4}
            maxLength={4000}
            defaultValue={wish.alternatives}
          />
          <TextField
            label={t(wishAdviceText.hints)}
            name="hints"
            rows={4}
            maxLength={4000}
            defaultValue={wish.hints}
          />
          <button type="submit" name="intent" value="advise" className="com-button" data-kind="quiet">
            {t(wishAdviceText.save)}
          </button>
        </form>
      </details>
      <UsesForm wish={wish} />
      <DeliverForm />
    </Box>
  );
}

/** Members whose use was verified, and a field for one more. */
function UsesForm({ wish }: { wish: Wish }) {
  const t = useText();
  return (
    <details>
      <summary>{t(wishVoteText.usesTitle)}</summary>
      <p className="com-dim">{t(wishVoteText.usesHint)}</p>
      <ul className="com-plain">
        {wish.verifiedUses.map((use) => (
          <li key={use.at}>
            <MemberLink member={use.member} />
            <p className="com-wish-text">{use.evidence}</p>
            <p className="com-meta">
              {t(text.recordedBy)} <MemberLink member={use.verifiedBy} /> <Ago at={use.at} />
            </p>
          </li>
        ))}
      </ul>
      <form method="post" className="com-form">
        <Field label={t(wishVoteText.memberField)} name="member" maxLength={40} required />
        <TextField label={t(text.evidenceField)} name="evidence" rows={2} maxLength={2000} required />
        <button type="submit" name="intent" value="use" className="com-button" data-kind="quiet">
          {t(wishVoteText.verify)}
        </button>
      </form>
    </details>
  );
}
