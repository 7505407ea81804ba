import { type Industry, industries } from '#src/community/contract/industries.ts';
import { facetText as text, industryText } from '#src/community/contract/industries.text.ts';
import { type MemberRole, memberRoles } from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, TickField } from '#src/platform/web/public/form-parts.tsx';

/** Every industry, to choose one. */
export function IndustryOptions() {
  const t = useText();
  return industries.map((one) => (
    <option key={one} value={one}>
      {t(industryText[one])}
    </option>
  ));
}

/** The choice of somebody's industry, or of none. */
export function IndustryField({ given, problem }: { given: string; problem: Problem | null | undefined }) {
  const t = useText();
  return (
    <ChoiceField label={t(text.industry)} name="industry" defaultValue={given} problem={problem}>
      <option value="">{t(text.notStated)}</option>
      <IndustryOptions />
    </ChoiceField>
  );
}

/** Ticks for several industries and several roles, by the names `industries` and `roles`. */
export function FacetFields(props: {
  industries: { legend: string; hint: string; given: readonly string[] };
  roles: { legend: string; hint: string; given: readonly string[] };
}) {
  const t = useText();
  const groups = [
    {
      name: 'industries',
      ...props.industries,
      all: industries.map((one) => ({ one, label: industryText[one] })),
    },
    { name: 'roles', ...props.roles, all: memberRoles.map((one) => ({ one, label: memberText[one] })) },
  ];
  return groups.map(({ name, legend, hint, given, all }) => (
    <fieldset key={name}>
      <legend>{legend}</legend>
      <p className="com-dim">{hint}</p>
      <div className="com-ticks">
        {all.map(({ one, label }) => (
          <TickField
            key={one}
            label={t(label)}
            name={name}
            value={one}
            defaultChecked={given.includes(one)}
          />
        ))}
      </div>
    </fieldset>
  ));
}

/** For whom an article is and about which industries, each leading to the others. */
export function Facets(props: { industries: readonly Industry[]; roles: readonly MemberRole[] }) {
  const t = useText();
  if (props.industries.length + props.roles.length === 0) return null;
  return (
    <ul className="com-tags" aria-label={t(text.facets)}>
      {props.industries.map((one) => (
        <li key={one}>
          <a className="com-tag" href={`/articles?industry=${one}`}>
            {t(industryText[one])}
          </a>
        </li>
      ))}
      {props.roles.map((one) => (
        <li key={one}>
          <a className="com-tag" href={`/articles?role=${one}`}>
            {t(memberText[one])}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The form above a list that shows one industry, one role of readers, or both. */
export function FacetFilter(props: {
  action: string;
  industry: string | undefined;
  role: string | undefined;
  hidden: Record<string, string>;
}) {
  const t = useText();
  return (
    <form action={props.action} className="com-filter" role="search">
      {Object.entries(props.hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <select name="industry" defaultValue={props.industry ?? ''} aria-label={t(text.industry)}>
        <option value="">{t(text.anyIndustry)}</option>
        <IndustryOptions />
      </select>
      <select name="role" defaultValue={props.role ?? ''} aria-label={t(text.role)}>
        <option value="">{t(text.anyRole)}</option>
        {memberRoles.map((one) => (
          <option key={one} value={one}>
            {t(memberText[one])}
          </option>
        ))}
      </select>
      <button type="submit" className="com-button" data-kind="quiet">
        {t(text.show)}
      </button>
    </form>
  );
}
