import { data } from 'react-router';
import { SiteSettings } from '#src/community/contract/site.ts';
import { siteSettingsText as text } from '#src/community/contract/site-settings.text.ts';
import { reputationPageText } from '#src/community/contract/reputation-terms.text.ts';
import { termsText } from '#src/community/contract/terms.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/site-settings.page.ts';

export const meta = titled(text.title);

const address = '/api/community/site/settings';

export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).get(address, SiteSettings);
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const wished = Object.fromEntries(
    Object.keys(SiteSettings.shape).map((name) => [name, fieldOf(form, name)]),
  );
  const answer = await formAnswer(context.get(apiContext).put(address, wished, SiteSettings));
  if ('refused' in answer) return refusedForm(answer.refused);
  return data({ problem: null, done: true });
}

export default function SiteSettingsPage({ loaderData: settings, actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {actionData?.done && <Notice tone="good">{t(text.saved)}</Notice>}
      <Refusal problem={problem} />
      <p>
        <a href="/reputation">{t(reputationPageText.title)}</a>
      </p>
      <p>
        <a href="/settings/site/terms">{t(termsText.title)}</a>
      </p>
      <form method="post" className="com-form">
        <ChoiceField label={t(text.start)} name="start" defaultValue={settings.start} problem={problem}>
          <option value="auto">{t(text.startAuto)}</option>
          <option value="community">{t(text.startCommunity)}</option>
          <option value="sign-in">{t(text.startSignIn)}</option>
        </ChoiceField>
        <ChoiceField label={t(text.profile)} name="profile" defaultValue={settings.profile} problem={problem}>
          <option value="international">{t(text.profileInternational)}</option>
          <option value="china">{t(text.profileChina)}</option>
        </ChoiceField>
        <Field
          label={t(text.icpNumber)}
          hint={t(text.icpHint)}
          name="icpNumber"
          maxLength={60}
          defaultValue={settings.icpNumber}
          problem={problem}
        />
        <Field
          label={t(text.policeNumber)}
          hint={t(text.policeHint)}
          name="policeNumber"
          maxLength={60}
          defaultValue={settings.policeNumber}
          problem={problem}
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.save)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}
