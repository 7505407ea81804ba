import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { z } from 'zod';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import { recoveryTimes, SettingRow } from '#src/fleet/contract/clusters.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { problemOf } from '#src/platform/web/api.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconAdjustments, IconSearch } from '#src/platform/web/ui/icons.ts';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/settings.page.ts';
import { useCluster } from './cluster.layout.tsx';
import { ClusterWishes } from './cluster-wishes.tsx';
import { SettingEditor } from './setting-editor.tsx';
import { checkValue, type Draft } from './setting-value.ts';
import { SettingsReview } from './settings-review.tsx';
import styles from './settings.module.css';

const shownAtOnce = 40;

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), text.settingsTitle(args.params.name)[localeOf(args)]);

export async function loader({ context, params }: Route.LoaderArgs) {
  const path = `/api/fleet/clusters/${encodeURIComponent(params.name)}/settings`;
  try {
    const settings = await context.get(apiContext).get(path, z.array(SettingRow));
    return { settings, problem: null, recoveryTimes };
  } catch (error) {
    const problem: Problem | null = problemOf(error);
    if (problem && [409, 503].includes(problem.status)) return { settings: null, problem, recoveryTimes };
    throw error;
  }
}

export default function SettingsPage({
  loaderData: { settings, problem, recoveryTimes: times },
}: Route.ComponentProps) {
  const t = useText();
  const { cluster, refresh } = useCluster();
  return (
    <>
      <ClusterWishes cluster={cluster} times={times} done={refresh} />
      {settings ? (
        <Editor
          settings={settings}
          cluster={cluster.id}
          several={cluster.members.length > 1}
          done={refresh}
        />
      ) : (
        <Panel title={t(text.settings)}>
          <ProblemNotice problem={problem} />
          <Button variant="default" onClick={refresh}>
            {t(text.tryAgain)}
          </Button>
        </Panel>
      )}
    </>
  );
}

type Filter = 'chosen' | 'person' | 'restart' | 'all';

const passes: Record<Filter, (row: SettingRow) => boolean> = {
  chosen: (row) => row.source !== 'default',
  person: (row) => row.source === 'person',
  restart: (row) => row.needsRestart,
  all: () => true,
};

type EditorProps = { settings: SettingRow[]; cluster: string; several: boolean; done: () => void };

function Editor({ settings, cluster, several, done }: EditorProps) {
  const t = useText();
  const mayEdit = useMay('fleet.cluster.update');
  const [filter, setFilter] = useState<Filter>('chosen');
  const [typed, setTyped] = useState('');
  const [most, setMost] = useState(shownAtOnce);
  const [draft, setDraft] = useState<Draft>({});
  const [reviewing, setReviewing] = useState(false);
  const search = useDeferredValue(typed.trim().toLowerCase());
  const found = useMemo(
    () =>
      settings.filter((row) =>
        // Whoever searches means all settings, not only those of the chosen list.
        search === '' ? passes[filter](row) : `${row.name} ${row.description}`.toLowerCase().includes(search),
      ),
    [settings, filter, search],
  );
  const changes = Object.keys(draft).length;
  const wrong = settings.filter(
    (row) => typeof draft[row.name] === 'string' && checkValue(row, draft[row.name] ?? '') !== null,
  ).length;
  const change = (name: string, value: string | null | undefined) =>
    setDraft((known) => {
      const rest = Object.fromEntries(Object.entries(known).filter(([key]) => key !== name));
      return value === undefined ? rest : { ...rest, [name]: value };
    });
  return (
    <Panel title={t(text.settings)} flush>
      <div className={styles.tools}>
        <TextInput
          className={styles.search ?? ''}
          aria-label={t(text.searchSettings)}
          placeholder={t(text.searchSettings)}
          leftSection={<IconSearch size={17} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          type="search"
        />
        <SegmentedControl
          className={styles.filter ?? ''}
          size="sm"
          aria-label={t(text.filter)}
          value={filter}
          onChange={(value) => setFilter(value as Filter)}
          data={[
            { value: 'chosen', label: t(text.filterChosen) },
            { value: 'person', label: t(text.filterPerson) },
            { value: 'restart', label: t(text.filterRestart) },
            { value: 'all', label: t(text.filterAll) },
          ]}
        />
      </div>
      <p className="el-hidden" role="status">
        {t(text.found(found.length))}
      </p>
      {found.length === 0 ? (
        <EmptyState icon={IconAdjustments} title={t(text.settingsNone)} />
      ) : (
        <ul className={styles.rows}>
          {found.slice(0, most).map((row) => (
            <SettingEditor
              key={row.name}
              row={row}
              draft={draft[row.name]}
              change={(value) => change(row.name, value)}
              mayEdit={mayEdit}
            />
          ))}
        </ul>
      )}
      {found.length > most && (
        <div className={styles.more}>
          <Button variant="default" onClick={() => setMost(most + 100)}>
            {t(text.showMore(found.length - most))}
          </Button>
        </div>
      )}
      {changes > 0 && (
        <div className={styles.bar} role="region" aria-label={t(text.pendingChanges)}>
          <span role="status">
            {t(wrong > 0 ? text.changesWrong(changes, wrong) : text.changes(changes))}
          </span>
          <Button variant="default" onClick={() => setDraft({})}>
            {t(text.discard)}
          </Button>
          <Button onClick={() => setReviewing(true)} disabled={wrong > 0}>
            {t(text.review)}
          </Button>
        </div>
      )}
      <SettingsReview
        opened={reviewing}
        close={() => setReviewing(false)}
        cluster={cluster}
        settings={settings}
        draft={draft}
        several={several}
        done={() => {
          setReviewing(false);
          setDraft({});
          done();
        }}
      />
    </Panel>
  );
}
