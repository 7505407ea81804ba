import { Button } from '@mantine/core';
import { Form, useNavigation } from 'react-router';
import { Mail, MailWithText } from '#src/platform/contract/mail.ts';
import { mailText as text } from '#src/platform/contract/mail.text.ts';
import { orProblem } from '../api.ts';
import { apiContext } from '../contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '../i18n.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useMay } from '../viewer.ts';
import type { Route } from './+types/mail.page.ts';
import { MailBadge } from './mail-state.tsx';
import styles from './outbox.module.css';

export const meta = (args: Route.MetaArgs) =>
  titleIn(localeOf(args), args.loaderData?.mail.subject ?? text.title[localeOf(args)]);

const pathOf = (id: string) => `/api/platform/mails/${encodeURIComponent(id)}`;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { mail: await context.get(apiContext).get(pathOf(params.id), MailWithText) };
}

export async function action({ context, params }: Route.ActionArgs) {
  return orProblem(context.get(apiContext).post(`${pathOf(params.id)}/send`, undefined, Mail));
}

export default function MailPage({ loaderData: { mail }, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const maySend = useMay('platform.mail.send');
  const busy = useNavigation().state !== 'idle';
  const canSend = (mail.state === 'kept' || mail.state === 'dead') && maySend;
  const lead = [
    t(text.to(mail.to)),
    format.dateTime(mail.createdAt),
    ...(mail.attempts > 0 ? [t(text.attempts(mail.attempts))] : []),
  ].join(' · ');
  return (
    <>
      <PageHeader
        title={mail.subject}
        back={{ to: '/outbox', label: t(text.title) }}
        lead={<span suppressHydrationWarning>{lead}</span>}
        status={<MailBadge state={mail.state} />}
        actions={
          canSend && (
            <Form method="post">
              <Button type="submit" loading={busy}>
                {t(text.sendAgain)}
              </Button>
            </Form>
          )
        }
      />
      <ProblemNotice problem={actionData && 'problem' in actionData ? actionData.problem : null} />
      <Panel>
        {mail.text === null ? (
          <p className={styles.dim}>{t(text.textGone)}</p>
        ) : (
          <pre className={styles.words}>{mail.text}</pre>
        )}
      </Panel>
      {mail.lastError !== null && (
        <Panel title={t(text.lastError)}>
          <pre className={styles.words}>{mail.lastError}</pre>
        </Panel>
      )}
    </>
  );
}
