import { data } from 'react-router';
import { tagPath } from '#src/community/contract/addresses.ts';
import { privilegeText } from '#src/community/contract/reputation-terms.text.ts';
import { tagWeightPageText as text, tagWeightText } from '#src/community/contract/tag-weight.text.ts';
import { tagText } from '#src/community/contract/tags.text.ts';
import { tagWeights, WeighedTag, WeightPreview } from '#src/community/contract/tags.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Breadcrumb, Notice, PageGrid, PageHead, Stat, Wide } from '../site/parts.tsx';
import type { Route } from './+types/weight.page.ts';

export const handle = { hydrate: false };
export const meta = titled(text.change);

const choices = ['none', ...tagWeights] as const;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const path = `/api/community/tags/${encodeURIComponent(params.name)}/weight`;
  const wished = new URL(request.url).searchParams.get('weight');
  const look = (weight: string) => api.get(`${path}?weight=${encodeURIComponent(weight)}`, WeightPreview);
  if (wished !== null) return { preview: await look(wished), isWished: true };
  return { preview: await look('none'), isWished: false };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const weight = fieldOf(await request.formData(), 'weight');
  const answer = await formAnswer(
    context
      .get(apiContext)
      .put(
        `/api/community/tags/${encodeURIComponent(params.name)}/weight`,
        { weight: weight === 'none' ? null : Number(weight) },
        WeighedTag,
      ),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return data({ problem: null, isDone: answer.done.isDone, given: {} });
}

export default function WeightPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { preview, isWished } = loaderData;
  const { name, weight } = preview;
  const isWeighed = actionData !== undefined && 'isDone' in actionData;
  return (
    <PageGrid>
      <Breadcrumb
        steps={[
          { href: '/tags', label: t(tagText.tags) },
          { href: tagPath(name), label: name },
          { label: t(text.change) },
        ]}
      />
      <PageHead title={t(text.title(name))} lead={t(text.lead)} />
      {isWeighed && <Notice tone="good">{t(actionData.isDone === true ? text.done : text.begun)}</Notice>}
      <Refusal problem={actionData?.problem} />
      <p>
        {t(text.now)}: <strong>{t(tagWeightText[weight ?? 'none'])}</strong>
      </p>
      <form className="com-form com-row">
        <ChoiceField
          label={t(text.weight)}
          name="weight"
          defaultValue={String((isWished ? preview.wished : weight) ?? 'none')}
        >
          {choices.map((one) => (
            <option key={one} value={one}>
              {t(tagWeightText[one])}
            </option>
          ))}
        </ChoiceField>
        <div className="com-actions">
          <button type="submit" className="com-button" data-kind="quiet">
            {t(text.look)}
          </button>
        </div>
      </form>
      {isWished && !isWeighed && <Change preview={preview} />}
    </PageGrid>
  );
}

/** What the wished weight will change, and the button that does it. */
function Change({ preview }: { preview: WeightPreview }) {
  const t = useText();
  const format = useFormat();
  const { levels, privileges } = preview;
  const shifts = [
    ...privileges.map(({ privilege, ...shift }) => ({ what: t(privilegeText[privilege]), ...shift })),
    ...(levels.gain + levels.lose > 0 ? [{ what: t(text.levels), ...levels }] : []),
  ];
  return (
    <section>
      <h2>{t(text.would)}</h2>
      {preview.members === 0 ? (
        <p>{t(text.nothing)}</p>
      ) : (
        <div className="com-stats">
          <Stat label={t(text.posts)} value={preview.posts} />
          <Stat label={t(text.entries)} value={preview.entries} />
          <Stat label={t(text.members)} value={preview.members} />
          <Stat
            label={t(text.sum)}
            value={t(text.fromTo(format.number(preview.before), format.number(preview.after)))}
          />
        </div>
      )}
      {shifts.length > 0 && (
        <Wide>
          <table className="com-table">
            <thead>
              <tr>
                <th scope="col">{t(text.what)}</th>
                <th scope="col">{t(text.gain)}</th>
                <th scope="col">{t(text.lose)}</th>
              </tr>
            </thead>
            <tbody>
              {shifts.map(({ what, gain, lose }) => (
                <tr key={what}>
                  <th scope="row">{what}</th>
                  <td>{format.number(gain)}</td>
                  <td>{format.number(lose)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
      <form method="post" className="com-actions">
        <button
          type="submit"
          name="weight"
          value={String(preview.wished ?? 'none')}
          className="com-button"
          disabled={preview.wished === preview.weight}
        >
          {t(text.decide)}
        </button>
      </form>
    </section>
  );
}
