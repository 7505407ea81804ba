import {
  Button,
  NumberInput,
  PasswordInput,
  Radio,
  SegmentedControl,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import { type Repository, repositoryRoots } from '#src/fleet/contract/backups.ts';
import { ChoiceCard } from '#src/fleet/web/clusters/choice-card.tsx';
import { useCommand } from '#src/fleet/web/clusters/use-command.ts';
import wizard from '#src/fleet/web/clusters/wizard.module.css';
import type { Text } from '#src/platform/contract/i18n.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { PageHeader } from '#src/platform/web/ui/page-header.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { useMay } from '#src/platform/web/viewer.ts';
import type { Route } from './+types/new-repository.page.ts';
import styles from './backups.module.css';
import { paths } from './paths.ts';
import { KeyForm } from './repository-key.tsx';
import { emptyForm, missingIn, pathsOf, repositoryBody, type RepositoryForm } from './repository-wish.ts';

export const meta = titled(text.newRepository);

// The validator stays out of the browser.
export function loader() {
  return { roots: repositoryRoots };
}

const kinds = [
  { value: 's3', title: text.kindS3, words: [text.kindS3Words] },
  { value: 'path', title: text.kindPath, words: [text.kindPathWords, text.kindPathWarn] },
  { value: 'sftp', title: text.kindSftp, words: [text.kindSftpWords] },
] as const;

export default function NewRepositoryPage({ loaderData: { roots } }: Route.ComponentProps) {
  const t = useText();
  const navigate = useNavigate();
  const mayShow = useMay('fleet.repository.show-key');
  const { send, problem, busy } = useCommand();
  const [form, setForm] = useState<RepositoryForm>(emptyForm);
  const [tried, setTried] = useState(false);
  const [holds, setHolds] = useState(false);
  const [made, setMade] = useState<Repository | null>(null);
  const fields = useRef<HTMLFormElement>(null);
  const set = (change: Partial<RepositoryForm>) => setForm((known) => ({ ...known, ...change }));
  const missing = missingIn(form);

  const submit = async () => {
    setTried(true);
    const first = missing[0];
    if (first) return fields.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    const body = repositoryBody(holds ? form : { ...form, passphrase: '' });
    const answer = await send<Repository>('post', paths.repositories, body);
    if (!answer) return;
    if (mayShow) setMade(answer);
    else await navigate('/backups/repositories');
  };
  const input = (name: keyof RepositoryForm, label: Text, hint?: Text) => ({
    name,
    label: t(label),
    description: hint ? t(hint) : undefined,
    value: String(form[name]),
    autoComplete: 'off',
    spellCheck: false,
    error:
      (tried && missing.includes(name) ? t(text.required) : undefined) ??
      pathsOf(name)
        .map((path) => fieldProblem(problem, path))
        .find((one) => one !== undefined),
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });

  return (
    <>
      <PageHeader
        title={t(made ? text.created : text.newRepository)}
        lead={made ? undefined : t(text.newRepositoryLead)}
        back={{ to: '/backups/repositories', label: t(text.tabRepositories) }}
      />
      {made ? (
        <div className={styles.narrow}>
          <Panel title={t(text.keyTitle(made.name))}>
            <KeyForm
              path={paths.repositoryKey(made.id)}
              close={() => void navigate('/backups/repositories')}
              done={() => {}}
            />
          </Panel>
        </div>
      ) : (
        <form
          ref={fields}
          noValidate
          className={`${styles.stack} ${styles.narrow}`}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Panel title={t(text.kind)}>
            <Radio.Group
              value={form.kind}
              onChange={(kind) => set({ kind: kind as RepositoryForm['kind'] })}
              aria-label={t(text.kind)}
            >
              <div className={wizard.choices}>
                {kinds.map(({ value, title, words }) => (
                  <ChoiceCard key={value} value={value} title={t(title)}>
                    {words.map((one) => (
                      <span key={one.en}>{t(one)}</span>
                    ))}
                  </ChoiceCard>
                ))}
              </div>
            </Radio.Group>
          </Panel>
          <Panel title={t(text.columnPlace)}>
            <div className={styles.form}>
              <ProblemNotice problem={problem} />
              <TextInput {...input('name', text.name, text.nameHint)} placeholder="office-nas" required />
              {form.kind === 'path' && (
                <TextInput {...input('path', text.path, text.pathHint(roots))} required />
              )}
              {form.kind === 's3' && <S3Fields input={input} form={form} set={set} />}
              {form.kind === 'sftp' && <SftpFields input={input} form={form} set={set} />}
              <Switch
                checked={holds}
                onChange={(event) => setHolds(event.currentTarget.checked)}
                label={t(text.holdsBackups)}
              />
              {holds && <PasswordInput {...input('passphrase', text.passphrase, text.passphraseHint)} />}
            </div>
            <div className={styles.under}>
              <Button type="submit" loading={busy}>
                {t(text.create)}
              </Button>
            </div>
          </Panel>
        </form>
      )}
    </>
  );
}

type FieldsProps = {
  input: (
    name: keyof RepositoryForm,
    label: Text,
    hint?: Text,
  ) => {
    name: string;
    label: string;
    description: string | undefined;
    value: string;
    autoComplete: string;
    spellCheck: boolean;
    error: string | undefined;
    onChange: (event: { currentTarget: { value: string } }) => void;
  };
  form: RepositoryForm;
  set: (change: Partial<RepositoryForm>) => void;
};

function S3Fields({ input, form, set }: FieldsProps) {
  const t = useText();
  return (
    <>
      <div className={styles.pair}>
        <TextInput
          {...input('endpoint', text.endpoint, text.endpointHint)}
          placeholder="minio.example.com:9000"
          required
        />
        <TextInput {...input('bucket', text.bucket, text.bucketHint)} required />
      </div>
      <div className={styles.pair}>
        <TextInput {...input('region', text.region)} />
        <TextInput {...input('folder', text.folder)} />
      </div>
      <div className={styles.pair}>
        <TextInput {...input('accessKeyId', text.accessKeyId)} required />
        <PasswordInput {...input('secretAccessKey', text.secretAccessKey, text.secretHint)} required />
      </div>
      <div>
        <p className={styles.dim} id="uri-style" style={{ margin: '0 0 6px' }}>
          <strong>{t(text.uriStyle)}</strong> · {t(text.uriHint)}
        </p>
        <SegmentedControl
          aria-labelledby="uri-style"
          value={form.uriStyle}
          onChange={(value) => set({ uriStyle: value as RepositoryForm['uriStyle'] })}
          data={[
            { value: 'path', label: t(text.uriPath) },
            { value: 'host', label: t(text.uriHost) },
          ]}
        />
      </div>
      <Textarea
        {...input('authority', text.authority, text.authorityHint)}
        autosize
        minRows={2}
        maxRows={8}
      />
    </>
  );
}

function SftpFields({ input, form, set }: FieldsProps) {
  const t = useText();
  return (
    <>
      <div className={styles.pair}>
        <TextInput {...input('host', text.sftpHost)} placeholder="vault.example.com" required />
        <NumberInput
          name="port"
          label={t(text.port)}
          min={1}
          max={65535}
          allowDecimal={false}
          value={form.port}
          onChange={(value) => set({ port: Number(value) || 22 })}
        />
      </div>
      <div className={styles.pair}>
        <TextInput {...input('username', text.username)} required />
        <TextInput {...input('sftpPath', text.path)} required />
      </div>
      <TextInput {...input('hostFingerprint', text.hostFingerprint, text.hostFingerprintHint)} required />
      <Textarea
        {...input('privateKey', text.privateKey, text.privateKeyHint)}
        autosize
        minRows={3}
        maxRows={8}
        required
      />
    </>
  );
}
