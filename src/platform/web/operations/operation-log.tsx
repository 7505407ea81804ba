import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { operationsText as text } from '#src/platform/contract/operations.text.ts';
import type { OperationLogLine } from '#src/platform/contract/operations.ts';
import { useFormat, useText } from '../i18n.tsx';
import { IconArrowDown } from '../ui/icons.ts';
import { Panel } from '../ui/panel.tsx';
import type { FeedLink } from './operation-feed.ts';
import styles from './operation-log.module.css';

const levels = { info: text.levelInfo, warning: text.levelWarning, error: text.levelError };
const links = { live: text.live, reconnecting: text.reconnecting, polling: text.polling, over: null };

/** The lines of an operation; follows the newest until the reader scrolls up. */
export function OperationLog({ lines, link }: { lines: OperationLogLine[]; link: FeedLink }) {
  const t = useText();
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  useEffect(() => {
    if (follows) toEnd();
  }, [lines, follows]);
  const word = links[link];
  return (
    <Panel
      title={t(text.log)}
      flush
      actions={
        word && (
          <span className={styles.link} data-link={link} role="status">
            {t(word)}
          </span>
        )
      }
    >
      <div className={styles.frame}>
        <div
          ref={box}
          className={styles.log}
          role="log"
          // Every line aloud would drown the step that the progress announces.
          aria-live="off"
          aria-label={t(text.log)}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and a keyboard must reach it
          tabIndex={0}
          onScroll={(event) => {
            const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
            setFollows(scrollTop + clientHeight >= scrollHeight - 24);
          }}
        >
          {lines.length === 0 && <p className={styles.none}>{t(text.logEmpty)}</p>}
          {lines.map((line) => (
            <p key={line.id} className={styles.line} data-level={line.level}>
              <time dateTime={line.at} title={format.fullTime(line.at)} suppressHydrationWarning>
                {format.time(line.at)}
              </time>
              <span>
                {line.level !== 'info' && <strong>{t(levels[line.level])} </strong>}
                {t(line.text)}
              </span>
            </p>
          ))}
        </div>
        {!follows && (
          <Button
            className={styles.newest ?? ''}
            size="xs"
            leftSection={<IconArrowDown size={14} aria-hidden />}
            onClick={() => {
              setFollows(true);
              toEnd();
            }}
          >
            {t(text.logNewest)}
          </Button>
        )}
      </div>
    </Panel>
  );
}
