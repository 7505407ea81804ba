import { redirect } from 'react-router';
import { LevelList } from '#src/community/contract/levels.ts';
import { levelText as text } from '#src/community/contract/levels.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Box, PageGrid, PageHead, Wide } from '../site/parts.tsx';
import type { Route } from './+types/levels.page.ts';
import './points.css';

export const meta = titled(text.levels);

export const loader = ({ context }: Route.LoaderArgs) =>
  context.get(apiContext).get('/api/community/levels', LevelList);

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const all = (name: string) => form.getAll(name).map(String);
  const [names, chinese, growth, yearly] = [all('en'), all('zh'), all('growth'), all('yearly')];
  const levels = names.flatMap((en, at) =>
    en.trim() === '' && (chinese[at] ?? '').trim() === ''
      ? []
      : [
          {
            name: { en, 'zh-CN': chinese[at] ?? '' },
            growth: Number(growth[at] ?? Number.NaN),
            yearly: Number(yearly[at] ?? Number.NaN),
          },
        ],
  );
  const graceDays = Number(fieldOf(form, 'graceDays'));
  const answer = await formAnswer(
    context.get(apiContext).put('/api/community/levels', { graceDays, levels }),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/points/levels');
}

export default function LevelsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const locale = useLocale();
  const format = useFormat();
  return (
    <PageGrid>
      <PageHead title={t(text.levels)} lead={t(text.lead)} />
      <Refusal problem={actionData?.problem} />
      <Wide>
        <table className="com-table">
          <thead>
            <tr>
              <th scope="col">{t(text.level)}</th>
              <th scope="col" className="com-number">
                {t(text.growth)}
              </th>
              <th scope="col" className="com-number">
                {t(text.yearly)}
              </th>
            </tr>
          </thead>
          <tbody>
            {loaderData.levels.map((level) => (
              <tr key={level.growth}>
                <td>{level.name[locale]}</td>
                <td className="com-number">{format.number(level.growth)}</td>
                <td className="com-number">{format.number(level.yearly)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <p className="com-dim">{t(text.grace(loaderData.graceDays))}</p>
      {loaderData.mayChange && <ChangeForm list={loaderData} problem={actionData?.problem} />}
    </PageGrid>
  );
}

function ChangeForm({ list, problem }: { list: LevelList; problem: Problem | null | undefined }) {
  const t = useText();
  // One empty line more, for a level that is new.
  const rows = [...list.levels, null].slice(0, 20);
  return (
    <Box title={t(text.change)}>
      <form method="post" className="com-form">
        <p className="com-dim">{t(text.removeHint)}</p>
        {rows.map((level) => (
          <fieldset key={level?.growth ?? 'new'} className="com-pair">
            <Field label={t(text.name)} name="en" maxLength={40} defaultValue={level?.name.en} />
            <Field label={t(text.nameZh)} name="zh" maxLength={40} defaultValue={level?.name['zh-CN']} />
            <Field label={t(text.growth)} name="growth" type="number" min={0} defaultValue={level?.growth} />
            <Field label={t(text.yearly)} name="yearly" type="number" min={0} defaultValue={level?.yearly} />
          </fieldset>
        ))}
        <Field
          label={t(text.graceDays)}
          name="graceDays"
          type="number"
          min={0}
          required
          defaultValue={list.graceDays}
          problem={problem}
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.save)}
          </button>
        </div>
      </form>
    </Box>
  );
}
