import { committeePageText as text } from '#src/community/contract/committees.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField } from '#src/platform/web/public/form-parts.tsx';

/** A choice among committees; `none` is the words of a choice for none of them. */
export function CommitteeField(props: {
  committees: readonly { slug: string; name: string }[];
  defaultValue?: string | undefined;
  label?: string;
  none?: string;
}) {
  const t = useText();
  const { committees, defaultValue, label = t(text.committee), none } = props;
  return (
    <ChoiceField label={label} name="committee" defaultValue={defaultValue}>
      {none !== undefined && <option value="">{none}</option>}
      {committees.map(({ slug, name }) => (
        <option key={slug} value={slug}>
          {name}
        </option>
      ))}
    </ChoiceField>
  );
}
