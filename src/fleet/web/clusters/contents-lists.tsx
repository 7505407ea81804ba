import { Button, Select } from '@mantine/core';
import { useNavigate } from 'react-router';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Contents } from '#src/fleet/contract/clusters.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconDatabase, IconPlus, IconPuzzle, IconUser } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { ContentsAction } from './contents-dialogs.tsx';
import styles from './contents.module.css';

type Database = Contents['databases'][number];
type Role = Contents['roles'][number];
type Extension = Contents['extensions'][number];

type ListProps = { contents: Contents; act: (action: ContentsAction) => void };

function Add({ word, onClick }: { word: string; onClick: () => void }) {
  return (
    <Button size="sm" variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={onClick}>
      {word}
    </Button>
  );
}

/** The databases of a cluster. */
export function DatabaseList({ contents, act }: ListProps) {
  const t = useText();
  const format = useFormat();
  const may = useMay('fleet.database.manage');
  const columns: Column<Database>[] = [
    {
      key: 'name',
      title: text.columnName,
      main: true,
      cell: (row) => <code>{row.name}</code>,
      sortBy: (row) => row.name,
    },
    {
      key: 'owner',
      title: text.columnOwner,
      cell: (row) => <code>{row.owner}</code>,
      sortBy: (row) => row.owner,
    },
    {
      key: 'size',
      title: text.columnSize,
      align: 'end',
      cell: (row) => (row.sizeBytes === null ? '—' : format.bytes(row.sizeBytes)),
      sortBy: (row) => row.sizeBytes,
    },
    {
      key: 'encoding',
      title: text.columnEncoding,
      cell: (row) => row.encoding,
      sortBy: (row) => row.encoding,
    },
    {
      key: 'limit',
      title: text.columnLimit,
      align: 'end',
      cell: (row) => (row.connectionLimit < 0 ? t(text.unlimited) : row.connectionLimit),
      sortBy: (row) => row.connectionLimit,
    },
    ...(may
      ? [
          {
            key: 'actions',
            title: text.actions,
            align: 'end' as const,
            cell: (row: Database) =>
              row.name === 'postgres' ? (
                '—'
              ) : (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  onClick={() => act({ verb: 'dropDatabase', name: row.name })}
                >
                  {t(text.drop)}
                  <span className="el-hidden">{row.name}</span>
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <Panel
      title={t(text.databases)}
      flush
      actions={may && <Add word={t(text.createDatabase)} onClick={() => act({ verb: 'createDatabase' })} />}
    >
      <DataTable
        caption={t(text.databases)}
        columns={columns}
        rows={contents.databases}
        rowKey={(row) => row.name}
        empty={<EmptyState icon={IconDatabase} title={t(text.databasesNone)} />}
      />
    </Panel>
  );
}

/** The roles of a cluster; those that Elepherd runs are left alone. */
export function RoleList({ contents, act }: ListProps) {
  const t = useText();
  const may = useMay('fleet.database.manage');
  const columns: Column<Role>[] = [
    {
      key: 'name',
      title: text.columnName,
      main: true,
      cell: (row) => <code>{row.name}</code>,
      sortBy: (row) => row.name,
    },
    {
      key: 'may',
      title: text.columnMay,
      cell: (row) => (
        <span className={styles.marks}>
          {row.isSuperuser && <StatusBadge tone="warn" text={text.superuser} />}
          <StatusBadge
            tone={row.canLogin ? 'good' : 'idle'}
            text={row.canLogin ? text.canLogin : text.group}
          />
          {row.managed && <StatusBadge tone="idle" text={text.managed} />}
        </span>
      ),
    },
    {
      key: 'memberOf',
      title: text.columnMemberOf,
      cell: (row) => (row.memberOf.length === 0 ? '—' : <code>{row.memberOf.join(', ')}</code>),
    },
    {
      key: 'limit',
      title: text.columnLimit,
      align: 'end',
      cell: (row) => (row.connectionLimit < 0 ? t(text.unlimited) : row.connectionLimit),
      sortBy: (row) => row.connectionLimit,
    },
    ...(may
      ? [
          {
            key: 'actions',
            title: text.actions,
            align: 'end' as const,
            cell: (row: Role) =>
              row.managed ? (
                '—'
              ) : (
                <span className={styles.buttons}>
                  {row.canLogin && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      onClick={() => act({ verb: 'newPassword', name: row.name })}
                    >
                      {t(text.newPassword)}
                      <span className="el-hidden">{row.name}</span>
                    </Button>
                  )}
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="red"
                    onClick={() => act({ verb: 'dropRole', name: row.name })}
                  >
                    {t(text.drop)}
                    <span className="el-hidden">{row.name}</span>
                  </Button>
                </span>
              ),
          },
        ]
      : []),
  ];
  return (
    <Panel
      title={t(text.roles)}
      flush
      actions={may && <Add word={t(text.createRole)} onClick={() => act({ verb: 'createRole' })} />}
    >
      <DataTable
        caption={t(text.roles)}
        columns={columns}
        rows={contents.roles}
        rowKey={(row) => row.name}
        empty={<EmptyState icon={IconUser} title={t(text.rolesNone)} />}
      />
    </Panel>
  );
}

/** The extensions of one database. */
export function ExtensionList({ contents, database, act }: ListProps & { database: string }) {
  const t = useText();
  const navigate = useNavigate();
  const may = useMay('fleet.database.manage');
  const about = new Map(contents.extensionsOffered.map(({ name, comment }) => [name, comment]));
  const columns: Column<Extension>[] = [
    {
      key: 'name',
      title: text.columnName,
      main: true,
      cell: (row) => <code>{row.name}</code>,
      sortBy: (row) => row.name,
    },
    { key: 'about', title: text.columnAbout, cell: (row) => about.get(row.name) ?? '—' },
    {
      key: 'version',
      title: text.columnVersion,
      align: 'end',
      cell: (row) =>
        row.newest !== null && row.newest !== row.version
          ? t(text.versionOf(row.version, row.newest))
          : row.version,
      sortBy: (row) => row.version,
    },
    ...(may
      ? [
          {
            key: 'actions',
            title: text.actions,
            align: 'end' as const,
            cell: (row: Extension) =>
              row.name === 'plpgsql' ? (
                '—'
              ) : (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  onClick={() => act({ verb: 'dropExtension', name: row.name })}
                >
                  {t(text.drop)}
                  <span className="el-hidden">{row.name}</span>
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <Panel
      title={t(text.extensions)}
      flush
      actions={
        <>
          <Select
            size="sm"
            w={190}
            aria-label={t(text.database)}
            data={contents.databases.map(({ name }) => name)}
            value={database}
            allowDeselect={false}
            onChange={(name) =>
              name &&
              void navigate(`?database=${encodeURIComponent(name)}`, {
                preventScrollReset: true,
                replace: true,
              })
            }
          />
          {may && <Add word={t(text.createExtension)} onClick={() => act({ verb: 'createExtension' })} />}
        </>
      }
    >
      <DataTable
        caption={t(text.extensionsIn(database))}
        columns={columns}
        rows={contents.extensions}
        rowKey={(row) => row.name}
        empty={<EmptyState icon={IconPuzzle} title={t(text.extensionsNone(database))} />}
      />
    </Panel>
  );
}
