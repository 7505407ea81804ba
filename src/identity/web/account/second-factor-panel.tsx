import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { accountPageText as text } from '#src/identity/contract/account-page.text.ts';
import type { Account, SecondFactorOffer } from '#src/identity/contract/accounts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { CodeBlock } from '#src/platform/web/ui/code-block.tsx';
import { Panel } from '#src/platform/web/ui/panel.tsx';
import { ProblemNotice } from '#src/platform/web/ui/problem-notice.tsx';
import { StatusBadge } from '#src/platform/web/ui/status-badge.tsx';
import { usePanel } from './use-panel.ts';

/** Turns TOTP on and off, and shows recovery codes the one time they can be seen. */
export function SecondFactorPanel({ account }: { account: Account }) {
  const t = useText();
  const begin = usePanel();
  const finish = usePanel();
  const isOn = account.secondFactor;
  return (
    <Panel
      title={t(text.secondFactor)}
      actions={<StatusBadge tone={isOn ? 'good' : 'idle'} text={isOn ? text.on : text.off} />}
    >
      <Stack maw={620}>
        <Text c="dimmed">{t(text.secondFactorLead)}</Text>
        <ProblemNotice problem={begin.problem ?? finish.problem} />
        {begin.recoveryCodes && <Codes codes={begin.recoveryCodes} />}
        {begin.offer && !isOn ? (
          <Offer offer={begin.offer} finish={finish} />
        ) : (
          <begin.Form method="post">
            <Group align="flex-end">
              {account.hasPassword && (
                <PasswordInput
                  name="password"
                  label={t(text.currentPassword)}
                  autoComplete="current-password"
                  maxLength={200}
                  required
                  w={280}
                />
              )}
              {isOn ? (
                <>
                  <Button type="submit" name="intent" value="recovery-codes" variant="default">
                    {t(text.newRecoveryCodes)}
                  </Button>
                  <Button
                    type="submit"
                    name="intent"
                    value="disable-second-factor"
                    color="red"
                    variant="light"
                  >
                    {t(text.turnOff)}
                  </Button>
                </>
              ) : (
                <Button type="submit" name="intent" value="offer-second-factor" loading={begin.busy}>
                  {t(text.turnOn)}
                </Button>
              )}
            </Group>
          </begin.Form>
        )}
      </Stack>
    </Panel>
  );
}

function Offer({ offer, finish }: { offer: SecondFactorOffer; finish: ReturnType<typeof usePanel> }) {
  const t = useText();
  const secret = new URL(offer.uri).searchParams.get('secret') ?? '';
  return (
    <Stack>
      <Text>{t(text.scan)}</Text>
      {/* Drawn by our own server from its own secret. */}
      <div
        style={{ width: 200, background: '#fff', borderRadius: 8 }}
        dangerouslySetInnerHTML={{ __html: offer.qrSvg }}
      />
      <CodeBlock code={secret} label={t(text.secretByHand)} />
      <Codes codes={offer.recoveryCodes} />
      <finish.Form method="post">
        <input type="hidden" name="intent" value="confirm-second-factor" />
        <Group align="flex-end">
          <TextInput
            name="code"
            label={t(text.code)}
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9]{6}"
            maxLength={6}
            required
            w={160}
          />
          <Button type="submit" loading={finish.busy}>
            {t(text.confirm)}
          </Button>
        </Group>
      </finish.Form>
    </Stack>
  );
}

function Codes({ codes }: { codes: string[] }) {
  const t = useText();
  return (
    <div>
      <Text fw={600}>{t(text.recoveryCodes)}</Text>
      <Text c="dimmed" mb="xs">
        {t(text.recoveryLead)}
      </Text>
      <CodeBlock code={codes.join('\n')} label={t(text.recoveryCodes)} />
    </div>
  );
}
