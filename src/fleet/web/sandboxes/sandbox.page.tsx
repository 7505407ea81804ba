import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Link, useRevalidator } from 'react-router';
import { sandboxPageText as text } from '#src/fleet/contract/sandbox-pages.text.ts';
import { MadeSandbox } from '#src/fleet/contract/sandboxes.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { IconHourglass, IconRotate, IconTrash } from '#src/platform/web/ui/icons.ts';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import { Buttons, Form } from '../clusters/dialog-parts.tsx';
import { useCommand } from '../clusters/use-command.ts';
import { useLive } from '../clusters/use-live.ts';
import type { Route } from './+types/sandbox.page.ts';
import { AboutPanel, ConnectPanel, LimitsPanel } from './sandbox-panels.tsx';
import { livesOn, SandboxBadge, titleOf } from './sandbox-words.tsx';
import styles from './sandboxes.module.css';

const makingMs = 1000;
const newsMs = 5000;
const hourMinutes = 60;

export const meta = (args: Route.MetaArgs) => {
  const sandbox = args.loaderData?.sandbox;
  return titleIn(localeOf(args), (sandbox ? titleOf(sandbox) : text.title)[localeOf(args)]);
};

export async function loader({ context, params }: Route.LoaderArgs) {
  const path = `/api/fleet/sandboxes/${encodeURIComponent(params.id)}`;
  return { sandbox: await context.get(apiContext).get(path, MadeSandbox) };
}

type Question = 'reset' | 'destroy';

export default function SandboxPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { revalidate } = useRevalidator();
  const path = `/api/fleet/sandboxes/${loaderData.sandbox.id}`;
  const pace = loaderData.sandbox.state === 'making' ? makingMs : newsMs;
  const { value: sandbox, link } = useLive(path, loaderData.sandbox, pace);
  const { command, problem, busy } = useCommand();
  const [question, setQuestion] = useState<Question | null>(null);
  const may = { change: useMay('fleet.sandbox.create'), destroy: useMay('fleet.sandbox.delete') };
  const after = () => {
    setQuestion(null);
    void revalidate();
  };
  const isReady = sandbox.state === 'ready';
  return (
    <>
      <PageHeader
        title={t(titleOf(sandbox))}
        back={{ to: '/sandboxes', label: t(text.title) }}
        status={<SandboxBadge state={sandbox.state} />}
        actions={
          livesOn(sandbox) && (
            <>
              {may.change && isReady && (
                <>
                  <Button
                    variant="default"
                    disabled={busy}
                    leftSection={<IconHourglass size={17} aria-hidden />}
                    onClick={() => void command('post', `${path}/extend`, { minutes: hourMinutes }, after)}
                  >
                    {t(text.extend)}
                  </Button>
                  <Button
                    variant="default"
                    leftSection={<IconRotate size={17} aria-hidden />}
                    onClick={() => setQuestion('reset')}
                  >
                    {t(text.reset)}
                  </Button>
                </>
              )}
              {may.destroy && (
                <Button
                  variant="default"
                  leftSection={<IconTrash size={17} aria-hidden />}
                  onClick={() => setQuestion('destroy')}
                >
                  {t(text.destroy)}
                </Button>
              )}
            </>
          )
        }
      />
      {question === null && <ProblemNotice problem={problem} />}
      <Notices sandbox={sandbox} isLost={link === 'lost'} />
      {isReady && <ConnectPanel sandbox={sandbox} />}
      <AboutPanel sandbox={sandbox} />
      <LimitsPanel sandbox={sandbox} />
      <Ask
        opened={question === 'reset'}
        close={() => setQuestion(null)}
        title={text.resetTitle}
        means={text.resetMeans}
        word={text.reset}
        go={() => void command('post', `${path}/reset`, undefined, after)}
        problem={problem}
        busy={busy}
      />
      <Ask
        opened={question === 'destroy'}
        close={() => setQuestion(null)}
        title={text.destroyTitle}
        means={text.destroyMeans}
        word={text.destroy}
        go={() => void command('delete', path, undefined, after)}
        problem={problem}
        busy={busy}
      />
    </>
  );
}

function Notices({ sandbox, isLost }: { sandbox: MadeSandbox; isLost: boolean }) {
  const t = useText();
  return (
    <>
      {isLost && (
        <p className={styles.notice} role="status">
          {t(text.connectionLost)}
        </p>
      )}
      {sandbox.state === 'making' && (
        <p className={styles.notice} data-tone="busy" role="status">
          {t(text.making)}
          {sandbox.operationId !== null && (
            <Link to={`/operations/${sandbox.operationId}`}>{t(text.watch)}</Link>
          )}
        </p>
      )}
      {sandbox.state === 'failed' && (
        <p className={styles.notice} data-tone="bad" role="status">
          {sandbox.reason ? t(sandbox.reason) : t(text.over)}
          {sandbox.operationId !== null && (
            <Link to={`/operations/${sandbox.operationId}`}>{t(text.watch)}</Link>
          )}
        </p>
      )}
      {(sandbox.state === 'expired' || sandbox.state === 'destroyed') && (
        <p className={styles.notice} role="status">
          {t(text.over)}
        </p>
      )}
    </>
  );
}

type AskProps = Pick<ReturnType<typeof useCommand>, 'problem' | 'busy'> & {
  opened: boolean;
  close: () => void;
  title: Text;
  means: Text;
  word: Text;
  go: () => void;
};

/** One question before what cannot be taken back. */
function Ask({ opened, close, title, means, word, go, problem, busy }: AskProps) {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(title)}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      <Form go={go}>
        <ProblemNotice problem={problem} />
        <p>{t(means)}</p>
        <Buttons busy={busy} close={close} word={word} danger />
      </Form>
    </Modal>
  );
}
