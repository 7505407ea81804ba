import { Link } from 'react-router';
import { sandboxPageText as text } from '#src/fleet/contract/sandbox-pages.text.ts';
import { emptyTemplate, type LimitsEnforced, type MadeSandbox } from '#src/fleet/contract/sandboxes.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { CodeBlock } from '#src/platform/web/ui/code-block.tsx';
import { CopyButton } from '#src/platform/web/ui/copy-button.tsx';
import { DataTable } from '#src/platform/web/ui/data-table.tsx';
import { FactList, Panel } from '#src/platform/web/ui/panel.tsx';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { keepers, livesOn, TimeLeft } from './sandbox-words.tsx';
import styles from './sandboxes.module.css';

type Props = { sandbox: MadeSandbox };

/** How to get in, for its maker. */
export function ConnectPanel({ sandbox: { connection, madeBy } }: Props) {
  const t = useText();
  if (!connection)
    return (
      <Panel title={t(text.connect)}>
        <p className={styles.dim}>{t(text.notYours(madeBy))}</p>
      </Panel>
    );
  const facts = [
    { name: text.database, value: connection.database },
    { name: text.user, value: connection.user },
    {
      name: text.password,
      value: (
        <span className={styles.secret}>
          {connection.password}
          <CopyButton value={connection.password} />
        </span>
      ),
    },
  ];
  return (
    <Panel title={t(text.connect)}>
      <div className={styles.connect}>
        <div>
          <h3>{t(text.connectCommand)}</h3>
          <CodeBlock code={`psql '${connection.url}'`} label={t(text.connectCommand)} />
        </div>
        <div>
          <h3>{t(text.connectUrl)}</h3>
          <CodeBlock code={connection.url} label={t(text.connectUrl)} />
        </div>
        <FactList facts={facts.map(({ name, value }) => ({ name: t(name), value }))} />
        {connection.authority !== null && (
          <details>
            <summary>{t(text.showAuthority)}</summary>
            <CodeBlock code={connection.authority.trim()} label={t(text.authority)} />
          </details>
        )}
      </div>
    </Panel>
  );
}

export function AboutPanel({ sandbox }: Props) {
  const t = useText();
  const mayHosts = useMay('fleet.host.read');
  const { host, storage } = sandbox;
  const storageWords = storage && [
    storage.endsWith('memory') ? text.inMemoryShort : text.onDisk,
    storage.startsWith('copy') ? text.copied : text.shared,
  ];
  const facts = [
    { name: text.columnLeft, value: <TimeLeft sandbox={sandbox} className={styles.left} /> },
    livesOn(sandbox)
      ? { name: text.endsAt, value: <Moment at={sandbox.expiresAt} /> }
      : { name: text.endedAt, value: <Moment at={sandbox.endedAt ?? sandbox.expiresAt} /> },
    { name: text.version, value: t(text.versionChoice(sandbox.pgVersion)) },
    {
      name: text.template,
      value: sandbox.template === emptyTemplate ? t(text.templateEmpty) : sandbox.template,
    },
    {
      name: text.host,
      value: mayHosts ? (
        <Link to={`/hosts/${host.id}`} className={styles.host}>
          {host.name}
        </Link>
      ) : (
        host.name
      ),
    },
    {
      name: text.columnAddress,
      value: sandbox.address === null ? '—' : `${sandbox.address}:${sandbox.port}`,
    },
    { name: text.storage, value: storageWords ? storageWords.map(t).join(' · ') : '—' },
    {
      name: text.readyAfter,
      value: sandbox.readyMs === null ? '—' : t(text.milliseconds(Math.round(sandbox.readyMs))),
    },
    { name: text.columnBy, value: sandbox.madeBy },
  ];
  return (
    <Panel title={t(text.about)}>
      <FactList facts={facts.map(({ name, value }) => ({ name: t(name), value }))} />
    </Panel>
  );
}

// The server may not know the reader's zone yet.
function Moment({ at }: { at: string }) {
  return <span suppressHydrationWarning>{useFormat().dateTime(at)}</span>;
}

type Limit = { name: keyof LimitsEnforced; title: Text; value: string };

export function LimitsPanel({ sandbox: { limits, limitsEnforced } }: Props) {
  const t = useText();
  const format = useFormat();
  const mebibyte = 1024 ** 2;
  const rows: Limit[] = [
    { name: 'memory', title: text.memory, value: format.bytes(limits.memoryMb * mebibyte) },
    { name: 'cpu', title: text.cpu, value: t(text.cores(limits.cpuCores)) },
    { name: 'disk', title: text.disk, value: format.bytes(limits.diskMb * mebibyte) },
    { name: 'connections', title: text.connections, value: format.number(limits.connections) },
    { name: 'statements', title: text.statements, value: format.duration(limits.statementSeconds) },
    { name: 'network', title: text.network, value: t(text.shut) },
    { name: 'files', title: text.files, value: t(text.shut) },
  ];
  return (
    <Panel title={t(text.limits)} flush>
      <DataTable
        caption={t(text.limits)}
        rows={rows}
        rowKey={(row) => row.name}
        empty={null}
        columns={[
          { key: 'name', title: text.limit, main: true, cell: (row) => t(row.title) },
          { key: 'value', title: text.value, cell: (row) => <span className="el-number">{row.value}</span> },
          {
            key: 'kept',
            title: text.keptBy,
            cell: (row) => {
              if (!limitsEnforced) return '—';
              const [tone, word] = keepers[limitsEnforced[row.name]];
              return <StatusBadge tone={tone} text={word} />;
            },
          },
        ]}
      />
    </Panel>
  );
}
