import { Button, Checkbox, Group, Modal, MultiSelect, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Contents, RoleSecret } from '#src/fleet/contract/clusters.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ConfirmTyped } from '#src/platform/web/ui/confirm-typed.tsx';
import { CopyButton } from '#src/platform/web/ui/copy-button.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import styles from './contents.module.css';
import { useCommand } from './use-command.ts';

export type ContentsAction =
  | { verb: 'createDatabase' | 'createRole' | 'createExtension' }
  | { verb: 'dropDatabase' | 'dropRole' | 'dropExtension' | 'newPassword'; name: string };

type Props = {
  cluster: string;
  contents: Contents;
  database: string;
  action: ContentsAction | null;
  close: () => void;
  done: () => void;
};

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

function Form({ action, tell, ...props }: Props & { action: ContentsAction; tell: (secret: RoleSecret) => void }) {
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
        <Sure {...shared} says={text.dropRoleSays(action.name)} word={text.drop} red go={() => void run('delete', `/roles/${action.name}`)} />
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
        <Sure {...shared} says={text.newPasswordSays(action.name)} word={text.newPassword} go={() => void ask(`/roles/${action.name}/password`)} />
      );
    case 'dropDatabase':
      return null;
  }
}

type Shared = Omit<Props, 'action'> & Pick<ReturnType<typeof useCommand>, 'problem' | 'busy'>;

function Frame({ problem, busy, close, word, red, go, children }: Shared & { word: Text; red?: boolean; go: () => void; children: ReactNode }) {
  const t = useText();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <ProblemNotice problem={problem} />
      {children}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          {t(shellText.cancel)}
        </Button>
        <Button type="submit" loading={busy} {...(red && { color: 'red' })}>
          {t(word)}
        </Button>
      </Group>
    </form>
  );
}

function Sure({ says, ...rest }: Shared & { says: Text; word: Text; red?: boolean; go: () => void }) {
  const t = useText();
  return <Frame {...rest}>{t(says)}</Frame>;
}

const plainName = { autoComplete: 'off', spellCheck: false, required: true, maxLength: 63, pattern: '[a-z_][a-z0-9_]*' } as const;

function CreateDatabase({ run, ...shared }: Shared & { run: (body: { name: string; owner?: string }) => void }) {
  const t = useText();
  const [name, setName] = useState('');
  const [owner, setOwner] = useState<string | null>(null);
  const owners = shared.contents.roles.filter(({ managed }) => !managed).map((role) => role.name);
  return (
    <Frame {...shared} word={text.createDatabase} go={() => run({ name, ...(owner !== null && { owner }) })}>
      <TextInput
        {...plainName}
        data-autofocus
        label={t(text.columnName)}
        description={t(text.sqlNameRule)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldProblem(shared.problem, 'name')}
      />
      <Select mt="md" label={t(text.columnOwner)} description={t(text.ownerHint)} data={owners} value={owner} onChange={setOwner} clearable searchable />
    </Frame>
  );
}

type NewRole = { name: string; canLogin: boolean; memberOf: string[] };

function CreateRole({ run, ...shared }: Shared & { run: (body: NewRole) => void }) {
  const t = useText();
  const [name, setName] = useState('');
  const [canLogin, setCanLogin] = useState(true);
  const [memberOf, setMemberOf] = useState<string[]>([]);
  const groups = shared.contents.roles.filter(({ isSuperuser, managed }) => !isSuperuser && !managed).map((role) => role.name);
  return (
    <Frame {...shared} word={text.createRole} go={() => run({ name, canLogin, memberOf })}>
      <TextInput
        {...plainName}
        data-autofocus
        label={t(text.columnName)}
        description={t(text.sqlNameRule)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldProblem(shared.problem, 'name')}
      />
      <Checkbox
        mt="md"
        label={t(text.canLogin)}
        description={t(text.canLoginHint)}
        checked={canLogin}
        onChange={(event) => setCanLogin(event.currentTarget.checked)}
      />
      <MultiSelect mt="md" label={t(text.columnMemberOf)} data={groups} value={memberOf} onChange={setMemberOf} searchable clearable />
    </Frame>
  );
}

function CreateExtension({ run, database, contents, ...shared }: Shared & { run: (body: { database: string; name: string }) => void }) {
  const t = useText();
  const [name, setName] = useState<string | null>(null);
  const there = new Set(contents.extensions.map((one) => one.name));
  const offered = contents.extensionsOffered.filter((one) => !there.has(one.name));
  const about = offered.find((one) => one.name === name)?.comment;
  return (
    <Frame
      {...shared}
      database={database}
      contents={contents}
      word={text.createExtension}
      go={() => name !== null && run({ database, name })}
    >
      <Select
        data-autofocus
        openOnFocus={false}
        label={t(text.extensionIn(database))}
        description={about ?? t(text.extensionHint)}
        data={offered.map((one) => ({ value: one.name, label: `${one.name} ${one.version}` }))}
        value={name}
        onChange={setName}
        searchable
        required
        nothingFoundMessage={t(text.extensionUnknown)}
      />
    </Frame>
  );
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
  const { send, problem, busy } = useCommand();
  return (
    <ConfirmTyped
      opened={action !== null}
      close={close}
      name={name}
      title={t(text.dropDatabase)}
      confirmLabel={t(text.drop)}
      busy={busy}
      confirm={() =>
        void send('delete', `/api/fleet/clusters/${cluster}/databases/${name}`, { confirm: name }).then((answer) => {
          if (answer === null) return;
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
