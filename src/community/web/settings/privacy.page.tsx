import { redirect, redirectDocument } from 'react-router';
import { z } from 'zod';
import { Consent, ConsentKind, Privacy } from '#src/community/contract/privacy.ts';
import { privacyText as text } from '#src/community/contract/privacy.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Box, Notice } from '../site/parts.tsx';
import type { Route } from './+types/privacy.page.ts';
import { SettingsHead } from './settings-tabs.tsx';

export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/settings/community/privacy');
  return { privacy: await context.get(apiContext).get('/api/community/privacy', Privacy) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const kind = ConsentKind.safeParse(fieldOf(form, 'consent')).data;
  if (kind) {
    const body = { isGiven: fieldOf(form, 'given') === 'yes' };
    const answer = await formAnswer(
      api.put(`/api/community/privacy/consents/${kind}`, body, z.array(Consent)),
    );
    return 'refused' in answer ? refusedForm(answer.refused) : redirect('/settings/community/privacy');
  }
  const password = fieldOf(form, 'password');
  const body = { confirm: fieldOf(form, 'confirm'), ...(password !== '' && { password }) };
  const answer = await formAnswer(api.post('/api/community/privacy/erasure', body));
  // A whole new page, so that nothing of the old one stays in memory.
  return 'refused' in answer ? refusedForm(answer.refused) : redirectDocument('/sign-in?note=erased');
}

export default function PrivacyPage({ loaderData: { privacy }, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <>
      <SettingsHead current="/settings/community/privacy" />
      <p className="com-lead">{t(text.lead)}</p>
      <Consents privacy={privacy} />
      <YourData privacy={privacy} />
      <Leave privacy={privacy} problem={actionData?.problem} />
    </>
  );
}

const words: Readonly<Record<string, Text>> = {
  account: text.account,
  profile: text.profile,
  writings: text.writings,
  standing: text.standing,
  people: text.people,
  notifications: text.notifications,
  organisations: text.organisations,
  moderation: text.moderation,
  'search-engines': text['search-engines'],
  leaderboards: text.leaderboards,
};
const wordOf = (name: string): Text => words[name] ?? { en: name, 'zh-CN': name };

function Consents({ privacy }: { privacy: Privacy }) {
  const t = useText();
  const format = useFormat();
  return (
    <Box title={t(text.consents)}>
      <ul className="com-plain com-rows">
        {privacy.consents.map((one) => (
          <li key={one.kind}>
            <span>
              <strong>{t(text[one.kind])}</strong>
              <br />
              <span className="com-dim">{t(text[`${one.kind}-hint`])}</span>
              <br />
              <span className="com-mark" data-tone={one.isGiven ? 'good' : 'idle'}>
                {t(one.isGiven ? text.given : text.withdrawn)}
              </span>{' '}
              <span className="com-dim">{one.at === null ? t(text.usual) : format.dateTime(one.at)}</span>
            </span>
            <form method="post">
              <input type="hidden" name="consent" value={one.kind} />
              <button
                type="submit"
                name="given"
                value={one.isGiven ? 'no' : 'yes'}
                className="com-button"
                data-kind="quiet"
                aria-label={`${t(one.isGiven ? text.withdraw : text.allow)}: ${t(text[one.kind])}`}
              >
                {t(one.isGiven ? text.withdraw : text.allow)}
              </button>
            </form>
          </li>
        ))}
      </ul>
      {privacy.decisions.length > 0 && (
        <details>
          <summary>{t(text.decisions)}</summary>
          <ul className="com-plain">
            {privacy.decisions.map((one) => (
              <li key={one.kind + one.at}>
                <span className="com-dim">{format.dateTime(one.at)}</span> {t(wordOf(one.kind))}:{' '}
                {t(one.isGiven ? text.given : text.withdrawn)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Box>
  );
}

function YourData({ privacy }: { privacy: Privacy }) {
  const t = useText();
  const format = useFormat();
  return (
    <Box title={t(text.exportTitle)}>
      <p className="com-lead">{t(text.exportLead)}</p>
      <table className="com-table">
        <thead>
          <tr>
            <th scope="col">{t(text.part)}</th>
            <th scope="col">{t(text.rows)}</th>
          </tr>
        </thead>
        <tbody>
          {privacy.parts.map(({ part, rows }) => (
            <tr key={part}>
              <td>{t(wordOf(part))}</td>
              <td>{format.number(rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a className="com-button" href="/api/community/privacy/export" download="elepherd-my-data.json">
          {t(text.download)}
        </a>
      </p>
    </Box>
  );
}

function Leave({ privacy, problem }: { privacy: Privacy; problem: Problem | null | undefined }) {
  const t = useText();
  return (
    <Box title={t(text.eraseTitle)}>
      <p className="com-lead">{t(text.eraseLead)}</p>
      <Refusal problem={problem} />
      {privacy.ownedAlone.length > 0 ? (
        <Notice tone="warn">
          {t(text.handOver(privacy.ownedAlone.join(', ')))}{' '}
          <a href="/organisation">{t(text.toOrganisation)}</a>
        </Notice>
      ) : (
        <form method="post" className="com-form">
          <fieldset className="com-danger">
            <legend>{t(text.eraseTitle)}</legend>
            <p className="com-dim">{t(text.eraseExportFirst)}</p>
            <Field
              label={t(text.typeToConfirm(privacy.confirm))}
              name="confirm"
              autoComplete="off"
              spellCheck={false}
              maxLength={254}
              required
              problem={problem}
            />
            {privacy.hasPassword && (
              <Field
                label={t(text.password)}
                name="password"
                type="password"
                autoComplete="current-password"
                maxLength={200}
                required
                problem={problem}
              />
            )}
            <div className="com-actions">
              <button type="submit" className="com-button" data-kind="bad">
                {t(text.erase)}
              </button>
            </div>
          </fieldset>
        </form>
      )}
    </Box>
  );
}
