import { redirect } from 'react-router';
import { availabilities } from '#src/community/contract/experts.ts';
import { expertPageText as text } from '#src/community/contract/experts.text.ts';
import { languageNameOf } from '#src/community/contract/languages.ts';
import { spokenLanguages } from '#src/community/contract/offerings.ts';
import { currencies } from '#src/community/contract/placements.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, TextField, TickField } from '#src/platform/web/public/form-parts.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { minorOf } from '../organisations/money.ts';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/apply.page.ts';
import { evidenceOf } from './evidence-of.ts';
import '../organisations/organisations.css';

export const meta = titled(text.apply);

export function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=%2Fexperts%2Fapply');
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const names = ['about', 'skills', 'availability', 'rate', 'currency', 'unit', 'evidence'] as const;
  const given: Record<string, string> = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const languages = form.getAll('languages').map(String);
  const { rate = '', currency = '', unit = '' } = given;
  const body = {
    about: given['about'],
    skills: (given['skills'] ?? '')
      .split(/[,，、\n]+/u)
      .map((skill) => skill.trim())
      .filter((skill) => skill !== ''),
    languages,
    availability: given['availability'],
    rate: rate.trim() === '' ? null : { minor: minorOf(rate, currency), currency, unit },
    evidence: evidenceOf(given['evidence'] ?? ''),
  };
  const answer = await formAnswer(context.get(apiContext).post('/api/community/experts', body));
  return 'refused' in answer
    ? refusedForm(answer.refused, { ...given, languages: languages.join(' ') })
    : redirect('/experts');
}

export default function ApplyPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  const locale = useLocale();
  const problem = actionData?.problem;
  const given: Record<string, string> = actionData?.given ?? {};
  return (
    <PageGrid>
      <PageHead title={t(text.apply)} lead={t(text.applyLead)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <form method="post" className="com-form">
        <MarkdownField
          label={t(text.about)}
          name="about"
          rows={10}
          defaultValue={given['about'] ?? ''}
          problem={problem}
        />
        <Field
          label={t(text.skills)}
          hint={t(text.skillsHint)}
          name="skills"
          maxLength={1000}
          required
          defaultValue={given['skills']}
          problem={problem}
        />
        <TextField
          label={t(text.evidenceField)}
          hint={t(text.evidenceHint)}
          name="evidence"
          rows={5}
          maxLength={10_000}
          required
          defaultValue={given['evidence']}
          problem={problem}
        />
        <fieldset>
          <legend>{t(text.languages)}</legend>
          <div className="com-ticks">
            {spokenLanguages.map((one) => (
              <TickField
                key={one}
                label={languageNameOf(one, locale)}
                name="languages"
                value={one}
                defaultChecked={(given['languages'] ?? '').split(' ').includes(one)}
              />
            ))}
          </div>
        </fieldset>
        <ChoiceField label={t(text.availability)} name="availability" defaultValue={given['availability']}>
          {availabilities.map((one) => (
            <option key={one} value={one}>
              {t(text[one])}
            </option>
          ))}
        </ChoiceField>
        <div className="com-row">
          <Field
            label={t(text.rate)}
            hint={t(text.rateHint)}
            name="rate"
            type="number"
            min="0"
            step="0.01"
            defaultValue={given['rate']}
            problem={problem}
          />
          <ChoiceField label={t(text.currency)} name="currency" defaultValue={given['currency']}>
            {currencies.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </ChoiceField>
          <ChoiceField label={t(text.per)} name="unit" defaultValue={given['unit']}>
            <option value="hour">{t(text.hour)}</option>
            <option value="day">{t(text.day)}</option>
          </ChoiceField>
        </div>
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.send)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}
