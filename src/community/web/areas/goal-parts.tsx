import { chapterPath, seriesPath, tagPath } from '#src/community/contract/addresses.ts';
import type { Area } from '#src/community/contract/areas.ts';
import { areaPageText as text } from '#src/community/contract/areas.text.ts';
import type { ListedChapter } from '#src/community/contract/chapters.ts';
import { languageNameOf } from '#src/community/contract/languages.ts';
import { facetText, industryText } from '#src/community/contract/industries.text.ts';
import { memberRoles } from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { measureWords } from '#src/community/contract/measures.ts';
import { locales } from '#src/platform/contract/i18n.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { IndustryOptions } from '../site/facets.tsx';
import { MeasureOptions } from '../goals/measure-options.tsx';

export type Chapters = readonly Pick<ListedChapter, 'slug' | 'name'>[];

/** What the fields of a goal say, as the API wants it. */
export function goalIn(field: (name: string) => string) {
  if (field('measure') === '') return null;
  const given = (name: string) => (field(name) === '' ? null : field(name));
  return {
    measure: field('measure'),
    monthlyTarget: Number(field('monthlyTarget')),
    covers: {
      chapter: given('chapter'),
      tag: given('tag'),
      series: given('series') === null ? null : Number(field('series')),
      locale: given('locale'),
      industry: given('industry'),
      role: given('role'),
    },
  };
}

/** What is counted of an area each month, and of what. */
export function GoalLine({ area: { goal, covers } }: { area: Area }) {
  const t = useText();
  const format = useFormat();
  const locale = useLocale();
  if (!goal) return null;
  const measure = t(measureWords(goal.measure));
  const target = format.number(goal.monthlyTarget);
  return (
    <>
      <p className="com-dim">
        {goal.value === null
          ? t(text.notMeasured)
          : t(text.month(measure, format.number(goal.value), target))}
      </p>
      {Object.values(covers).some((part) => part !== null) && (
        <p className="com-meta">
          <span>{t(text.covers)}</span>
          {covers.chapter && (
            <a href={chapterPath(covers.chapter.slug)}>
              <bdi>{covers.chapter.name}</bdi>
            </a>
          )}
          {covers.tag !== null && (
            <a href={tagPath(covers.tag)}>
              <bdi>{covers.tag}</bdi>
            </a>
          )}
          {covers.series && (
            <a href={seriesPath(covers.series.id)}>
              <bdi>{covers.series.title}</bdi>
            </a>
          )}
          {covers.locale !== null && <span>{languageNameOf(covers.locale, locale)}</span>}
          {covers.industry !== null && <span>{t(industryText[covers.industry])}</span>}
          {covers.role !== null && <span>{t(memberText[covers.role])}</span>}
        </p>
      )}
    </>
  );
}

/** The fields of a goal: the measure, how much it has to be, and of what. */
export function GoalFields({ chapters, area }: { chapters: Chapters; area?: Area }) {
  const t = useText();
  const locale = useLocale();
  const covers = area?.covers;
  return (
    <>
      <div className="com-row">
        <ChoiceField label={t(text.measure)} name="measure" defaultValue={area?.goal?.measure ?? ''}>
          <option value="">{t(text.noMeasure)}</option>
          <MeasureOptions />
        </ChoiceField>
        <Field
          label={t(text.monthlyTarget)}
          name="monthlyTarget"
          type="number"
          min={1}
          defaultValue={String(area?.goal?.monthlyTarget ?? 1)}
        />
      </div>
      <fieldset>
        <legend>{t(text.covers)}</legend>
        <p className="com-dim">{t(text.coversHint)}</p>
        <div className="com-row">
          <ChoiceField
            label={t(text.coveredChapter)}
            name="chapter"
            defaultValue={covers?.chapter?.slug ?? ''}
          >
            <option value="">{t(text.coversAll)}</option>
            {chapters.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </ChoiceField>
          <Field label={t(text.coveredTag)} name="tag" maxLength={40} defaultValue={covers?.tag ?? ''} />
          <Field
            label={t(text.coveredSeries)}
            name="series"
            type="number"
            min={1}
            defaultValue={covers?.series?.id ?? ''}
          />
          <ChoiceField label={t(text.coveredLocale)} name="locale" defaultValue={covers?.locale ?? ''}>
            <option value="">{t(text.coversAll)}</option>
            {locales.map((one) => (
              <option key={one} value={one}>
                {languageNameOf(one, locale)}
              </option>
            ))}
          </ChoiceField>
          <ChoiceField label={t(facetText.industry)} name="industry" defaultValue={covers?.industry ?? ''}>
            <option value="">{t(text.coversAll)}</option>
            <IndustryOptions />
          </ChoiceField>
          <ChoiceField label={t(memberText.byRole)} name="role" defaultValue={covers?.role ?? ''}>
            <option value="">{t(text.coversAll)}</option>
            {memberRoles.map((one) => (
              <option key={one} value={one}>
                {t(memberText[one])}
              </option>
            ))}
          </ChoiceField>
        </div>
      </fieldset>
    </>
  );
}
