import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { ClusterPreview } from '#src/fleet/contract/clusters.ts';
import type { Host } from '#src/fleet/contract/hosts.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { IconAlertTriangle, IconBan, IconCircleCheck, type Icon } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { Topology } from './topology.tsx';
import { nodesOfPreview } from './topology-model.ts';
import type { PreviewState } from './use-preview.ts';
import { memberCount, type Wish } from './wish.ts';
import styles from './wizard.module.css';

/** What stands in the way. */
export const blockersOf = (preview: ClusterPreview) =>
  preview.findings.filter(({ level }) => level === 'blocker');

const portWords: Record<keyof ClusterPreview['ports'], Text> = {
  postgres: text.portPostgres,
  patroni: text.portPatroni,
  etcdClient: text.portEtcdClient,
  etcdPeer: text.portEtcdPeer,
  pooler: text.portPooler,
  readWrite: text.portReadWrite,
  readOnly: text.portReadOnly,
};

/** What would be made, kept true while the choices change: what stands in the way first. */
export function PreviewPane({ wish, state, hosts }: { wish: Wish; state: PreviewState; hosts: Host[] }) {
  const t = useText();
  const { preview, problem, fresh } = state;
  const blockers = blockersOf(preview);
  const warnings = preview.findings.filter(({ level }) => level === 'warning');
  const stands = blockers.length === 0 && preview.members.length > 0;
  return (
    <Panel
      title={t(text.preview)}
      actions={
        <span className={styles.fresh} role="status">
          {t(fresh ? text.previewFresh : text.previewAsking)}
        </span>
      }
    >
      <div className={styles.preview} data-asking={!fresh || undefined}>
        <ProblemNotice problem={problem} />
        {blockers.length > 0 && (
          <Findings
            title={t(text.inTheWay(blockers.length))}
            tone="bad"
            icon={IconBan}
            items={blockers.map((one) => one.text)}
          />
        )}
        {warnings.length > 0 && (
          <Findings
            title={t(text.toKnow)}
            tone="warn"
            icon={IconAlertTriangle}
            items={warnings.map((one) => one.text)}
          />
        )}
        {stands && (
          <>
            <Topology
              compact
              nodes={nodesOfPreview(
                preview,
                memberCount(wish) === 1 ? 'async' : wish.protection,
                hosts.find(({ id }) => id === preview.witness?.hostId)?.failureDomain ?? null,
              )}
            />
            <p className={styles.sum}>
              <strong>{`PostgreSQL ${preview.pgVersion}`}</strong>
              {' · '}
              {t(text.etcdOn(preview.etcdHostNames.length))}
            </p>
          </>
        )}
        <Findings title={t(text.survives)} tone="good" icon={IconCircleCheck} items={preview.survives} />
        <Findings title={t(text.doesNotSurvive)} tone="bad" icon={IconBan} items={preview.doesNotSurvive} />
        <Findings title={t(text.costs)} tone="warn" icon={IconAlertTriangle} items={preview.costs} />
        {stands && <Details preview={preview} />}
        <p className={styles.hint}>{t(text.previewTouchesNothing)}</p>
      </div>
    </Panel>
  );
}

type FindingsProps = { title: string; tone: 'good' | 'warn' | 'bad'; icon: Icon; items: Text[] };

function Findings({ title, tone, icon: Shape, items }: FindingsProps) {
  const t = useText();
  if (items.length === 0) return null;
  return (
    <section className={styles.findings} data-tone={tone}>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item.en}>
            <Shape size={16} stroke={2} aria-hidden />
            <span>{t(item)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Details({ preview }: { preview: ClusterPreview }) {
  const t = useText();
  const ports = Object.entries(preview.ports) as [keyof ClusterPreview['ports'], number][];
  return (
    <div className={styles.details}>
      <details>
        <summary>{t(text.derivedSettings(preview.settings.length))}</summary>
        <dl className={styles.settings}>
          {preview.settings.map((setting) => (
            <div key={setting.name}>
              <dt>
                <code>{setting.name}</code>
                <code>{setting.value}</code>
              </dt>
              <dd>{t(setting.reason)}</dd>
            </div>
          ))}
        </dl>
      </details>
      <details>
        <summary>{t(text.portsOpened(ports.length))}</summary>
        <dl className={styles.ports}>
          {ports.map(([name, port]) => (
            <div key={name}>
              <dt>{t(portWords[name])}</dt>
              <dd>
                <code>{port}</code>
              </dd>
            </div>
          ))}
        </dl>
      </details>
      <details>
        <summary>{t(text.packagesInstalled(preview.packages.length))}</summary>
        <p className={styles.packages}>
          {preview.packages.map((name) => (
            <code key={name}>{name}</code>
          ))}
        </p>
      </details>
    </div>
  );
}
