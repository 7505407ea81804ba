import { data } from 'react-router';
import { articleOrigins, licences } from '#src/community/contract/articles.ts';
import { articleText as text } from '#src/community/contract/articles.text.ts';
import { facetText } from '#src/community/contract/industries.text.ts';
import { seriesText } from '#src/community/contract/series.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { CaseStudyFields, caseStudyOf } from '../case-studies/case-study-fields.tsx';
import { FacetFields } from '../site/facets.tsx';
import { MediaFields, mediaOf } from '../media/media-fields.tsx';
import { licenceName } from './licence.tsx';

/** The fields of an article, as a form has them: all texts. */
export type ArticleForm = Record<string, string>;

/** The fields that a new article and a changed one have in common. */
export function ArticleFields(props: {
  values: ArticleForm;
  draft: string;
  problem: Problem | null;
  /** Titles to choose from; null where the series is not the editor's business. */
  series: readonly string[] | null;
  /** Whether it may be a case study: a new one, or one that is. */
  hasCase: boolean;
}) {
  const { values, problem } = props;
  const t = useText();
  const origins = { original: text.original, reposted: text.reposted, translated: text.translated };
  const isPlain = (values['origin'] ?? 'original') === 'original' && !values['sourceUrl'];
  return (
    <>
      <Field
        label={t(text.title)}
        hint={t(text.titleHint)}
        name="title"
        minLength={5}
        maxLength={200}
        required
        defaultValue={values['title']}
        problem={problem}
      />
      <MarkdownField
        label={t(text.body)}
        draft={props.draft}
        rows={22}
        {...(values['markdown'] !== undefined && { defaultValue: values['markdown'] })}
        problem={problem}
      />
      <Field
        label={t(text.tags)}
        hint={t(text.tagsHint)}
        name="tags"
        maxLength={260}
        defaultValue={values['tags']}
        problem={problem}
      />
      <div className="com-fields">
        <ChoiceField label={t(text.language)} name="locale" defaultValue={values['locale']} problem={problem}>
          <option value="zh-CN">{t(shellText.chinese)}</option>
          <option value="en">{t(shellText.english)}</option>
        </ChoiceField>
        <ChoiceField
          label={t(text.licence)}
          name="licence"
          defaultValue={values['licence']}
          problem={problem}
        >
          {licences.map((one) => (
            <option key={one} value={one}>
              {licenceName(one, t)}
            </option>
          ))}
        </ChoiceField>
        <ChoiceField label={t(text.origin)} name="origin" defaultValue={values['origin']} problem={problem}>
          {articleOrigins.map((one) => (
            <option key={one} value={one}>
              {t(origins[one])}
            </option>
          ))}
        </ChoiceField>
      </div>
      {props.series !== null && (
        <>
          <Field
            label={t(seriesText.series)}
            hint={t(seriesText.hint)}
            name="series"
            list="own-series"
            maxLength={200}
            defaultValue={values['series']}
            problem={problem}
          />
          <datalist id="own-series">
            {props.series.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </datalist>
        </>
      )}
      <details className="com-more" open={Boolean(values['industries'] || values['roles']) || undefined}>
        <summary>{t(facetText.facets)}</summary>
        <FacetFields
          industries={{
            legend: t(facetText.articleIndustries),
            hint: t(facetText.articleIndustriesHint),
            given: several(values['industries']),
          }}
          roles={{
            legend: t(facetText.articleRoles),
            hint: t(facetText.articleRolesHint),
            given: several(values['roles']),
          }}
        />
      </details>
      {props.hasCase && <CaseStudyFields values={values} problem={problem} />}
      <MediaFields values={values} />
      <details className="com-more" open={!isPlain || undefined}>
        <summary>{t(text.aboutSource)}</summary>
        <div className="com-fields">
          <Field
            label={t(text.sourceUrl)}
            hint={t(text.sourceUrlHint)}
            name="sourceUrl"
            type="url"
            maxLength={2000}
            defaultValue={values['sourceUrl']}
            problem={problem}
          />
          <Field
            label={t(text.sourceAuthor)}
            name="sourceAuthor"
            maxLength={200}
            defaultValue={values['sourceAuthor']}
            problem={problem}
          />
        </div>
      </details>
    </>
  );
}

/** What a form of an article says, as the API takes it. */
export function articleOf(form: ArticleForm, timeZone: string) {
  const textOrNull = (name: string) => form[name]?.trim() || null;
  return {
    title: form['title'] ?? '',
    markdown: form['markdown'] ?? '',
    tags: (form['tags'] ?? '').split(/[\s,，、;；]+/).filter((one) => one !== ''),
    locale: form['locale'],
    origin: form['origin'],
    licence: form['licence'],
    sourceUrl: textOrNull('sourceUrl'),
    sourceAuthor: textOrNull('sourceAuthor'),
    series: textOrNull('series'),
    media: mediaOf(form, timeZone),
    industries: several(form['industries']),
    roles: several(form['roles']),
    caseStudy: caseStudyOf(form),
  };
}

/** What was ticked, as a form and a draft of it have it: names with blanks between. */
const several = (ticked = '') => ticked.split(' ').filter((one) => one !== '');

/** The texts of a form by the names of its fields; of a name that stands more than once, all with blanks between. */
export function textsOf(form: FormData): ArticleForm {
  const texts: ArticleForm = {};
  for (const [name, value] of form)
    if (typeof value === 'string') texts[name] = name in texts ? `${texts[name]} ${value}` : value;
  return texts;
}

/** The form again as it was filled in, with what is wrong and the status that says so. */
export function refusedArticle(problem: Problem, form: ArticleForm) {
  return data({ problem, form }, { status: problem.status });
}
