import { Button } from '@mantine/core';
import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { z } from 'zod';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import { AlertRule, ruleTopics } from '#src/fleet/contract/alerts.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { type Column, DataTable } from '#src/platform/web/ui/data-table.tsx';
import { IconPencil, IconPlus } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/rules.page.ts';
import { AlertTabs, SeverityBadge, topicWords, unitWords } from './alert-words.tsx';
import styles from './alerts.module.css';
import { RuleDialog } from './rule-dialog.tsx';

export const meta = titled(text.tabRules);

export async function loader({ context }: Route.LoaderArgs) {
  return { rules: await context.get(apiContext).get('/api/fleet/alert-rules', z.array(AlertRule)) };
}

export default function RulesPage({ loaderData: { rules } }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const mayManage = useMay('fleet.alert.manage');
  const [asked, setAsked] = useState<AlertRule | 'new' | null>(null);
  const columns = useColumns(mayManage ? setAsked : undefined);
  return (
    <>
      <PageHeader
        title={t(text.tabRules)}
        lead={t(text.rulesLead)}
        actions={
          mayManage && (
            <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAsked('new')}>
              {t(text.addRule)}
            </Button>
          )
        }
      />
      <AlertTabs />
      {ruleTopics
        .toSorted((a, b) => Number(b === 'own') - Number(a === 'own'))
        .map((topic) => {
          const own = rules.filter((rule) => rule.topic === topic);
          return (
            own.length > 0 && (
              <Panel key={topic} flush title={t(topicWords[topic])}>
                <DataTable
                  caption={t(topicWords[topic])}
                  columns={columns}
                  rows={own}
                  rowKey={(row) => row.rule}
                  empty={null}
                />
              </Panel>
            )
          );
        })}
      <RuleDialog
        asked={asked}
        close={() => setAsked(null)}
        done={() => {
          setAsked(null);
          void revalidate();
        }}
      />
    </>
  );
}

function useColumns(edit: ((rule: AlertRule) => void) | undefined): Column<AlertRule>[] {
  const t = useText();
  const format = useFormat();
  return [
    {
      key: 'rule',
      title: text.columnRule,
      main: true,
      cell: (row) => (
        <span className={styles.name}>
          <strong>{t(row.title)}</strong>
          <small>{t(row.explanation.meaning)}</small>
        </span>
      ),
    },
    {
      key: 'severity',
      title: text.columnSeverity,
      cell: (row) =>
        row.enabled ? (
          <SeverityBadge severity={row.severity} />
        ) : (
          <StatusBadge tone="idle" text={text.disabled} />
        ),
    },
    {
      key: 'when',
      title: text.columnWhen,
      cell: (row) => (
        <span className={styles.name}>
          {row.threshold !== null && row.unit !== null && (
            <span className="el-number">
              {row.unit === 'bytes'
                ? format.bytes(row.threshold)
                : `${format.number(row.threshold)} ${t(unitWords[row.unit])}`}
            </span>
          )}
          {!row.shipped && <code className={styles.code}>{row.expression}</code>}
          <small>
            {t(row.forSeconds === 0 ? text.atOnce : text.holdsFor(format.duration(row.forSeconds)))}
            {row.changed && ` · ${t(text.changed)}`}
          </small>
        </span>
      ),
    },
    { key: 'now', title: text.columnNow, align: 'end', cell: (row) => (row.firing > 0 ? row.firing : '—') },
    ...(edit
      ? [
          {
            key: 'edit',
            title: text.columnActions,
            align: 'end' as const,
            cell: (row: AlertRule) => (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconPencil size={15} aria-hidden />}
                aria-label={`${t(text.editRule)}: ${t(row.title)}`}
                onClick={() => edit(row)}
              >
                {t(text.editRule)}
              </Button>
            ),
          },
        ]
      : []),
  ];
}
