import { Button, Skeleton } from '@mantine/core';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { RestorePreview } from '#src/fleet/contract/restores.ts';
import wizard from '#src/fleet/web/clusters/wizard.module.css';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { IconAlertTriangle } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './backups.module.css';
import type { PreviewState } from './use-restore-preview.ts';

const segmentBytes = 16 * 1024 ** 2;

type Props = { state: PreviewState; isNewest: boolean; take: (at: number) => void };

/** A moment as pgBackRest and PostgreSQL write it in their logs. */
const utcOf = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;

/** What a restore would do, kept true while the choices change; a refusal comes with the nearest way out. */
export function RestorePreviewPane({ state: { preview, problem, fresh }, isNewest, take }: Props) {
  const t = useText();
  return (
    <Panel
      title={t(text.preview)}
      actions={
        <span className={wizard.fresh} role="status">
          {t(fresh ? text.previewFresh : text.previewAsking)}
        </span>
      }
    >
      <div className={wizard.preview} data-asking={(!fresh && preview !== null) || undefined}>
        <ProblemNotice problem={problem} />
        {!preview && !problem && <Skeleton height={180} radius="md" />}
        {preview && !preview.possible && <Refusal preview={preview} take={take} />}
        {preview?.possible && <Way preview={preview} isNewest={isNewest} />}
        {preview && preview.warnings.length > 0 && (
          <section className={wizard.findings} data-tone="warn">
            <h3>{t(text.previewWarnings)}</h3>
            <ul>
              {preview.warnings.map((one) => (
                <li key={one.en}>
                  <IconAlertTriangle size={16} stroke={2} aria-hidden />
                  <span>{t(one)}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p className={wizard.hint}>{t(text.previewUntouched)}</p>
      </div>
    </Panel>
  );
}

function Refusal({ preview, take }: { preview: RestorePreview; take: (at: number) => void }) {
  const t = useText();
  const format = useFormat();
  const { refusal, nearest } = preview;
  return (
    <div className={styles.refusal}>
      <strong>{t(text.previewRefused)}</strong>
      {refusal && <p>{t(refusal)}</p>}
      {nearest && (
        <Button size="xs" variant="default" onClick={() => take(Date.parse(nearest))}>
          {t(text.takeNearest(format.dateTime(nearest)))}
        </Button>
      )}
    </div>
  );
}

function Way({ preview, isNewest }: { preview: RestorePreview; isNewest: boolean }) {
  const t = useText();
  const format = useFormat();
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t(text.previewMoment)}</dt>
        <dd>
          {preview.at === null ? (
            t(isNewest ? text.previewNewest : text.endOfBackup(preview.backup ?? ''))
          ) : (
            <span suppressHydrationWarning>
              {format.dateTime(preview.at)}
              <small>{`${format.timeZone} · ${utcOf(preview.at)}`}</small>
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t(text.previewBackup)}</dt>
        <dd>
          <code>{preview.backup}</code>
          {preview.backupEndedAt && (
            <small suppressHydrationWarning>
              {t(
                text.previewBackupEnded(format.dateTime(preview.backupEndedAt), preview.repositoryName ?? ''),
              )}
            </small>
          )}
        </dd>
      </div>
      {preview.walSegments !== null && (
        <div>
          <dt>{t(text.previewWal)}</dt>
          <dd>
            {t(text.previewWalCount(preview.walSegments, format.bytes(preview.walSegments * segmentBytes)))}
            <small>
              <code>{preview.firstWal}</code> – <code>{preview.lastWal}</code>
            </small>
          </dd>
        </div>
      )}
      <div>
        <dt>{t(text.previewTimeline)}</dt>
        <dd>{preview.timeline === null ? t(text.previewNewestTimeline) : String(preview.timeline)}</dd>
      </div>
      {preview.estimatedSeconds !== null && (
        <div>
          <dt>{t(text.previewTime)}</dt>
          <dd>
            {format.duration(preview.estimatedSeconds)}
            <small>{t(preview.measured ? text.previewMeasured : text.previewGuess)}</small>
          </dd>
        </div>
      )}
      {preview.needsBytes !== null && (
        <div>
          <dt>{t(text.previewSpace)}</dt>
          <dd>{format.bytes(preview.needsBytes)}</dd>
        </div>
      )}
      <div>
        <dt>{t(text.previewHosts)}</dt>
        <dd>
          <ul className={styles.hosts}>
            {preview.hosts.map((host) => (
              <li key={host.hostName}>
                <strong>{host.hostName}</strong> {t(host.what)}
                {host.freeBytes !== null && (
                  <small>{t(text.previewFree(format.bytes(host.freeBytes)))}</small>
                )}
              </li>
            ))}
          </ul>
        </dd>
      </div>
    </dl>
  );
}
