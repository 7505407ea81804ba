import { listCountries } from '#src/community/contract/countries.ts';
import { organisationKinds, organisationSizes } from '#src/community/contract/organisations.ts';
import {
  organisationKindText,
  organisationPageText as text,
  organisationSizeText,
} from '#src/community/contract/organisations.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { IndustryField } from '../site/facets.tsx';

export type Given = {
  name: string;
  kind: string;
  website: string;
  country: string;
  size: string;
  industry: string;
  about: string;
};

/** What the page of an organisation says, as fields of a form. */
export function OrganisationFields({
  given,
  problem,
}: {
  given: Given;
  problem: Problem | null | undefined;
}) {
  const t = useText();
  return (
    <>
      <Field
        label={t(text.name)}
        name="name"
        maxLength={200}
        required
        defaultValue={given.name}
        problem={problem}
      />
      <ChoiceField label={t(text.kind)} name="kind" required defaultValue={given.kind} problem={problem}>
        {organisationKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(organisationKindText[kind])}
          </option>
        ))}
      </ChoiceField>
      <Field
        label={t(text.website)}
        name="website"
        type="url"
        maxLength={500}
        defaultValue={given.website}
        problem={problem}
      />
      <CountryField given={given.country} problem={problem} />
      <ChoiceField label={t(text.size)} name="size" defaultValue={given.size} problem={problem}>
        {organisationSizes.map((size) => (
          <option key={size} value={size}>
            {t(size === '' ? text.sizeNone : organisationSizeText[size])}
          </option>
        ))}
      </ChoiceField>
      <IndustryField given={given.industry} problem={problem} />
      <MarkdownField
        label={t(text.about)}
        name="about"
        rows={10}
        required={false}
        defaultValue={given.about}
        problem={problem}
      />
    </>
  );
}

/** The choice of a country by its name; `required` leaves out that it is not stated. */
export function CountryField(props: {
  given: string;
  required?: boolean;
  problem: Problem | null | undefined;
}) {
  const t = useText();
  const locale = useLocale();
  return (
    <ChoiceField
      label={t(text.country)}
      name="country"
      required={props.required}
      defaultValue={props.given}
      problem={props.problem}
    >
      {!props.required && <option value="">{t(text.countryNone)}</option>}
      {listCountries(locale).map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </ChoiceField>
  );
}
