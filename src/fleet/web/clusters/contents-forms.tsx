import { Button, Checkbox, Group, MultiSelect, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { clusterPageText as text } from '#src/fleet/contract/cluster-pages.text.ts';
import type { Contents } from '#src/fleet/contract/clusters.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import type { useCommand } from './use-command.ts';

/** What the dialogs of a cluster's contents share. */
export type Given = {
  cluster: string;
  contents: Contents;
  database: string;
  close: () => void;
  done: () => void;
};

type Shared = Given & Pick<ReturnType<typeof useCommand>, 'problem' | 'busy'>;

function Frame({
  problem,
  busy,
  close,
  word,
  red,
  go,
  children,
}: Shared & { word: Text; red?: boolean; go: () => void; children: ReactNode }) {
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

/** Says what will happen, and asks. */
export function Sure({ says, ...rest }: Shared & { says: Text; word: Text; red?: boolean; go: () => void }) {
  const t = useText();
  return <Frame {...rest}>{t(says)}</Frame>;
}

const plainName = {
  autoComplete: 'off',
  spellCheck: false,
  required: true,
  maxLength: 63,
  pattern: '[a-z_][a-z0-9_]*',
} as const;

/** Asks for a new database. */
export function CreateDatabase({
  run,
  ...shared
}: Shared & { run: (body: { name: string; owner?: string }) => void }) {
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
      <Select
        mt="md"
        label={t(text.columnOwner)}
        description={t(text.ownerHint)}
        data={owners}
        value={owner}
        onChange={setOwner}
        clearable
        searchable
      />
    </Frame>
  );
}

type NewRole = { name: string; canLogin: boolean; memberOf: string[] };

/** Asks for a new role. */
export function CreateRole({ run, ...shared }: Shared & { run: (body: NewRole) => void }) {
  const t = useText();
  const [name, setName] = useState('');
  const [canLogin, setCanLogin] = useState(true);
  const [memberOf, setMemberOf] = useState<string[]>([]);
  const groups = shared.contents.roles
    .filter(({ isSuperuser, managed }) => !isSuperuser && !managed)
    .map((role) => role.name);
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
      <MultiSelect
        mt="md"
        label={t(text.columnMemberOf)}
        data={groups}
        value={memberOf}
        onChange={setMemberOf}
        searchable
        clearable
      />
    </Frame>
  );
}

/** Asks for an extension of one database. */
export function CreateExtension({
  run,
  database,
  contents,
  ...shared
}: Shared & { run: (body: { database: string; name: string }) => void }) {
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
