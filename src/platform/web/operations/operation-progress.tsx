import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { operationsText as text } from '#src/platform/contract/operations.text.ts';
import type { Operation, OperationLogLine } from '#src/platform/contract/operations.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { problemOf } from '../api.ts';
import { postTrusted } from '../browser-api.ts';
import { useFormat, useText } from '../i18n.tsx';
import { IconBan, IconRefresh } from '../ui/icons.ts';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useNow } from '../ui/time-ago.tsx';
import { useMay } from '../viewer.ts';
import { isOver, secondsBetween, useOperationFeed } from './operation-feed.ts';
import { OperationLog } from './operation-log.tsx';
import styles from './operation-progress.module.css';
import { OperationBadge, stepLook } from './operation-state.tsx';

type Props = {
  operation: Operation;
  /** Lines already known, oldest first; the stream brings the rest. */
  lines?: OperationLogLine[];
  /** Called once when it has succeeded, failed or been cancelled while somebody watched. */
  onEnd?: (operation: Operation) => void;
};

/**
 * Long work as it goes on: steps done, running and to come, the log, a way to cancel and to retry. Follows by itself.
 * Give it `key={operation.id}` where the operation can change.
 */
export function OperationProgress({ operation: initial, lines: initialLines = [], onEnd }: Props) {
  const t = useText();
  const { operation, lines, link, replace } = useOperationFeed(initial, initialLines);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  useEnd(operation, onEnd);

  const command = async (verb: 'cancel' | 'retry') => {
    setBusy(true);
    setProblem(null);
    try {
      replace(await postTrusted<Operation>(`/api/platform/operations/${operation.id}/${verb}`));
    } catch (error) {
      const found = problemOf(error);
      if (!found) throw error;
      setProblem(found);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={styles.layout}>
      <Panel
        title={t(operation.title)}
        actions={<Commands operation={operation} busy={busy} command={(verb) => void command(verb)} />}
      >
        <ProblemNotice problem={problem} />
        <Summary operation={operation} />
        <Steps operation={operation} />
      </Panel>
      <OperationLog lines={lines} link={link} />
    </div>
  );
}

function useEnd(operation: Operation, onEnd: Props['onEnd']) {
  const wasOver = useRef(isOver(operation));
  useEffect(() => {
    const over = isOver(operation);
    if (over && !wasOver.current) onEnd?.(operation);
    wasOver.current = over;
  }, [operation, onEnd]);
}

function Summary({ operation }: { operation: Operation }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(1000);
  const over = isOver(operation);
  const all = operation.steps.length;
  const done = operation.steps.filter((step) => step.state === 'done' || step.state === 'skipped').length;
  const at = operation.steps.findIndex((step) => step.name === operation.step);
  const current = operation.steps[at];
  const share = operation.state === 'succeeded' ? 1 : all === 0 ? 0 : done / all;
  return (
    <div className={styles.summary} data-state={operation.state}>
      <div className={styles.figures}>
        <OperationBadge state={operation.state} />
        <span>{t(text.progress(done, all))}</span>
        <span className={styles.time} suppressHydrationWarning>
          {t(over ? text.took : text.elapsed)}{' '}
          {format.duration(secondsBetween(operation.createdAt, operation.endedAt, now))}
        </span>
      </div>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={t(operation.title)}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={Math.round(share * all)}
      >
        <div style={{ width: `${share * 100}%` }} />
      </div>
      <p className="el-hidden" role="status" aria-live="polite">
        {current && !over ? t(text.nowAt(at + 1, all, current.title)) : t(text[operation.state])}
      </p>
      {operation.reason && (
        <p className={styles.reason} data-tone={operation.state === 'failed' ? 'bad' : 'warn'}>
          {/* What it waits for is a sentence that says so itself. */}
          {operation.state === 'failed' && <strong>{t(text.whyFailed)} </strong>}
          {t(operation.reason)}
        </p>
      )}
    </div>
  );
}

function Steps({ operation }: { operation: Operation }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(1000);
  return (
    <ol className={styles.steps} aria-label={t(text.steps)}>
      {operation.steps.map((step) => {
        const { icon: Icon, text: word } = stepLook[step.state];
        return (
          <li
            key={step.name}
            data-state={step.state}
            aria-current={step.state === 'running' || step.state === 'waiting' ? 'step' : undefined}
          >
            <span className={styles.dot}>
              <Icon size={14} stroke={2.4} aria-hidden />
            </span>
            <span className={styles.stepTitle}>{t(step.title)}</span>
            <span className={styles.stepState}>
              <span className={styles.stepWord}>{t(word)}</span>
              {step.startedAt && step.state !== 'skipped' && (
                <span className={styles.time} suppressHydrationWarning>
                  {format.duration(secondsBetween(step.startedAt, step.endedAt ?? operation.endedAt, now))}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

type CommandsProps = { operation: Operation; busy: boolean; command: (verb: 'cancel' | 'retry') => void };

function Commands({ operation, busy, command }: CommandsProps) {
  const t = useText();
  const mayCancel = useMay('platform.operation.cancel');
  const mayRetry = useMay('platform.operation.retry');
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      {operation.state === 'failed' && mayRetry && (
        <Button
          size="sm"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={busy}
          onClick={() => command('retry')}
        >
          {t(text.retry)}
        </Button>
      )}
      {operation.canCancel && mayCancel && (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconBan size={16} aria-hidden />}
          loading={busy}
          onClick={open}
        >
          {t(text.cancel)}
        </Button>
      )}
      <Modal
        opened={asking}
        onClose={close}
        title={t(text.cancelTitle)}
        closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
      >
        <p className={styles.ask}>{t(text.cancelBody)}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t(text.keepGoing)}
          </Button>
          <Button
            color="red"
            onClick={() => {
              close();
              command('cancel');
            }}
          >
            {t(text.cancel)}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
