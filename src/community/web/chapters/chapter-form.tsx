import { chapterPageText as text } from '#src/community/contract/chapters.text.ts';
import { organisationPageText } from '#src/community/contract/organisations.text.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldOf } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { CountryField } from '../organisations/fields.tsx';
import { Notice } from '../site/parts.tsx';

const names = ['name', 'country', 'city', 'locale', 'about', 'website', 'organisation', 'slug'] as const;

/** What the fields of a chapter say, as the body that the API takes. */
export function chapterBodyOf(form: FormData) {
  const given: Record<string, string> = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const { slug = '', organisation = '', ...rest } = given;
  const body = {
    ...rest,
    organisation: organisation === '' ? null : organisation,
    ...(slug !== '' && { slug }),
  };
  return { body, given };
}

/** The form of a chapter; a new one may choose its address. */
export function ChapterForm(props: {
  given: Record<string, string>;
  problem: Problem | null | undefined;
  isNew?: boolean;
}) {
  const t = useText();
  const { given, problem, isNew } = props;
  return (
    <form method="post" className="com-form">
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <Field
        label={t(text.name)}
        name="name"
        maxLength={200}
        required
        defaultValue={given['name']}
        problem={problem}
      />
      <CountryField given={given['country'] ?? ''} required problem={problem} />
      <Field
        label={t(text.city)}
        name="city"
        maxLength={100}
        defaultValue={given['city']}
        problem={problem}
      />
      <ChoiceField label={t(text.language)} name="locale" defaultValue={given['locale']}>
        <option value="zh-CN">{t(shellText.chinese)}</option>
        <option value="en">{t(shellText.english)}</option>
      </ChoiceField>
      <MarkdownField
        label={t(text.about)}
        name="about"
        rows={10}
        required={false}
        defaultValue={given['about'] ?? ''}
        problem={problem}
      />
      <Field
        label={t(text.website)}
        name="website"
        type="url"
        maxLength={500}
        defaultValue={given['website']}
        problem={problem}
      />
      <Field
        label={t(text.organisation)}
        hint={t(text.organisationHint)}
        name="organisation"
        maxLength={60}
        defaultValue={given['organisation']}
        problem={problem}
      />
      {isNew && (
        <Field
          label={t(organisationPageText.address)}
          hint={t(organisationPageText.addressHint)}
          name="slug"
          maxLength={60}
          pattern="[a-z][a-z0-9-]+[a-z0-9]"
          defaultValue={given['slug']}
          problem={problem}
        />
      )}
      <div className="com-actions">
        <button type="submit" className="com-button">
          {t(isNew ? text.send : text.save)}
        </button>
      </div>
    </form>
  );
}
