import { Button, Switch } from '@mantine/core';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import { ClusterPreview, recoveryTimes, type Cluster } from '#src/fleet/contract/clusters.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconServer } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import type { Route } from './+types/new-cluster.page.ts';
import { StepTitle } from './step-title.tsx';
import { useCommand } from './use-command.ts';
import { usePreview } from './use-preview.ts';
import { bodyOf, firstWish, isName, memberCount, type Wish } from './wish.ts';
import { WizardHosts } from './wizard-hosts.tsx';
import { WizardName } from './wizard-name.tsx';
import { WizardNetworks } from './wizard-networks.tsx';
import { PreviewPane, blockersOf } from './wizard-preview.tsx';
import { WizardProtection } from './wizard-protection.tsx';
import styles from './wizard.module.css';

export const meta = titled(text.newTitle);

// Stands in until the person has typed a name: members are named after it.
const nameless = 'new-cluster';

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { items: hosts } = await api.get('/api/fleet/hosts?limit=200', page(Host));
  const ready = hosts.filter((host) => host.online && host.phase === 'active' && host.facts !== null).length;
  const wish = firstWish(ready);
  const preview = await api.post('/api/fleet/clusters/preview', bodyOf(wish, nameless), ClusterPreview);
  return { hosts, wish, preview, recoveryTimes };
}

export default function NewClusterPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  return (
    <>
      <PageHeader
        title={t(text.newTitle)}
        lead={t(text.newLead)}
        back={{ to: '/clusters', label: t(text.title) }}
      />
      {loaderData.hosts.length === 0 ? (
        <Panel>
          <EmptyState
            icon={IconServer}
            title={t(text.noHostsTitle)}
            action={
              <Button component={Link} to="/hosts">
                {t(text.addHostFirst)}
              </Button>
            }
          >
            {t(text.noneNoHost)}
          </EmptyState>
        </Panel>
      ) : (
        <Wizard {...loaderData} />
      )}
    </>
  );
}

function Wizard({
  hosts,
  wish: initial,
  preview: firstPreview,
  recoveryTimes: times,
}: Route.ComponentProps['loaderData']) {
  const t = useText();
  const navigate = useNavigate();
  const [wish, setWish] = useState(initial);
  const [tried, setTried] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const verdict = useRef<HTMLDivElement>(null);
  // While the hosts do not fit together nothing is offered; the choice must not vanish under the person's hands.
  const [offered, setOffered] = useState(firstPreview.pgVersionsOffered);
  const { send, problem, busy } = useCommand();
  const set = (change: Partial<Wish>) => setWish((known) => ({ ...known, ...change }));
  const body = bodyOf(wish, isName(wish.name) ? wish.name : nameless);
  const state = usePreview(body, firstPreview);
  const { preview } = state;
  if (preview.pgVersionsOffered.length > 0 && preview.pgVersionsOffered !== offered)
    setOffered(preview.pgVersionsOffered);
  const count = memberCount(wish);
  const blockers = blockersOf(preview).length + (state.problem ? 1 : 0);
  const nameMissing = !isName(wish.name);

  const submit = async () => {
    setTried(true);
    if (nameMissing) return nameField.current?.focus();
    if (blockers > 0) return verdict.current?.focus();
    const made = await send<Cluster>('post', '/api/fleet/clusters', bodyOf(wish, wish.name));
    if (made) await navigate(`/clusters/${made.name}`);
    else verdict.current?.focus();
  };

  return (
    <form
      className={styles.wizard}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className={styles.steps}>
        <WizardName wish={wish} set={set} offered={offered} tried={tried} field={nameField} />
        <WizardHosts wish={wish} set={set} preview={preview} hosts={hosts} />
        <WizardProtection wish={wish} set={set} members={count} times={times} />
        <WizardNetworks wish={wish} set={set} addresses={hosts.map((host) => host.address)} />
        <Panel title={<StepTitle step={5} word={t(text.stepSafety)} />}>
          <Switch
            checked={wish.deletionProtected}
            onChange={(event) => set({ deletionProtected: event.currentTarget.checked })}
            label={t(text.deletionProtection)}
            description={t(text.deletionProtectionHint)}
          />
        </Panel>
      </div>
      <aside className={styles.side} aria-label={t(text.previewAndBuild)}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls where the window is low, and a keyboard must reach that */}
        <div ref={verdict} tabIndex={0} role="group" aria-label={t(text.preview)} className={styles.scroller}>
          <ProblemNotice problem={problem} />
          <PreviewPane wish={wish} state={state} hosts={hosts} />
        </div>
        <div className={styles.finish}>
          <p className={styles.finishWords} role="status" data-tone={blockers > 0 ? 'bad' : undefined}>
            {t(blockers > 0 ? text.notYet(blockers) : nameMissing ? text.nameFirst : text.readyToBuild)}
          </p>
          <Button type="submit" size="md" loading={busy}>
            {t(text.build)}
          </Button>
        </div>
      </aside>
    </form>
  );
}
