import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { RoleSecret } from '#src/fleet/contract/clusters.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ConfirmTyped } from '#src/platform/web/ui/confirm-typed.tsx';
import { CopyButton } from '#src/platform/web/ui/copy-button.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './contents.module.css';
import { CreateDatabase, CreateExtension, CreateRole, type Given, Sure } from './contents-forms.tsx';
import { useCommand } from './use-command.ts';

export type ContentsAction =
  | { verb: 'createDatabase' | 'createRole' | 'createExtension' }
  | { verb: 'dropDatabase' | 'dropRole' | 'dropExtension' | 'newPassword'; name: string };

type Props = Given & { action: ContentsAction | null };

const titles: Record<ContentsAction['verb'], Text> = {
  createDatabase: text.createDatabase,
  createRole: text.createRole,
  createExtension: text.createExtension,
  dropDatabase: text.dropDatabase,
  dropRole: text.dropRole,
  dropExtension: text.dropExtension,
  newPassword: text.newPassword,
};

/** Forms that make, change and drop what is inside a cluster. A new password is shown once, until its window closes. */
export function ContentsDialogs(props: Props) {
  const { action, close, done } = props;
  const t = useText();
  const [secret, setSecret] = useState<RoleSecret | null>(null);
  const [last, setLast] = useState(action);
  if (action && action !== last) {
    setLast(action);
    setSecret(null);
  }
  if (last?.verb === 'dropDatabase') return <DropDatabase {...props} name={last.name} />;
  const end = () => {
    close();
    if (secret) done();
  };
  return (
    <Modal
      opened={action !== null}
      onClose={end}
      title={last ? t(titles[last.verb]) : ''}
      closeOnClickOutside={secret === null}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      {secret ? (
        <Secret secret={secret} close={end} />
      ) : (
        last && <Form {...props} key={JSON.stringify(last)} action={last} tell={setSecret} />
      )}
    </Modal>
  );
}

function Form({
  action,
  tell,
  ...props
}: Props & { action: ContentsAction; tell: (secret: RoleSecret) => void }) {
  const { send, problem, busy } = useCommand();
  const base = `/api/fleet/clusters/${props.cluster}`;
  const run = async (method: 'post' | 'delete', path: string, body?: unknown) => {
    if ((await send(method, `${base}${path}`, body)) === null) return;
    props.close();
    props.done();
  };
  const ask = async (path: string, body?: unknown) => {
    const secret = await send<RoleSecret>('post', `${base}${path}`, body);
    if (secret) tell(secret);
  };
  const shared = { ...props, problem, busy };
  switch (action.verb) {
    case 'createDatabase':
      return <CreateDatabase {...shared} run={(body) => void run('post', '/databases', body)} />;
    case 'createRole':
      return <CreateRole {...shared} run={(body) => void ask('/roles', body)} />;
    case 'createExtension':
      return <CreateExtension {...shared} run={(body) => void run('post', '/extensions', body)} />;
    case 'dropRole':
      return (
        <Sure
          {...shared}
          says={text.dropRoleSays(action.name)}
          word={text.drop}
          red
          go={() => void run('delete', `/roles/${action.name}`)}
        />
      );
    case 'dropExtension':
      return (
        <Sure
          {...shared}
          says={text.dropExtensionSays(action.name, props.database)}
          word={text.drop}
          red
          go={() => void run('delete', `/extensions/${action.name}?database=${props.database}`)}
        />
      );
    case 'newPassword':
      return (
        <Sure
          {...shared}
          says={text.newPasswordSays(action.name)}
          word={text.newPassword}
          go={() => void ask(`/roles/${action.name}/password`)}
        />
      );
    case 'dropDatabase':
      return null;
  }
}

function Secret({ secret, close }: { secret: RoleSecret; close: () => void }) {
  const t = useText();
  return (
    <>
      <p>{t(text.secretOnce(secret.name))}</p>
      <div className={styles.secret}>
        <code>{secret.password}</code>
        <CopyButton value={secret.password} />
      </div>
      <Group justify="flex-end">
        <Button onClick={close}>{t(text.secretKept)}</Button>
      </Group>
    </>
  );
}

function DropDatabase({ name, cluster, action, close, done }: Props & { name: string }) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  return (
    <ConfirmTyped
      opened={action !== null}
      close={close}
      name={name}
      title={t(text.dropDatabase)}
      confirmLabel={t(text.drop)}
      busy={busy}
      confirm={() =>
        void command('delete', `/api/fleet/clusters/${cluster}/databases/${name}`, { confirm: name }, () => {
          close();
          done();
        })
      }
    >
      <ProblemNotice problem={problem} />
      {t(text.dropDatabaseSays(name))}
    </ConfirmTyped>
  );
}
