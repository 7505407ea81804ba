import type { ReactNode } from 'react';
import { useText } from '#src/platform/web/i18n.tsx';
import { placementPageText as text } from '#src/community/contract/placements.text.ts';

type Entry = { id: number; reverses: number | null; isReversed: boolean };

/** What an entry of a ledger says, with the entry that it takes back, or that it was taken back itself. */
export function EntryWords({ entry, children }: { entry: Entry; children: ReactNode }) {
  const t = useText();
  return (
    <td>
      {children}{' '}
      {entry.reverses !== null && <span className="com-dim">{t(text.reversal(entry.reverses))}</span>}
      {entry.isReversed && (
        <span className="com-mark" data-tone="idle">
          {t(text.reversed)}
        </span>
      )}
    </td>
  );
}

/** The button that takes an entry back, where it still can be. */
export function ReverseCell({ entry, name }: { entry: Entry; name: string }) {
  const t = useText();
  return (
    <td>
      {entry.reverses === null && !entry.isReversed && (
        <form method="post">
          <button type="submit" className="com-button" data-kind="link" name={name} value={entry.id}>
            {t(text.reverse)}
          </button>
        </form>
      )}
    </td>
  );
}
