import { redirect } from 'react-router';
import { committeePath } from '#src/community/contract/addresses.ts';
import { type Goal, GoalList } from '#src/community/contract/goals.ts';
import { goalPageText as text } from '#src/community/contract/goals.text.ts';
import { measureWords } from '#src/community/contract/measures.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { CommitteeField } from '../committees/committee-field.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { Box, EmptyState, Notice, PageGrid, PageHead, Tabs } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { MeasureOptions } from './measure-options.tsx';
import type { Route } from './+types/goals.page.ts';
import './goals.css';

export const handle = { hydrate: false, isKept: true };

export const meta = (args: Route.MetaArgs) => {
  const locale = localeOf(args);
  return titleIn(locale, text.title(String(args.loaderData?.list.year ?? ''))[locale]);
};

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams.get('year') ?? '';
  const address = addressWith('/api/community/goals', {
    year: /^2[01]\d\d$/.test(asked) ? asked : undefined,
  });
  return { list: await context.get(apiContext).get(address, GoalList) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const field = (name: string) => fieldOf(form, name);
  const names = ['committee', 'title', 'measure', 'target', 'year', 'owner'];
  const given = Object.fromEntries(names.map((name) => [name, field(name)]));
  const work =
    field('intent') === 'drop'
      ? api.delete(`/api/community/goals/${encodeURIComponent(field('goal'))}`)
      : api.post('/api/community/goals', {
          ...given,
          target: Number(given['target']),
          year: Number(given['year']),
          owner: given['owner'] === '' ? null : given['owner'],
        });
  const answer = await formAnswer(work);
  return 'refused' in answer
    ? refusedForm(answer.refused, given)
    : redirect(addressWith('/goals', { year: given['year'] }));
}

export default function GoalsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { list } = loaderData;
  const years = [list.year - 1, list.year, list.year + 1].map(String);
  return (
    <PageGrid>
      <PageHead title={t(text.title(String(list.year)))} lead={t(text.lead)} />
      <Tabs
        label={t(text.years)}
        tabs={years.map((year) => ({
          href: `/goals?year=${year}`,
          label: t(text.year(year)),
          current: year === String(list.year),
        }))}
      />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {list.items.length === 0 && <EmptyState title={t(text.none)} hint={t(text.noneHint)} />}
      <ul className="com-plain com-goals">
        {list.items.map((goal) => (
          <li key={goal.id}>
            <GoalRow goal={goal} />
          </li>
        ))}
      </ul>
      {list.maySet.length > 0 && (
        <SetForm list={list} given={actionData?.given ?? {}} problem={actionData?.problem} />
      )}
    </PageGrid>
  );
}

/** A goal with how far it is beside how much of the year is over. */
export function GoalRow({ goal }: { goal: Goal }) {
  const t = useText();
  const format = useFormat();
  const { value, target, elapsed, committee, owner, measure } = goal;
  const isReached = value >= target;
  const isBehind = !isReached && (value / target) * 100 < elapsed;
  return (
    <>
      <h3>
        <bdi>{goal.title}</bdi>
      </h3>
      <p className="com-meta">
        <a href={committeePath(committee.slug)}>{committee.name}</a>
        <span>{t(measureWords(measure))}</span>
        {owner && <MemberLink member={owner} />}
        <span className="com-mark" data-tone={isReached ? 'good' : isBehind ? 'bad' : 'busy'}>
          {t(isReached ? text.reached : isBehind ? text.behind : text.ahead)}
        </span>
      </p>
      <label>
        <progress max={target} value={Math.min(value, target)} />
        <span>{t(text.of(format.number(value), format.number(target)))}</span>
      </label>
      {goal.mayDrop && (
        <form method="post">
          <input type="hidden" name="goal" value={goal.id} />
          <input type="hidden" name="year" value={goal.year} />
          <button type="submit" className="com-button" data-kind="link" name="intent" value="drop">
            {t(text.drop)}
          </button>
        </form>
      )}
    </>
  );
}

function SetForm(props: { list: GoalList; given: Record<string, string>; problem: Problem | undefined }) {
  const t = useText();
  const { list, given, problem } = props;
  return (
    <Box title={t(text.set)}>
      <form method="post" className="com-form">
        <Field
          label={t(text.what)}
          name="title"
          maxLength={200}
          required
          defaultValue={given['title']}
          problem={problem}
        />
        <div className="com-row">
          <CommitteeField committees={list.maySet} defaultValue={given['committee']} />
          <ChoiceField label={t(text.measure)} name="measure" defaultValue={given['measure']}>
            <MeasureOptions />
          </ChoiceField>
          <Field
            label={t(text.target)}
            name="target"
            type="number"
            min={1}
            required
            defaultValue={given['target']}
            problem={problem}
          />
          <Field
            label={t(text.yearField)}
            name="year"
            type="number"
            min={2000}
            max={2200}
            required
            defaultValue={given['year'] ?? String(list.year)}
            problem={problem}
          />
          <Field
            label={t(text.owner)}
            name="owner"
            maxLength={40}
            defaultValue={given['owner']}
            problem={problem}
          />
        </div>
        <div className="com-actions">
          <button type="submit" className="com-button" name="intent" value="set">
            {t(text.set)}
          </button>
        </div>
      </form>
    </Box>
  );
}
