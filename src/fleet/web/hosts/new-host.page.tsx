import { Button, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { z } from 'zod';
import { hostPageText as text } from '#src/fleet/contract/host-pages.text.ts';
import { type Enrolment, Host, type NewEnrolment, ServerAddresses } from '#src/fleet/contract/hosts.ts';
import { readTrusted } from '#src/platform/web/browser-api.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { CodeBlock } from '#src/platform/web/ui/code-block.tsx';
import { IconCircleCheck } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useCommand } from '../clusters/use-command.ts';
import type { Route } from './+types/new-host.page.ts';
import styles from './hosts.module.css';

const lookEveryMs = 1000;

export const meta = titled(text.newTitle);

export async function loader({ context, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const hostId = z.uuid().safeParse(new URL(request.url).searchParams.get('host'));
  const [{ urls }, host] = await Promise.all([
    api.get('/api/fleet/enrolments/addresses', ServerAddresses),
    hostId.success ? api.get(`/api/fleet/hosts/${hostId.data}`, Host) : null,
  ]);
  return { urls, host };
}

export default function NewHostPage({ loaderData: { urls, host } }: Route.ComponentProps) {
  const t = useText();
  const [made, setMade] = useState<NewEnrolment | null>(null);
  return (
    <>
      <PageHeader
        title={t(host ? text.readmitTitle(host.name) : text.newTitle)}
        lead={t(host ? text.readmitLead : text.newLead)}
        back={host ? { to: `/hosts/${host.id}`, label: host.name } : { to: '/hosts', label: t(text.title) }}
      />
      {made ? (
        <Command made={made} again={() => setMade(null)} />
      ) : (
        <Wish urls={urls} host={host} onMade={setMade} />
      )}
    </>
  );
}

type WishProps = { urls: readonly string[]; host: Host | null; onMade: (made: NewEnrolment) => void };

function Wish({ urls, host, onMade }: WishProps) {
  const t = useText();
  const { send, problem, busy } = useCommand();
  const [name, setName] = useState('');
  const [serverUrl, setServerUrl] = useState(urls[0] ?? '');
  const make = async () => {
    const wished = host ? { hostId: host.id } : name.trim() === '' ? {} : { hostName: name.trim() };
    const answer = await send<NewEnrolment>('post', '/api/fleet/enrolments', { ...wished, serverUrl });
    if (answer) onMade(answer);
  };
  return (
    <Panel>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <ProblemNotice problem={problem} />
        {!host && (
          <TextInput
            label={t(text.nameLabel)}
            description={t(text.nameHint)}
            placeholder="db-1"
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            value={name}
            error={fieldProblem(problem, 'hostName')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <Select
          label={t(text.addressLabel)}
          description={t(isLoopback(serverUrl) ? text.addressLoopback : text.addressHint)}
          data={[...urls]}
          value={serverUrl}
          allowDeselect={false}
          onChange={(url) => url && setServerUrl(url)}
        />
        <div className={styles.buttons}>
          <Button type="submit" loading={busy}>
            {t(text.make)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

const isLoopback = (url: string) => /^https:\/\/(?:127\.|localhost|\[::1\])/.test(url);

type State = { what: 'waiting' | 'enrolled' | 'expired' } | { what: 'here'; host: Host };

function Command({ made, again }: { made: NewEnrolment; again: () => void }) {
  const t = useText();
  const format = useFormat();
  const state = useArrival(made.id);
  return (
    <Panel title={t(text.commandTitle)}>
      <div className={styles.command}>
        <CodeBlock code={made.command} label={t(text.commandLabel)} />
        <p className={styles.note}>{t(text.commandNote(format.dateTime(made.expiresAt)))}</p>
        <div className={styles.await} data-state={state.what} role="status">
          {state.what === 'here' ? (
            <IconCircleCheck size={22} aria-hidden />
          ) : (
            <i className={styles.pulse} aria-hidden />
          )}
          <p>
            {state.what === 'here' ? t(text.here(state.host.name)) : t(text[state.what])}
            {state.what === 'waiting' && (
              <>
                <br />
                <small>{t(text.waitingHint)}</small>
              </>
            )}
          </p>
        </div>
        <div className={styles.buttons}>
          {state.what === 'here' && (
            <Button component={Link} to={`/hosts/${state.host.id}`}>
              {t(text.openHost)}
            </Button>
          )}
          <Button variant="default" onClick={again}>
            {t(text.another)}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

/** Looks every second whether the command was used and the host is there. */
function useArrival(enrolmentId: string): State {
  const [state, setState] = useState<State>({ what: 'waiting' });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    const look = async () => {
      const next = await arrivalOf(enrolmentId).catch(() => null);
      if (ended) return;
      if (next) setState(next);
      if (next?.what !== 'here' && next?.what !== 'expired')
        timer = setTimeout(() => void look(), lookEveryMs);
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [enrolmentId]);
  return state;
}

async function arrivalOf(enrolmentId: string): Promise<State> {
  const enrolment = await readTrusted<Enrolment>(`/api/fleet/enrolments/${enrolmentId}`);
  if (enrolment.state === 'expired') return { what: 'expired' };
  if (enrolment.state === 'waiting' || enrolment.hostId === null) return { what: 'waiting' };
  const host = await readTrusted<Host>(`/api/fleet/hosts/${enrolment.hostId}`);
  return host.online ? { what: 'here', host } : { what: 'enrolled' };
}
