import { flagText } from '#src/community/contract/moderation-page.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';

/** Leads to the form that says what is wrong with a writing, and from there back to `back`. */
export function FlagLink({
  subject,
  back,
}: {
  subject: `post:${number}` | `comment:${number}`;
  back: string;
}) {
  const t = useText();
  return (
    <a
      className="com-quiet"
      href={`/flag?subject=${subject}&back=${encodeURIComponent(back)}`}
      rel="nofollow"
    >
      {t(flagText.title)}
    </a>
  );
}
