import type { CaseStudy } from '#src/community/contract/case-studies.ts';
import { caseStudyText as text } from '#src/community/contract/case-studies.text.ts';
import { organisationSizes } from '#src/community/contract/organisations.ts';
import { facetText } from '#src/community/contract/industries.text.ts';
import { organisationSizeText } from '#src/community/contract/organisations.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { IndustryOptions } from '../site/facets.tsx';
import { ChoiceField, Field, TextField } from '#src/platform/web/public/form-parts.tsx';

type Texts = Record<string, string>;

/** The fields that make an article a case study; without a customer it is none. */
export function CaseStudyFields({ values, problem }: { values: Texts; problem: Problem | null }) {
  const t = useText();
  return (
    <details className="com-more" open={Boolean(values['customer']) || undefined}>
      <summary>{t(text.form)}</summary>
      <p className="com-dim">{t(text.formHint)}</p>
      <div className="com-fields">
        <Field
          label={t(text.customer)}
          hint={t(text.customerHint)}
          name="customer"
          maxLength={60}
          defaultValue={values['customer']}
          problem={problem}
        />
        <ChoiceField label={t(facetText.industry)} name="caseIndustry" defaultValue={values['caseIndustry']}>
          <IndustryOptions />
        </ChoiceField>
        <ChoiceField label={t(text.companySize)} name="companySize" defaultValue={values['companySize']}>
          {organisationSizes.flatMap((one) =>
            one === ''
              ? []
              : [
                  <option key={one} value={one}>
                    {t(organisationSizeText[one])}
                  </option>,
                ],
          )}
        </ChoiceField>
      </div>
      <TextField
        label={t(text.figures)}
        hint={t(text.figuresHint)}
        name="figures"
        rows={4}
        maxLength={1500}
        defaultValue={values['figures']}
        problem={problem}
      />
      <TextField
        label={t(text.quote)}
        name="quote"
        rows={3}
        maxLength={1000}
        defaultValue={values['quote']}
        problem={problem}
      />
      <div className="com-fields">
        <Field
          label={t(text.quotedPerson)}
          name="quotedPerson"
          maxLength={100}
          defaultValue={values['quotedPerson']}
          problem={problem}
        />
        <Field
          label={t(text.quotedTitle)}
          name="quotedTitle"
          maxLength={100}
          defaultValue={values['quotedTitle']}
          problem={problem}
        />
      </div>
    </details>
  );
}

/** What the fields say, as the API takes it; null without a customer. */
export function caseStudyOf(form: Texts) {
  const customer = form['customer']?.trim() ?? '';
  if (customer === '') return null;
  return {
    customer,
    industry: form['caseIndustry'],
    companySize: form['companySize'],
    figures: (form['figures'] ?? '')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [measure = '', before = '', after = '', unit = ''] = line
          .split(/[;；]/)
          .map((one) => one.trim());
        return { measure, before: numberIn(before), after: numberIn(after), unit };
      }),
    quote: form['quote'] ?? '',
    quotedPerson: form['quotedPerson'] ?? '',
    quotedTitle: form['quotedTitle'] ?? '',
  };
}

/** What is no number is refused as it was typed. */
const numberIn = (typed: string) => (typed !== '' && Number.isFinite(Number(typed)) ? Number(typed) : typed);

/** A case study as the fields have it. */
export const caseStudyTexts = (study: CaseStudy | null): Texts =>
  study === null
    ? {}
    : {
        customer: study.customer.slug,
        caseIndustry: study.industry,
        companySize: study.companySize,
        figures: study.figures
          .map(({ measure, before, after, unit }) => [measure, before, after, unit].join('; '))
          .join('\n'),
        quote: study.quote,
        quotedPerson: study.quotedPerson,
        quotedTitle: study.quotedTitle,
      };
