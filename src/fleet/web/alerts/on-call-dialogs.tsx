import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import type { PolicyStep, Rota } from '#src/fleet/contract/alerts.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { Buttons, Form } from '../clusters/dialog-parts.tsx';
import { useCommand } from '../clusters/use-command.ts';
import styles from './alerts.module.css';
import type { OnCallData } from './on-call.page.tsx';

export type OnCallQuestion =
  | { kind: 'rota'; rota?: Rota }
  | { kind: 'override'; rota: Rota }
  | { kind: 'policy' };
type Own = { data: OnCallData; close: () => void; done: () => void };

/** Asks for a rota, a stand-in, or the way up. */
export function OnCallDialog({ question, ...own }: Own & { question: OnCallQuestion | null }) {
  const t = useText();
  const titles = { rota: text.addRota, override: text.standIn, policy: text.policy };
  return (
    <Modal
      opened={question !== null}
      onClose={own.close}
      title={question && t(titles[question.kind])}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      {question?.kind === 'rota' && <RotaForm {...own} rota={question.rota} />}
      {question?.kind === 'override' && <OverrideForm {...own} rota={question.rota} />}
      {question?.kind === 'policy' && <PolicyForm {...own} />}
    </Modal>
  );
}

function RotaForm({ data, close, done, rota }: Own & { rota: Rota | undefined }) {
  const t = useText();
  const format = useFormat();
  const { command, problem, busy } = useCommand();
  const [name, setName] = useState(rota?.name ?? '');
  const [people, setPeople] = useState(rota?.people.map(({ id }) => id) ?? []);
  const [handOver, setHandOver] = useState(rota?.handOver ?? '09:00');
  const [turnDays, setTurnDays] = useState(String(rota?.turnDays ?? 7));
  const [startsOn, setStartsOn] = useState(() => rota?.startsOn ?? new Date().toISOString().slice(0, 10));
  const [timeZone, setTimeZone] = useState(rota?.timeZone ?? format.timeZone);
  const wish = { name, accountIds: people, handOver, turnDays: Number(turnDays), startsOn, timeZone };
  const path = `/api/fleet/on-call${rota ? `/${rota.id}` : ''}`;
  return (
    <Form go={() => void command(rota ? 'patch' : 'post', path, wish, done)}>
      <ProblemNotice problem={problem} />
      <Stack gap="md">
        <TextInput
          label={t(text.name)}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label={t(text.people)} value={people} onChange={setPeople}>
          <Stack mt="xs" gap="xs">
            {data.people.map((one) => {
              const turn = people.indexOf(one.id);
              return (
                <Checkbox
                  key={one.id}
                  value={one.id}
                  label={turn < 0 ? one.name : `${turn + 1}. ${one.name}`}
                />
              );
            })}
          </Stack>
        </Checkbox.Group>
        <TextInput
          label={t(text.handOver)}
          type="time"
          required
          value={handOver}
          onChange={(event) => setHandOver(event.currentTarget.value)}
        />
        <TextInput
          label={t(text.turnDays)}
          type="number"
          min={1}
          max={28}
          required
          value={turnDays}
          onChange={(event) => setTurnDays(event.currentTarget.value)}
        />
        <TextInput
          label={t(text.startsOn)}
          type="date"
          required
          value={startsOn}
          onChange={(event) => setStartsOn(event.currentTarget.value)}
        />
        <TextInput
          label={t(text.timeZone)}
          required
          value={timeZone}
          error={fieldProblem(problem, 'timeZone')}
          onChange={(event) => setTimeZone(event.currentTarget.value)}
        />
      </Stack>
      <Buttons
        busy={busy}
        close={close}
        word={text.save}
        disabled={name.trim() === '' || people.length === 0}
      />
    </Form>
  );
}

function OverrideForm({ data, close, done, rota }: Own & { rota: Rota }) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  const [accountId, setAccountId] = useState(data.people[0]?.id ?? '');
  const [startsAt, setStartsAt] = useState('');
  const [endsAt, setEndsAt] = useState('');
  // What the field shows is local time.
  const iso = (local: string) => new Date(local).toISOString();
  const send = () =>
    void command(
      'post',
      `/api/fleet/on-call/${rota.id}/overrides`,
      { accountId, startsAt: iso(startsAt), endsAt: iso(endsAt) },
      done,
    );
  return (
    <Form go={send}>
      <ProblemNotice problem={problem} />
      <Stack gap="md">
        <NativeSelect
          label={t(text.person)}
          value={accountId}
          onChange={(event) => setAccountId(event.currentTarget.value)}
          data={data.people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextInput
          label={t(text.startsAt)}
          type="datetime-local"
          required
          value={startsAt}
          onChange={(event) => setStartsAt(event.currentTarget.value)}
        />
        <TextInput
          label={t(text.endsAt)}
          type="datetime-local"
          required
          value={endsAt}
          onChange={(event) => setEndsAt(event.currentTarget.value)}
        />
      </Stack>
      <Buttons busy={busy} close={close} word={text.save} disabled={startsAt === '' || endsAt === ''} />
    </Form>
  );
}

const laterMinutes = 15;

function PolicyForm({ data, close, done }: Own) {
  const t = useText();
  const { command, problem, busy } = useCommand();
  const [steps, setSteps] = useState<PolicyStep[]>(data.policy.steps);
  const change = (index: number, patch: Partial<PolicyStep>) =>
    setSteps(steps.map((step, at) => (at === index ? { ...step, ...patch } : step)));
  const addStep = () => {
    const afterMinutes = (steps.at(-1)?.afterMinutes ?? 0) + laterMinutes;
    setSteps([...steps, { afterMinutes, channelIds: [], rotaIds: [], owners: true }]);
  };
  return (
    <Form go={() => void command('patch', '/api/fleet/on-call/policy', { steps }, done)}>
      <ProblemNotice problem={problem} />
      <div className={styles.steps}>
        {steps.map((step, index) => (
          <fieldset key={index}>
            <legend>{t(index === 0 ? text.atOnceTell : text.step(index + 1))}</legend>
            {index > 0 && (
              <TextInput
                label={t(text.stepMinutes)}
                type="number"
                min={1}
                value={String(step.afterMinutes)}
                onChange={(event) => change(index, { afterMinutes: Number(event.currentTarget.value) })}
              />
            )}
            {data.channels.length > 0 && (
              <Checkbox.Group
                label={t(text.tabChannels)}
                value={step.channelIds}
                onChange={(channelIds) => change(index, { channelIds })}
              >
                <Group mt="xs">
                  {data.channels.map(({ id, name }) => (
                    <Checkbox key={id} value={id} label={name} />
                  ))}
                </Group>
              </Checkbox.Group>
            )}
            {data.rotas.length > 0 && (
              <Checkbox.Group
                label={t(text.onCallNow)}
                value={step.rotaIds}
                onChange={(rotaIds) => change(index, { rotaIds })}
              >
                <Group mt="xs">
                  {data.rotas.map(({ id, name }) => (
                    <Checkbox key={id} value={id} label={name} />
                  ))}
                </Group>
              </Checkbox.Group>
            )}
            <Checkbox
              label={t(text.owners)}
              checked={step.owners}
              onChange={(event) => change(index, { owners: event.currentTarget.checked })}
            />
            {index > 0 && (
              <Group>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  onClick={() => setSteps(steps.filter((_, at) => at !== index))}
                >
                  {t(text.removeStep)}
                </Button>
              </Group>
            )}
          </fieldset>
        ))}
        <Group>
          <Button variant="default" size="compact-sm" onClick={addStep}>
            {t(text.addStep)}
          </Button>
        </Group>
      </div>
      <Buttons busy={busy} close={close} word={text.save} />
    </Form>
  );
}
