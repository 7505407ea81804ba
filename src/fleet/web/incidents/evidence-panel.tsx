import { Link } from 'react-router';
import { incidentText as text } from '#src/fleet/contract/incidents.text.ts';
import type { Evidence } from '#src/fleet/contract/incidents.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import styles from './incidents.module.css';

/** What hosts looked like before repairs, folded until somebody wants to read it. */
export function EvidencePanel({ evidence }: { evidence: Evidence[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <Panel title={t(text.evidence)}>
      {evidence.length === 0 && <p className={styles.quiet}>{t(text.noEvidence)}</p>}
      {evidence.map((one) => (
        <section key={one.id} className={styles.evidence}>
          <h3>
            {one.hostName} · <span suppressHydrationWarning>{format.dateTime(one.takenAt)}</span>
            {one.operationId !== null && (
              <Link to={`/operations/${one.operationId}`}>{t(text.openOperation)}</Link>
            )}
          </h3>
          {one.items.map((item) => (
            <details key={item.name}>
              <summary>{item.name}</summary>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reached by keyboard */}
              <pre tabIndex={0}>{item.text}</pre>
            </details>
          ))}
        </section>
      ))}
    </Panel>
  );
}
