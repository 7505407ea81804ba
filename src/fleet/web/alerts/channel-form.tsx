import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import { type ChannelKind, type NewAlertChannel, severities } from '#src/fleet/contract/alerts.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { Buttons, Form } from '../clusters/dialog-parts.tsx';
import { useCommand } from '../clusters/use-command.ts';
import { kindWords, severityWord } from './alert-words.tsx';

const kinds: ChannelKind[] = ['mail', 'dingtalk', 'wecom', 'feishu', 'webhook'];
const languages = [
  { value: 'zh-CN', label: shellText.chinese },
  { value: 'en', label: shellText.english },
];

/** Asks for a new channel, and adds it. */
export function ChannelForm({ close, done }: { close: () => void; done: (made: NewAlertChannel) => void }) {
  const t = useText();
  const { send, problem, busy } = useCommand();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<ChannelKind>('mail');
  const [recipients, setRecipients] = useState('');
  const [url, setUrl] = useState('');
  const [key, setKey] = useState('');
  const [severity, setSeverity] = useState('info');
  const [language, setLanguage] = useState<string>(useLocale());
  const isMail = kind === 'mail';
  const add = async () => {
    const made = await send<NewAlertChannel>('post', '/api/fleet/alert-channels', {
      name,
      kind,
      severity,
      language,
      ...(isMail
        ? { recipients: recipients.split(/[,，;\s]+/).filter((one) => one !== '') }
        : { url, ...(key !== '' && { key }) }),
    });
    if (made) done(made);
  };
  return (
    <Form go={() => void add()}>
      <ProblemNotice problem={problem} />
      <Stack gap="md">
        <TextInput
          label={t(text.name)}
          required
          maxLength={100}
          value={name}
          error={fieldProblem(problem, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t(text.kind)}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as ChannelKind)}
          data={kinds.map((one) => ({ value: one, label: t(kindWords[one]) }))}
        />
        {isMail ? (
          <TextInput
            label={t(text.recipients)}
            required
            value={recipients}
            error={fieldProblem(problem, 'recipients')}
            onChange={(event) => setRecipients(event.currentTarget.value)}
          />
        ) : (
          <TextInput
            label={t(text.url)}
            type="url"
            required
            value={url}
            error={fieldProblem(problem, 'url')}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
        )}
        {!isMail && kind !== 'wecom' && (
          <TextInput
            label={t(text.key)}
            description={kind === 'webhook' ? t(text.keyHint) : undefined}
            type="password"
            autoComplete="off"
            value={key}
            error={fieldProblem(problem, 'key')}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          label={t(text.leastSeverity)}
          value={severity}
          onChange={(event) => setSeverity(event.currentTarget.value)}
          data={severities.map((one) => ({ value: one, label: t(severityWord(one)) }))}
        />
        <NativeSelect
          label={t(text.language)}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
          data={languages.map(({ value, label }) => ({ value, label: t(label) }))}
        />
      </Stack>
      <Buttons busy={busy} close={close} word={text.add} disabled={name.trim() === ''} />
    </Form>
  );
}
