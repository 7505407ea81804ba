import { Modal, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { sandboxPageText as text } from '#src/fleet/contract/sandbox-pages.text.ts';
import type { CreateSandbox, MadeSandbox, SandboxOffer } from '#src/fleet/contract/sandboxes.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { Buttons, Form } from '../clusters/dialog-parts.tsx';
import { useCommand } from '../clusters/use-command.ts';
import styles from './sandboxes.module.css';

const lifetimes = [15, 30, 60, 120, 240, 480, 1440];
const usualLifetime = 60;

type Props = {
  opened: boolean;
  close: () => void;
  offer: SandboxOffer;
  made: (sandbox: MadeSandbox) => void;
};

/** Asks what a new sandbox should be, and makes it. */
export function NewSandboxDialog(props: Props) {
  const t = useText();
  return (
    <Modal
      opened={props.opened}
      onClose={props.close}
      title={t(text.newTitle)}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      <WishForm {...props} />
    </Modal>
  );
}

// Apart, so that closing the window forgets what was chosen.
function WishForm({ offer, close, made }: Props) {
  const t = useText();
  const format = useFormat();
  const { send, problem, busy } = useCommand();
  const [major, setMajor] = useState(
    String((offer.versions.find((v) => v.installed) ?? offer.versions[0])?.major ?? ''),
  );
  const [template, setTemplate] = useState(offer.templates[0] ?? '');
  const [minutes, setMinutes] = useState(String(usualLifetime));
  const [purpose, setPurpose] = useState('');
  const [memoryBacked, setMemoryBacked] = useState(false);
  const [hostOnly, setHostOnly] = useState(false);
  const make = async () => {
    const wish: CreateSandbox = {
      pgVersion: Number(major),
      template,
      minutes: Number(minutes),
      memoryBacked,
      reach: hostOnly ? 'host-only' : 'network',
      ...(purpose.trim() === '' ? {} : { purpose: purpose.trim() }),
    };
    const answer = await send<MadeSandbox>('post', '/api/fleet/sandboxes', wish);
    if (answer) made(answer);
  };
  const choices = lifetimes.filter((one) => one <= offer.quota.minutes);
  return (
    <Form go={() => void make()}>
      <ProblemNotice problem={problem} />
      <Stack gap="md">
        <NativeSelect
          label={t(text.version)}
          value={major}
          onChange={(event) => setMajor(event.currentTarget.value)}
          error={offer.versions.length === 0 && t(text.noVersions)}
          data={offer.versions.map(({ major: one, installed }) => ({
            value: String(one),
            label: t(installed ? text.versionChoice(one) : text.versionInstalls(one)),
          }))}
        />
        <NativeSelect
          label={t(text.template)}
          value={template}
          onChange={(event) => setTemplate(event.currentTarget.value)}
          data={offer.templates.map((name, index) => ({
            value: name,
            label: index === 0 ? t(text.templateEmpty) : name,
          }))}
        />
        <NativeSelect
          label={t(text.lifetime)}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
          data={choices.map((one) => ({ value: String(one), label: format.duration(one * 60) }))}
        />
        <TextInput
          label={t(text.purpose)}
          placeholder={t(text.purposeExample)}
          maxLength={200}
          value={purpose}
          error={fieldProblem(problem, 'purpose')}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <div className={styles.switches}>
          <Switch
            label={t(text.inMemory)}
            description={t(text.inMemoryHint)}
            checked={memoryBacked}
            onChange={(event) => setMemoryBacked(event.currentTarget.checked)}
          />
          <Switch
            label={t(text.hostOnly)}
            description={t(text.hostOnlyHint)}
            checked={hostOnly}
            onChange={(event) => setHostOnly(event.currentTarget.checked)}
          />
        </div>
      </Stack>
      <Buttons busy={busy} close={close} word={text.make} disabled={offer.versions.length === 0} />
    </Form>
  );
}
