import { Button, Group, Modal, NativeSelect, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { alertPageText as text } from '#src/fleet/contract/alert-pages.text.ts';
import { type AlertRule, type RuleTest, severities, type Severity } from '#src/fleet/contract/alerts.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldProblem, ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { Buttons, Form } from '../clusters/dialog-parts.tsx';
import { useCommand } from '../clusters/use-command.ts';
import { severityWord, unitWords } from './alert-words.tsx';
import styles from './alerts.module.css';

type Props = { asked: AlertRule | 'new' | null; close: () => void; done: () => void };

/** Changes a rule, or makes a new one, with a look at what it would have done. */
export function RuleDialog({ asked, close, done }: Props) {
  const t = useText();
  return (
    <Modal
      opened={asked !== null}
      onClose={close}
      size="lg"
      title={asked === 'new' || asked === null ? t(text.addRule) : t(asked.title)}
      closeButtonProps={{ 'aria-label': t(shellText.cancel) }}
    >
      {asked !== null && <RuleForm rule={asked === 'new' ? undefined : asked} close={close} done={done} />}
    </Modal>
  );
}

// Apart, so that closing the window forgets what was typed.
function RuleForm({
  rule,
  close,
  done,
}: {
  rule: AlertRule | undefined;
  close: () => void;
  done: () => void;
}) {
  const t = useText();
  const { send, command, problem, busy } = useCommand();
  const isOwn = !rule?.shipped;
  const [enabled, setEnabled] = useState(rule?.enabled ?? true);
  const [severity, setSeverity] = useState<Severity>(rule?.severity ?? 'warning');
  const [minutes, setMinutes] = useState(String((rule?.forSeconds ?? 60) / 60));
  const [threshold, setThreshold] = useState(rule?.threshold == null ? '' : String(rule.threshold));
  const [name, setName] = useState(isOwn ? (rule?.title.en ?? '') : '');
  const [expression, setExpression] = useState(rule?.expression ?? '');
  const [meaning, setMeaning] = useState('');
  const [nextStep, setNextStep] = useState('');
  const [tested, setTested] = useState<RuleTest | null>(null);
  const forSeconds = Math.round(Number(minutes) * 60);
  const path = `/api/fleet/alert-rules${rule ? `/${encodeURIComponent(rule.rule)}` : ''}`;
  const words = {
    name,
    expression,
    ...(meaning !== '' && { meaning }),
    ...(nextStep !== '' && { nextStep }),
  };
  const wish = {
    enabled,
    severity,
    forSeconds,
    ...(isOwn ? words : rule?.threshold != null && { threshold: Number(threshold) }),
  };
  const tryIt = async () => {
    setTested(await send<RuleTest>('post', '/api/fleet/alert-rules/test', { expression, forSeconds }));
  };
  const reset = { enabled: true, severity: null, forSeconds: null, threshold: null };
  return (
    <Form go={() => void command(rule ? 'patch' : 'post', path, wish, done)}>
      <ProblemNotice problem={problem} />
      <Stack gap="md">
        {!isOwn && rule && <p className={styles.dim}>{t(rule.explanation.meaning)}</p>}
        {isOwn && (
          <>
            <TextInput
              label={t(text.name)}
              required
              maxLength={100}
              value={name}
              error={fieldProblem(problem, 'name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Textarea
              label={t(text.expression)}
              description={t(text.expressionHint)}
              required
              autosize
              minRows={2}
              maxLength={4000}
              styles={{ input: { fontFamily: 'var(--el-mono)' } }}
              value={expression}
              error={fieldProblem(problem, 'expression')}
              onChange={(event) => {
                setExpression(event.currentTarget.value);
                setTested(null);
              }}
            />
            <Group>
              <Button
                variant="default"
                disabled={expression.trim() === ''}
                loading={busy}
                onClick={() => void tryIt()}
              >
                {t(text.tryRule)}
              </Button>
            </Group>
            {tested && (
              <div className={styles.notice} role="status">
                {t(text.wouldHaveFired(tested.fired, tested.firesNow))}
                <ul className={styles.list}>
                  {tested.series.slice(0, 6).map((one) => (
                    <li key={JSON.stringify(one.labels)}>
                      {one.fired} ×{' '}
                      <code>
                        {Object.entries(one.labels)
                          .map(([k, v]) => `${k}=${v}`)
                          .join(' ')}
                      </code>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </>
        )}
        <Switch
          label={t(text.ruleEnabled)}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <NativeSelect
          label={t(text.severity)}
          value={severity}
          onChange={(event) => setSeverity(event.currentTarget.value as Severity)}
          data={severities.map((one) => ({ value: one, label: t(severityWord(one)) }))}
        />
        {rule?.expression !== null && (
          <TextInput
            label={t(text.forMinutes)}
            type="number"
            min={0}
            step="any"
            value={minutes}
            error={fieldProblem(problem, 'forSeconds')}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
        )}
        {!isOwn && rule?.threshold != null && rule.unit !== null && (
          <TextInput
            label={t(text.threshold(t(unitWords[rule.unit])))}
            type="number"
            step="any"
            value={threshold}
            error={fieldProblem(problem, 'threshold')}
            onChange={(event) => setThreshold(event.currentTarget.value)}
          />
        )}
        {isOwn && (
          <>
            <Textarea
              label={t(text.ownMeaning)}
              autosize
              minRows={2}
              value={meaning}
              onChange={(event) => setMeaning(event.currentTarget.value)}
            />
            <Textarea
              label={t(text.ownNextStep)}
              autosize
              minRows={2}
              value={nextStep}
              onChange={(event) => setNextStep(event.currentTarget.value)}
            />
          </>
        )}
        {rule && (
          <Group>
            {rule.shipped ? (
              rule.changed && (
                <Button
                  variant="default"
                  disabled={busy}
                  onClick={() => void command('patch', path, reset, done)}
                >
                  {t(text.asShipped)}
                </Button>
              )
            ) : (
              <Button
                variant="default"
                color="red"
                disabled={busy}
                onClick={() => void command('delete', path, undefined, done)}
              >
                {t(text.remove)}
              </Button>
            )}
          </Group>
        )}
      </Stack>
      <Buttons busy={busy} close={close} word={text.save} />
    </Form>
  );
}
