import { useCallback, useEffect, useState } from 'react';
import type { PanelSeries, StatementUse } from '#src/fleet/contract/metrics-panels.ts';
import { metricsPageText as text } from '#src/fleet/contract/metrics-pages.text.ts';
import { readTrusted } from '#src/platform/web/browser-api.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { useCluster } from '../clusters/cluster.layout.tsx';
import type { Route } from './+types/statements.page.ts';
import { sayFigure } from './chart-option.ts';
import { Dashboard, type Section } from './dashboard.tsx';
import { loadMonitoring } from './load-monitoring.ts';
import styles from './monitoring.module.css';
import type { Range } from './use-range.ts';

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), `${args.params.name} · ${text.tabStatements[localeOf(args)]}`);

export const loader = ({ context }: Route.LoaderArgs) => loadMonitoring(context.get(apiContext));

const sections: Section[] = [{ title: null, panels: ['statement-time', 'statement-calls'] }];

type Uses = { items: StatementUse[]; totalSeconds: number };

export default function StatementsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { cluster } = useCluster();
  const [uses, setUses] = useState<Uses | null>(null);
  // A chart tells statements apart by how they begin; their ids say nothing to a person.
  const nameOf = useCallback(
    ({ kind, name }: PanelSeries) =>
      kind === 'statement'
        ? (uses?.items.find(({ queryId }) => queryId === name)?.text?.slice(0, 60) ?? name)
        : undefined,
    [uses],
  );
  return (
    <>
      <p className={styles.lead}>{t(text.statementsLead)}</p>
      <Dashboard
        about={`cluster=${cluster.id}`}
        sections={sections}
        monitoring={loaderData}
        nameOf={nameOf}
        below={(range) => <Statements clusterId={cluster.id} range={range} uses={uses} setUses={setUses} />}
      />
    </>
  );
}

function Statements(props: {
  clusterId: string;
  range: Range;
  uses: Uses | null;
  setUses: (uses: Uses) => void;
}) {
  const t = useText();
  const { clusterId, range, uses, setUses } = props;
  const query = `cluster=${clusterId}&from=${range.from}&to=${range.to}`;
  useEffect(() => {
    let ended = false;
    readTrusted<Uses>(`/api/fleet/metrics/statements?${query}`).then(
      (found) => !ended && setUses(found),
      // The charts above say what is wrong.
      () => {},
    );
    return () => {
      ended = true;
    };
  }, [query, setUses]);
  return (
    <Panel title={t(text.statementsTitle)} flush>
      {uses === null && <div className={styles.waiting} aria-hidden />}
      {uses?.items.length === 0 && (
        <EmptyState title={t(text.noStatements)}>
          <p>{t(text.noStatementsHint)}</p>
        </EmptyState>
      )}
      {uses !== null && uses.items.length > 0 && <StatementTable uses={uses} />}
    </Panel>
  );
}

function StatementTable({ uses }: { uses: Uses }) {
  const t = useText();
  const format = useFormat();
  return (
    // A wide table is scrolled with the keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} role="region" aria-label={t(text.statementsTitle)} tabIndex={0}>
      <table className={styles.statements}>
        <thead>
          <tr>
            <th>{t(text.columnStatement)}</th>
            <th>{t(text.columnDatabase)}</th>
            <th>{t(text.columnUser)}</th>
            <th>{t(text.columnShare)}</th>
            <th>{t(text.columnTime)}</th>
            <th>{t(text.columnCalls)}</th>
            <th>{t(text.columnMean)}</th>
            <th>{t(text.columnRows)}</th>
            <th>{t(text.columnHits)}</th>
          </tr>
        </thead>
        <tbody>
          {uses.items.map((use) => (
            <tr key={`${use.queryId} ${use.database} ${use.user}`}>
              <td>
                {use.queryId === 'other' ? (
                  <em>{t(text.allOthers)}</em>
                ) : (
                  <code title={use.text ?? ''}>{use.text ?? `${t(text.noText)} (${use.queryId})`}</code>
                )}
              </td>
              <td>{use.database || '—'}</td>
              <td>{use.user || '—'}</td>
              <td>
                <span className={styles.share} style={{ '--share': use.share } as React.CSSProperties}>
                  {format.percent(use.share)}
                </span>
              </td>
              <td>{sayFigure(use.seconds, 'seconds', format)}</td>
              <td>{sayFigure(use.calls, 'count', format)}</td>
              <td>{sayFigure(use.seconds / Math.max(1, use.calls), 'seconds', format)}</td>
              <td>{sayFigure(use.rows / Math.max(1, use.calls), 'count', format)}</td>
              <td>{use.hitShare === null ? '—' : format.percent(use.hitShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
