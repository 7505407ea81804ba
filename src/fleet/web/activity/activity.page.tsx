import { Button, SegmentedControl } from '@mantine/core';
import { useRevalidator, useSearchParams } from 'react-router';
import { type LockNode, LockTree, LogTail } from '#src/fleet/contract/activity.ts';
import { activityText as text, errorClassWords } from '#src/fleet/contract/activity.text.ts';
import { useCluster } from '#src/fleet/web/clusters/cluster.layout.tsx';
import { problemOf } from '#src/platform/web/api.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import type { Route } from './+types/activity.page.ts';
import styles from './activity.module.css';

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), `${args.params.name} · ${text.tab[localeOf(args)]}`);

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const path = `/api/fleet/clusters/${encodeURIComponent(params.name)}`;
  const only = new URL(request.url).searchParams.get('only') === 'errors' ? 'errors' : 'all';
  const mayLog = context.get(viewerContext).permissions.includes('fleet.evidence.show');
  try {
    const [locks, log] = await Promise.all([
      api.get(`${path}/locks`, LockTree),
      mayLog ? api.get(`${path}/log?lines=200&only=${only}`, LogTail) : null,
    ]);
    return { locks, log, problem: null };
  } catch (error) {
    // A server in trouble may not answer: the page says so and can be asked again.
    const problem = problemOf(error);
    if (problem === null || problem.status === 404) throw error;
    return { locks: null, log: null, problem };
  }
}

export default function ActivityPage({ loaderData: { locks, log, problem } }: Route.ComponentProps) {
  const t = useText();
  const { revalidate, state } = useRevalidator();
  useCluster();
  const again = (
    <Button size="xs" variant="default" loading={state !== 'idle'} onClick={() => void revalidate()}>
      {t(text.again)}
    </Button>
  );
  return (
    <>
      <ProblemNotice problem={problem} />
      {problem !== null && <p>{again}</p>}
      {locks !== null && (
        <Panel title={t(text.locks)} flush>
          <div className={`${styles.head} ${styles.above}`}>
            <p>{t(text.locksLead)}</p>
            <span>
              {t(text.ofMember(locks.member))} {again}
            </span>
          </div>
          <Locks sessions={locks.sessions} />
        </Panel>
      )}
      {log !== null && <Log log={log} />}
    </>
  );
}

function Locks({ sessions }: { sessions: LockNode[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <DataTable
      caption={t(text.locks)}
      rows={sessions}
      rowKey={({ pid }) => String(pid)}
      empty={<EmptyState title={t(text.noLocks)} />}
      columns={[
        {
          key: 'pid',
          title: text.session,
          main: true,
          cell: ({ pid, depth }) => (
            <span
              className={styles.session}
              style={{ paddingInlineStart: `${Math.min(depth, 12) * 1.25}rem` }}
            >
              {depth > 0 && <span aria-hidden>↳ </span>}
              {pid === 0 ? t(text.prepared) : pid}
            </span>
          ),
        },
        {
          key: 'who',
          title: text.who,
          cell: ({ user, database, application, client }) => (
            <>
              {user}@{database}
              <small className={styles.quiet}>{[application, client].filter(Boolean).join(' · ')}</small>
            </>
          ),
        },
        { key: 'state', title: text.state, cell: ({ state }) => state },
        { key: 'waits', title: text.waits, cell: ({ wants, waitsFor }) => wants || waitsFor || '—' },
        {
          key: 'since',
          title: text.since,
          align: 'end',
          cell: ({ stateSeconds }) => format.duration(Math.round(stateSeconds)),
        },
        {
          key: 'transaction',
          title: text.transaction,
          align: 'end',
          cell: ({ transactionSeconds }) => format.duration(Math.round(transactionSeconds)),
        },
        { key: 'holds', title: text.holdsUp, align: 'end', cell: ({ holdsUp }) => holdsUp },
        {
          key: 'statement',
          title: text.statement,
          cell: ({ statement }) => <code className={styles.statement}>{statement}</code>,
        },
      ]}
    />
  );
}

function Log({ log }: { log: LogTail }) {
  const t = useText();
  const [params, setParams] = useSearchParams();
  const only = params.get('only') === 'errors' ? 'errors' : 'all';
  return (
    <Panel title={t(text.log)}>
      <div className={styles.head}>
        <span>{t(text.ofMember(log.member))}</span>
        <SegmentedControl
          size="xs"
          aria-label={t(text.log)}
          value={only}
          onChange={(value) =>
            setParams(value === 'errors' ? { only: 'errors' } : {}, { preventScrollReset: true })
          }
          data={[
            { value: 'all', label: t(text.allLines) },
            { value: 'errors', label: t(text.onlyErrors) },
          ]}
        />
      </div>
      {log.lines.length === 0 && <p className={styles.quiet}>{t(text.noLines)}</p>}
      {log.lines.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reached by keyboard
        <ol className={styles.log} tabIndex={0} aria-label={t(text.log)}>
          {log.lines.map((line, index) => (
            // Lines have no name of their own, and never change places.
            <li key={index} data-error={line.errorClass !== null || undefined}>
              {line.errorClass !== null && <b>{t(errorClassWords[line.errorClass])} </b>}
              {line.text}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
