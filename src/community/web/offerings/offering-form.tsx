import { languageNameOf } from '#src/community/contract/languages.ts';
import {
  type OfferingKind,
  productCategories,
  serviceHours,
  serviceKinds,
  spokenLanguages,
} from '#src/community/contract/offerings.ts';
import {
  offeringPageText as text,
  productCategoryText,
  serviceHoursText,
  serviceKindText,
} from '#src/community/contract/offerings.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { useLocale, useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field, TickField } from '#src/platform/web/public/form-parts.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { Notice } from '../site/parts.tsx';

/** Everything a form of an offering holds, as texts; ticks joined by blanks. */
export type Given = Record<string, string>;

/** What the fields of a product or service say, as the body that the API takes. */
export function bodyOf(form: FormData, kind: OfferingKind) {
  const one = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const many = (name: string) => form.getAll(name).map(String);
  const words = { name: one('name'), summary: one('summary'), about: one('about'), website: one('website') };
  const regions = one('regions')
    .toUpperCase()
    .split(/[\s,，、]+/u)
    .filter((code) => code !== '');
  const body =
    kind === 'product'
      ? { ...words, category: one('category'), basedOn: one('basedOn').trim(), licence: one('licence') }
      : {
          ...words,
          kinds: many('kinds'),
          languages: many('languages'),
          regions,
          hours: one('hours'),
          reference: one('reference'),
        };
  return { body, given: givenOf(body) };
}

/** The words of an offering as its form shows them. */
export const givenOf = (body: Record<string, string | readonly string[]>): Given =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : value.join(' ')]),
  );

/** The form of a product or a service. */
export function OfferingForm(props: {
  kind: OfferingKind;
  organisation?: string;
  given: Given;
  problem: Problem | null | undefined;
}) {
  const t = useText();
  const { kind, organisation, given, problem } = props;
  const field = (name: keyof typeof text & string, more: object = {}) => ({
    label: t(text[name] as (typeof text)['name']),
    name,
    defaultValue: given[name],
    problem,
    ...more,
  });
  return (
    <form method="post" className="com-form">
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      {organisation !== undefined && <input type="hidden" name="organisation" value={organisation} />}
      <Field {...field('name')} maxLength={200} required />
      <Field {...field('summary')} maxLength={300} required />
      {kind === 'product' ? (
        <ProductFields given={given} problem={problem} />
      ) : (
        <ServiceFields given={given} problem={problem} />
      )}
      <Field {...field('website')} type="url" maxLength={500} />
      <MarkdownField
        label={t(text.about)}
        name="about"
        rows={10}
        required={false}
        defaultValue={given['about'] ?? ''}
        problem={problem}
      />
      <div className="com-actions">
        <button type="submit" className="com-button">
          {t(text.submit)}
        </button>
      </div>
    </form>
  );
}

type Part = { given: Given; problem: Problem | null | undefined };

function ProductFields({ given, problem }: Part) {
  const t = useText();
  return (
    <>
      <ChoiceField
        label={t(text.category)}
        name="category"
        defaultValue={given['category']}
        problem={problem}
      >
        {productCategories.map((one) => (
          <option key={one} value={one}>
            {t(productCategoryText[one])}
          </option>
        ))}
      </ChoiceField>
      <Field
        label={t(text.basedOn)}
        hint={t(text.basedOnHint)}
        name="basedOn"
        maxLength={6}
        defaultValue={given['basedOn']}
        problem={problem}
      />
      <Field
        label={t(text.licence)}
        name="licence"
        maxLength={60}
        required
        defaultValue={given['licence']}
        problem={problem}
      />
    </>
  );
}

function ServiceFields({ given, problem }: Part) {
  const t = useText();
  const locale = useLocale();
  const ticked = (name: string, value: string) => (given[name] ?? '').split(' ').includes(value);
  return (
    <>
      <fieldset>
        <legend>{t(text.kinds)}</legend>
        <div className="com-ticks">
          {serviceKinds.map((one) => (
            <TickField
              key={one}
              label={t(serviceKindText[one])}
              name="kinds"
              value={one}
              defaultChecked={ticked('kinds', one)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t(text.languages)}</legend>
        <div className="com-ticks">
          {spokenLanguages.map((one) => (
            <TickField
              key={one}
              label={languageNameOf(one, locale)}
              name="languages"
              value={one}
              defaultChecked={ticked('languages', one)}
            />
          ))}
        </div>
      </fieldset>
      <Field
        label={t(text.regions)}
        hint={t(text.regionsHint)}
        name="regions"
        maxLength={400}
        required
        defaultValue={given['regions']}
        problem={problem}
      />
      <ChoiceField label={t(text.hours)} name="hours" defaultValue={given['hours']} problem={problem}>
        {serviceHours.map((one) => (
          <option key={one} value={one}>
            {t(serviceHoursText[one])}
          </option>
        ))}
      </ChoiceField>
      <Field
        label={t(text.reference)}
        name="reference"
        maxLength={500}
        defaultValue={given['reference']}
        problem={problem}
      />
    </>
  );
}
