import { Link, useMatch } from 'react-router';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Operation, OperationLogLine } from '#src/platform/contract/operations.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { isOver, useOperationFeed } from '#src/platform/web/operations/operation-feed.ts';
import { OperationBadge } from '#src/platform/web/operations/operation-state.tsx';
import { useEffect, useRef } from 'react';
import styles from './cluster.module.css';

type Props = { operation: Operation | undefined; lines: OperationLogLine[]; onEnd: () => void };

/** One line on what works on the cluster, on the pages that do not show its whole progress. */
export function RunningStrip({ operation, lines, onEnd }: Props) {
  const isOverview = useMatch('/clusters/:name') !== null;
  if (!operation || isOverview) return null;
  return <Strip key={operation.id} operation={operation} lines={lines} onEnd={onEnd} />;
}

function Strip({ operation: initial, lines, onEnd }: Props & { operation: Operation }) {
  const t = useText();
  const { operation } = useOperationFeed(initial, lines);
  const over = isOver(operation);
  const said = useRef(false);
  useEffect(() => {
    if (over && !said.current) onEnd();
    said.current = over;
  }, [over, onEnd]);
  const all = operation.steps.length;
  const done = operation.steps.filter(({ state }) => state === 'done' || state === 'skipped').length;
  const current = operation.steps.find(({ name }) => name === operation.step);
  return (
    <section className={styles.strip} aria-label={t(text.runningNow)}>
      <OperationBadge state={operation.state} />
      <strong>{t(operation.title)}</strong>
      <span className={styles.stripStep} role="status">
        {operation.reason ? t(operation.reason) : current ? t(current.title) : ''}
      </span>
      <progress
        value={operation.state === 'succeeded' ? all : done}
        max={all}
        aria-label={t(operation.title)}
      />
      <Link to={`/operations/${operation.id}`}>{t(text.showProgress)}</Link>
    </section>
  );
}
