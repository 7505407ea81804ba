import { organisationPageText as text } from '#src/community/contract/organisations.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';

/** Yes by one button, no with a reason: the two ways in which something that waits is decided. */
export function RefuseForm(props: { subject: string; approve: string; label: string }) {
  const t = useText();
  return (
    <div className="com-actions">
      <form method="post">
        <input type="hidden" name="subject" value={props.subject} />
        <button type="submit" className="com-button" name="intent" value={props.approve}>
          {props.label}
        </button>
      </form>
      <details>
        <summary className="com-button" data-kind="quiet">
          {t(text.refuse)}
        </summary>
        <form method="post" className="com-form com-row">
          <input type="hidden" name="subject" value={props.subject} />
          <label>
            {t(text.reason)}
            <input name="reason" maxLength={2000} required />
          </label>
          <button type="submit" className="com-button" data-kind="bad" name="intent" value="refuse">
            {t(text.refuse)}
          </button>
        </form>
      </details>
    </div>
  );
}
