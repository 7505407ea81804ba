import { memberText as text } from '#src/community/contract/members.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';

/** Follows what the page shows, or no longer; stands in a form that sends `intent`. */
export function FollowButton({
  follows,
  kind,
}: {
  follows: boolean;
  /** How much it stands out; like any other button by itself. */
  kind?: 'quiet' | 'link';
}) {
  const t = useText();
  return (
    <button
      type="submit"
      name="intent"
      value={follows ? 'unfollow' : 'follow'}
      className="com-button"
      data-kind={kind}
    >
      {t(follows ? text.unfollow : text.follow)}
    </button>
  );
}
