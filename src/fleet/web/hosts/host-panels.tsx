import type { Cluster, Member } from '#src/fleet/contract/clusters.ts';
import { hostPageText as text } from '#src/fleet/contract/host-pages.text.ts';
import type { Host, HostFacts } from '#src/fleet/contract/hosts.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { DataTable } from '#src/platform/web/ui/data-table.tsx';
import { FactList, Panel } from '#src/platform/web/ui/panel.tsx';
import { TimeAgo } from '#src/platform/web/ui/time-ago.tsx';
import { HealthBadge, roleWord } from '../clusters/cluster-words.tsx';
import { foundOn } from './host-words.tsx';
import styles from './hosts.module.css';

/** Clocks nearer than this are as good as the same. */
const clockRightSeconds = 0.5;
const nearlyFull = 0.9;

export function MachinePanel({ host: { facts, address } }: { host: Host }) {
  const t = useText();
  const format = useFormat();
  if (!facts)
    return (
      <Panel title={t(text.machine)} flush>
        <p className={styles.quiet}>{t(text.noFacts)}</p>
      </Panel>
    );
  const known = [
    { name: text.system, value: facts.os.name },
    { name: text.processor, value: `${t(text.size(facts.cpu.cores, facts.cpu.model || '—'))}` },
    {
      name: text.memory,
      value: t(text.memoryFree(format.bytes(facts.memoryAvailableBytes), format.bytes(facts.memoryBytes))),
    },
    { name: text.addresses, value: facts.addresses.length > 0 ? facts.addresses.join(', ') : address },
    { name: text.clock, value: t(clockWords(facts, format.duration)) },
    { name: text.libraries, value: `${facts.libc ?? '—'} · ${facts.icu ?? '—'}` },
    { name: text.kernel, value: facts.kernel },
    { name: text.keeper, value: t(facts.systemd ? text.keeperSystemd : text.keeperAgent) },
    {
      name: text.upgrades,
      value: facts.unattendedUpgrades ? (
        <span className={styles.warn}>{t(text.upgradesOn)}</span>
      ) : (
        t(text.upgradesOff)
      ),
    },
  ];
  return (
    <Panel title={t(text.machine)}>
      <FactList facts={known.map(({ name, value }) => ({ name: t(name), value }))} />
    </Panel>
  );
}

function clockWords({ timeOffsetSeconds: by }: HostFacts, duration: (seconds: number) => string): Text {
  if (Math.abs(by) < clockRightSeconds) return text.clockRight;
  return by > 0 ? text.clockAhead(duration(by)) : text.clockBehind(duration(-by));
}

type Placed = { cluster: Cluster; member: Member };

export function ClustersPanel({ host, clusters }: { host: Host; clusters: readonly Cluster[] }) {
  const t = useText();
  const placed = clusters.flatMap((cluster): Placed[] =>
    cluster.members.filter((member) => member.hostId === host.id).map((member) => ({ cluster, member })),
  );
  return (
    <Panel title={t(text.clusters)} flush>
      <DataTable
        caption={t(text.clustersCaption)}
        rows={placed}
        rowKey={({ member }) => member.id}
        rowHref={({ cluster }) => `/clusters/${cluster.name}`}
        empty={<p className={styles.quiet}>{t(text.noClusters)}</p>}
        columns={[
          { key: 'cluster', title: text.columnCluster, main: true, cell: ({ cluster }) => cluster.name },
          {
            key: 'health',
            title: text.columnState,
            cell: ({ cluster }) => <HealthBadge cluster={cluster} />,
          },
          {
            key: 'role',
            title: text.columnRole,
            cell: ({ member }) =>
              member.kind === 'server' && member.role === null ? '—' : t(roleWord(member)),
          },
          {
            key: 'version',
            title: text.columnVersion,
            cell: ({ cluster }) => `PostgreSQL ${cluster.pgVersion}`,
          },
          {
            key: 'port',
            title: text.columnPort,
            align: 'end',
            cell: ({ cluster, member }) => (member.kind === 'server' ? cluster.ports.postgres : '—'),
          },
        ]}
      />
    </Panel>
  );
}

export function FoundPanel({ host }: { host: Host }) {
  const t = useText();
  const found = foundOn(host);
  if (found.length === 0) return null;
  return (
    <Panel title={t(text.found)} flush>
      <p className={styles.hint}>{t(text.foundHint)}</p>
      <DataTable
        caption={t(text.foundCaption)}
        rows={found}
        rowKey={({ pid }) => String(pid)}
        empty={null}
        columns={[
          {
            key: 'directory',
            title: text.columnDirectory,
            main: true,
            cell: ({ dataDirectory }) => <span className={styles.path}>{dataDirectory}</span>,
          },
          { key: 'version', title: text.columnVersion, cell: ({ version }) => version ?? '—' },
          { key: 'port', title: text.columnPort, align: 'end', cell: ({ port }) => port ?? '—' },
        ]}
      />
    </Panel>
  );
}

export function DisksPanel({ host: { facts } }: { host: Host }) {
  const t = useText();
  const format = useFormat();
  if (!facts) return null;
  const usedOf = (disk: HostFacts['disks'][number]) =>
    disk.sizeBytes > 0 ? 1 - disk.freeBytes / disk.sizeBytes : 0;
  return (
    <Panel title={t(text.disks)} flush>
      <DataTable
        caption={t(text.disksCaption)}
        rows={facts.disks}
        rowKey={({ mount }) => mount}
        empty={<p className={styles.quiet}>{t(text.noDisks)}</p>}
        columns={[
          {
            key: 'mount',
            title: text.diskMount,
            main: true,
            cell: ({ mount }) => <span className={styles.path}>{mount}</span>,
          },
          { key: 'type', title: text.diskType, cell: ({ fileSystem }) => fileSystem },
          {
            key: 'size',
            title: text.diskSize,
            align: 'end',
            cell: ({ sizeBytes }) => format.bytes(sizeBytes),
          },
          {
            key: 'free',
            title: text.diskFree,
            align: 'end',
            cell: ({ freeBytes }) => format.bytes(freeBytes),
          },
          {
            key: 'used',
            title: text.diskUsed,
            cell: (disk) => (
              <span className={styles.used}>
                <span className={styles.bar} aria-hidden>
                  <i
                    style={{ width: `${Math.round(usedOf(disk) * 100)}%` }}
                    data-full={usedOf(disk) > nearlyFull || undefined}
                  />
                </span>
                <span className="el-number">{format.percent(usedOf(disk))}</span>
              </span>
            ),
            sortBy: usedOf,
          },
        ]}
      />
    </Panel>
  );
}

export function AgentPanel({ host }: { host: Host }) {
  const t = useText();
  const format = useFormat();
  const facts = [
    { name: text.agentVersion, value: t(versionWords(host)) },
    { name: text.seen, value: host.lastSeenAt === null ? t(text.never) : <TimeAgo at={host.lastSeenAt} /> },
    {
      name: text.certificate,
      value:
        host.certificateEndsAt === null ? (
          <span className={styles.warn}>{t(text.noCertificate)}</span>
        ) : (
          <span title={t(text.certificateHint)}>{format.date(host.certificateEndsAt)}</span>
        ),
    },
    { name: text.added, value: format.date(host.createdAt) },
  ];
  return (
    <Panel title={t(text.agent)}>
      <FactList facts={facts.map(({ name, value }) => ({ name: t(name), value }))} />
    </Panel>
  );
}

function versionWords({ agentVersion, agentUpToDate }: Host): Text {
  if (agentVersion === null) return text.never;
  if (agentVersion === 'source') return text.agentSource;
  const short = agentVersion.slice(0, 12);
  return agentUpToDate ? text.agentCurrent(short) : text.agentUpdates(short);
}

export function SoftwarePanel({ host: { facts } }: { host: Host }) {
  const t = useText();
  if (!facts) return null;
  const majors = [
    ...new Set([...facts.postgresOffered, ...facts.postgresInstalled].map(({ major }) => major)),
  ].sort((a, b) => b - a);
  const version = (list: HostFacts['postgresOffered'], major: number) =>
    list.find((one) => one.major === major)?.version ?? null;
  const rows = [
    ...majors.map((major) => ({
      name: `PostgreSQL ${major}`,
      installed: version(facts.postgresInstalled, major),
      offered: version(facts.postgresOffered, major),
    })),
    ...Object.entries(facts.parts).map(([name, { installed, offered }]) => ({ name, installed, offered })),
  ];
  return (
    <Panel title={t(text.software)} flush>
      <DataTable
        caption={t(text.softwareCaption)}
        rows={rows}
        rowKey={({ name }) => name}
        empty={null}
        columns={[
          {
            key: 'name',
            title: text.columnPackage,
            main: true,
            cell: ({ name }) => <span className={styles.version}>{name}</span>,
          },
          {
            key: 'installed',
            title: text.columnInstalled,
            cell: ({ installed }) => <Version value={installed} />,
          },
          { key: 'offered', title: text.columnOffered, cell: ({ offered }) => <Version value={offered} /> },
        ]}
      />
    </Panel>
  );
}

/** Without what only a packager reads. */
function Version({ value }: { value: string | null }) {
  return value === null ? '—' : <span title={value}>{value.replace(/^\d+:/, '').split('-')[0]}</span>;
}
