import { Button } from '@mantine/core';
import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { z } from 'zod';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import { AlertChannel, Policy, Rota } from '#src/fleet/contract/alerts.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { EmptyState } from '#src/platform/web/ui/empty-state.tsx';
import { IconPlus, IconUser } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { FactList, Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { useCommand } from '../clusters/use-command.ts';
import type { Route } from './+types/on-call.page.ts';
import { AlertTabs } from './alert-words.tsx';
import styles from './alerts.module.css';
import { OnCallDialog, type OnCallQuestion } from './on-call-dialogs.tsx';

export const meta = titled(text.tabOnCall);

const People = z.array(z.object({ id: z.uuid(), name: z.string() }));

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const mayManage = context.get(viewerContext).permissions.includes('fleet.alert.manage');
  const [rotas, policy, channels, people] = await Promise.all([
    api.get('/api/fleet/on-call', z.array(Rota)),
    api.get('/api/fleet/on-call/policy', Policy),
    api.get('/api/fleet/alert-channels', z.array(AlertChannel)),
    mayManage ? api.get('/api/fleet/on-call/people', People) : [],
  ]);
  return { rotas, policy, channels: channels.map(({ id, name }) => ({ id, name })), people };
}

export type OnCallData = Route.ComponentProps['loaderData'];

export default function OnCallPage({ loaderData }: Route.ComponentProps) {
  const { rotas, policy } = loaderData;
  const t = useText();
  const { revalidate } = useRevalidator();
  const mayManage = useMay('fleet.alert.manage');
  const { command, problem, busy } = useCommand();
  const [question, setQuestion] = useState<OnCallQuestion | null>(null);
  const remove = (path: string) =>
    void command('delete', `/api/fleet/on-call/${path}`, undefined, () => void revalidate());
  const add = mayManage && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setQuestion({ kind: 'rota' })}>
      {t(text.addRota)}
    </Button>
  );
  return (
    <>
      <PageHeader title={t(text.tabOnCall)} actions={rotas.length > 0 && add} />
      <AlertTabs />
      {question === null && <ProblemNotice problem={problem} />}
      <Panel
        title={t(text.policy)}
        actions={
          mayManage && (
            <Button variant="default" size="compact-sm" onClick={() => setQuestion({ kind: 'policy' })}>
              {t(text.editPolicy)}
            </Button>
          )
        }
      >
        {policy.chosen ? <Steps data={loaderData} /> : <p>{t(text.policyDefault)}</p>}
      </Panel>
      {rotas.length === 0 ? (
        <Panel flush>
          <EmptyState icon={IconUser} title={t(text.noRota)} action={add}>
            {t(text.noRotaHint)}
          </EmptyState>
        </Panel>
      ) : (
        rotas.map((rota) => (
          <RotaPanel
            key={rota.id}
            rota={rota}
            busy={busy}
            mayManage={mayManage}
            ask={setQuestion}
            remove={remove}
          />
        ))
      )}
      <OnCallDialog
        question={question}
        data={loaderData}
        close={() => setQuestion(null)}
        done={() => {
          setQuestion(null);
          void revalidate();
        }}
      />
    </>
  );
}

function Steps({ data: { policy, channels, rotas } }: { data: OnCallData }) {
  const t = useText();
  const format = useFormat();
  const nameIn = (list: { id: string; name: string }[], ids: string[]) =>
    list.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return (
    <FactList
      facts={policy.steps.map((step) => ({
        name: t(
          step.afterMinutes === 0
            ? text.atOnceTell
            : text.afterMinutes(format.duration(step.afterMinutes * 60)),
        ),
        value: [
          ...nameIn(channels, step.channelIds),
          ...nameIn(rotas, step.rotaIds),
          ...(step.owners ? [t(text.owners)] : []),
        ].join(', '),
      }))}
    />
  );
}

type RotaProps = {
  rota: Rota;
  busy: boolean;
  mayManage: boolean;
  ask: (question: OnCallQuestion) => void;
  remove: (path: string) => void;
};

function RotaPanel({ rota, busy, mayManage, ask, remove }: RotaProps) {
  const t = useText();
  const format = useFormat();
  return (
    <Panel
      title={rota.name}
      actions={
        mayManage && (
          <span className={styles.buttons}>
            <Button variant="default" size="compact-sm" onClick={() => ask({ kind: 'override', rota })}>
              {t(text.standIn)}
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => ask({ kind: 'rota', rota })}>
              {t(text.editRule)}
            </Button>
            <Button variant="subtle" size="compact-sm" disabled={busy} onClick={() => remove(rota.id)}>
              {t(text.remove)}
            </Button>
          </span>
        )
      }
    >
      <FactList
        facts={[
          {
            name: t(text.onCallNow),
            value: (
              <>
                <strong>{rota.now?.name ?? t(text.nobody)}</strong>
                {rota.standingIn && ` (${t(text.standingIn)})`}
              </>
            ),
          },
          { name: t(text.people), value: rota.people.map(({ name }) => name).join(' → ') },
        ]}
      />
      <p className={styles.dim}>{t(text.handsOver(rota.handOver, rota.timeZone, rota.turnDays))}</p>
      <h3 className={styles.section}>{t(text.turns)}</h3>
      <ol className={styles.list}>
        {rota.turns.map((turn) => (
          <li key={turn.startsAt}>
            {turn.person.name}{' '}
            <span className={styles.dim}>{t(text.until(format.dateTime(turn.endsAt)))}</span>
          </li>
        ))}
      </ol>
      {rota.overrides.length > 0 && (
        <>
          <h3 className={styles.section}>{t(text.standingIn)}</h3>
          <ul className={styles.list}>
            {rota.overrides.map((one) => (
              <li key={one.id}>
                {one.person.name}{' '}
                <span className={styles.dim}>
                  {format.dateTime(one.startsAt)} – {format.dateTime(one.endsAt)}
                </span>{' '}
                {mayManage && (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    disabled={busy}
                    aria-label={`${t(text.takeBack)}: ${one.person.name}`}
                    onClick={() => remove(`${rota.id}/overrides/${one.id}`)}
                  >
                    {t(text.takeBack)}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
