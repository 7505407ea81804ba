import type { FaqSummary } from '#src/community/contract/faq.ts';
import { faqPageText as text } from '#src/community/contract/faq.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';

/** For which versions an entry holds, and whether that was looked at since the newest of them came out and still holds. */
export function VersionMark({ entry }: { entry: FaqSummary }) {
  const t = useText();
  return (
    <>
      <span>{t(text.holdsFor(entry.pgFrom, entry.pgTo))}</span>
      {entry.brokeOn === null ? (
        <span className="com-mark" data-tone={entry.isStale ? 'warn' : 'good'}>
          {entry.isStale || entry.verifiedUpTo === null
            ? t(text.stale)
            : t(text.verifiedUpTo(entry.verifiedUpTo))}
        </span>
      ) : (
        <span className="com-mark" data-tone="bad">
          {t(text.brokenOn(entry.brokeOn))}
        </span>
      )}
    </>
  );
}
