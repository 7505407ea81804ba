import { redirect } from 'react-router';
import { Plan, type PlanEntry, planKinds } from '#src/community/contract/plan.ts';
import { planPageText as text } from '#src/community/contract/plan.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { CommitteeField } from '../committees/committee-field.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { headOf } from '../site/head.ts';
import { plannedData } from '../site/json-ld.ts';
import { Box, Notice, PageGrid, PageHead, Tabs } from '../site/parts.tsx';
import type { Route } from './+types/plan.page.ts';
import { PlanList } from './plan-list.tsx';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const plan = args.loaderData?.plan;
  if (!plan) return [];
  return headOf(args, {
    title: text.title(String(plan.year))[localeOf(args)],
    description: text.lead[localeOf(args)],
    path: `/plan?year=${plan.year}`,
    data: () => plan.entries.filter(({ kind }) => kind === 'event' || kind === 'training').map(plannedData),
  });
}

export async function loader({ context, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const asked = searchParams.get('year') ?? undefined;
  const year = asked !== undefined && /^2[01]\d\d$/.test(asked) ? asked : undefined;
  const address = addressWith('/api/community/plan', { year });
  return { plan: await context.get(apiContext).get(address, Plan) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const field = (name: string) => fieldOf(form, name);
  const days = { startsOn: field('startsOn'), endsOn: field('endsOn') || field('startsOn') };
  const address = `/api/community/plan/${encodeURIComponent(field('entry'))}`;
  const owner = field('owner') === '' ? null : field('owner');
  const words = { kind: field('kind'), title: field('title'), place: field('place'), note: field('note') };
  const works: Record<string, () => Promise<unknown>> = {
    enter: () => api.post('/api/community/plan', { committee: field('committee'), ...words, owner, ...days }),
    move: () => api.post(`${address}/move`, { ...days, reason: field('reason') }),
    done: () => api.post(`${address}/close`, { outcome: 'done' }),
    cancelled: () => api.post(`${address}/close`, { outcome: 'cancelled' }),
  };
  const answer = await formAnswer(works[field('intent')]?.() ?? Promise.resolve());
  if ('refused' in answer) return refusedForm(answer.refused, { ...words, ...days, owner: owner ?? '' });
  return redirect(addressWith('/plan', { year: days.startsOn.slice(0, 4) }));
}

export default function PlanPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { plan } = loaderData;
  const years = [plan.year - 1, plan.year, plan.year + 1].map(String);
  return (
    <PageGrid>
      <PageHead title={t(text.title(String(plan.year)))} lead={t(text.lead)}>
        <a className="com-button" data-kind="quiet" href="/plan.ics">
          {t(text.subscribe)}
        </a>
      </PageHead>
      <Tabs
        label={t(text.years)}
        tabs={years.map((year) => ({
          href: `/plan?year=${year}`,
          label: t(text.year(year)),
          current: year === String(plan.year),
        }))}
      />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      <PlanList entries={plan.entries} change={(entry) => <ChangeForms entry={entry} />} />
      {plan.mayPlan.length > 0 && (
        <EnterForm plan={plan} given={actionData?.given ?? {}} problem={actionData?.problem} />
      )}
    </PageGrid>
  );
}

function ChangeForms({ entry }: { entry: PlanEntry }) {
  const t = useText();
  return (
    <details>
      <summary>{t(text.change)}</summary>
      <form method="post" className="com-form com-row">
        <input type="hidden" name="entry" value={entry.id} />
        <Field label={t(text.first)} name="startsOn" type="date" required defaultValue={entry.startsOn} />
        <Field label={t(text.last)} name="endsOn" type="date" required defaultValue={entry.endsOn} />
        <Field label={t(text.reason)} name="reason" maxLength={500} required />
        <button type="submit" className="com-button" data-kind="quiet" name="intent" value="move">
          {t(text.move)}
        </button>
      </form>
      <form method="post" className="com-actions">
        <input type="hidden" name="entry" value={entry.id} />
        <input type="hidden" name="startsOn" value={entry.startsOn} />
        <button type="submit" className="com-button" name="intent" value="done">
          {t(text.done)}
        </button>
        <button type="submit" className="com-button" data-kind="bad" name="intent" value="cancelled">
          {t(text.cancel)}
        </button>
      </form>
    </details>
  );
}

function EnterForm(props: { plan: Plan; given: Record<string, string>; problem: Problem | undefined }) {
  const t = useText();
  const { plan, given, problem } = props;
  return (
    <Box title={t(text.enter)}>
      <form method="post" className="com-form">
        <div className="com-row">
          <CommitteeField committees={plan.mayPlan} />
          <ChoiceField label={t(text.kind)} name="kind" defaultValue={given['kind']}>
            {planKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(text[kind])}
              </option>
            ))}
          </ChoiceField>
        </div>
        <Field
          label={t(text.what)}
          name="title"
          maxLength={200}
          required
          defaultValue={given['title']}
          problem={problem}
        />
        <div className="com-row">
          <Field
            label={t(text.first)}
            name="startsOn"
            type="date"
            required
            defaultValue={given['startsOn']}
            problem={problem}
          />
          <Field
            label={t(text.last)}
            name="endsOn"
            type="date"
            defaultValue={given['endsOn']}
            problem={problem}
          />
          <Field
            label={t(text.place)}
            name="place"
            maxLength={200}
            defaultValue={given['place']}
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
        <TextField
          label={t(text.note)}
          name="note"
          rows={3}
          maxLength={20_000}
          defaultValue={given['note']}
          problem={problem}
        />
        <div className="com-actions">
          <button type="submit" className="com-button" name="intent" value="enter">
            {t(text.save)}
          </button>
        </div>
      </form>
    </Box>
  );
}
