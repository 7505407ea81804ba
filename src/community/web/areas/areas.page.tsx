import { redirect } from 'react-router';
import { z } from 'zod';
import { committeePath } from '#src/community/contract/addresses.ts';
import { type Area, areaKinds, AreaList, LoggedHours } from '#src/community/contract/areas.ts';
import { areaPageText as text } from '#src/community/contract/areas.text.ts';
import { ChapterList } from '#src/community/contract/chapters.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { CommitteeField } from '../committees/committee-field.tsx';
import { Box, EmptyState, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { type Chapters, GoalFields, goalIn, GoalLine } from './goal-parts.tsx';
import type { Route } from './+types/areas.page.ts';

export const handle = { hydrate: false, isKept: true };
export const meta = titled(text.title);

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const isSignedIn = context.get(viewerContext).user !== null;
  const [list, hours] = await Promise.all([
    api.get('/api/community/areas', AreaList),
    isSignedIn ? api.get('/api/community/areas/hours', z.array(LoggedHours)) : [],
  ]);
  const { items } =
    list.mayDefine.length > 0 ? await api.get('/api/community/chapters', ChapterList) : { items: [] };
  return { list, hours, isSignedIn, chapters: items.map(({ slug, name }) => ({ slug, name })) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const field = (name: string) => fieldOf(form, name);
  const area = `/api/community/areas/${encodeURIComponent(field('area'))}`;
  const works: Record<string, () => Promise<unknown>> = {
    define: () =>
      api.post('/api/community/areas', {
        committee: field('committee'),
        kind: field('kind'),
        name: field('name'),
        about: field('about'),
        goal: goalIn(field),
      }),
    assign: () => api.put(`${area}/owner`, { handle: field('handle') === '' ? null : field('handle') }),
    measure: () => api.put(`${area}/measure`, { goal: goalIn(field) }),
    log: () =>
      api.post(`${area}/hours`, {
        day: field('day'),
        minutes: Number(field('minutes')),
        what: field('what'),
      }),
    pay: () => api.put(`${area}/months/${encodeURIComponent(field('month'))}/credit`),
    unpay: () => api.delete(`${area}/months/${encodeURIComponent(field('month'))}/credit`),
    confirm: () => api.post(`/api/community/areas/hours/${encodeURIComponent(field('entry'))}/confirm`),
  };
  const answer = await formAnswer(works[field('intent')]?.() ?? Promise.resolve());
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/areas');
}

export default function AreasPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { list, hours, isSignedIn, chapters } = loaderData;
  const unowned = list.items.filter(({ owner }) => owner === null);
  const owned = list.items.filter(({ owner }) => owner !== null);
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {list.items.length === 0 && <EmptyState title={t(text.none)} hint={t(text.noneHint)} />}
      {unowned.length > 0 && (
        <Box title={t(text.unowned)}>
          <Areas {...{ isSignedIn, chapters }} areas={unowned} mayCredit={list.mayCredit} />
        </Box>
      )}
      {owned.length > 0 && (
        <Box title={t(text.owned)}>
          <Areas {...{ isSignedIn, chapters }} areas={owned} mayCredit={list.mayCredit} />
        </Box>
      )}
      {hours.some(({ mayConfirm }) => mayConfirm) && (
        <Box title={t(text.waiting)}>
          <Hours hours={hours.filter(({ mayConfirm }) => mayConfirm)} />
        </Box>
      )}
      {list.mayDefine.length > 0 && <DefineForm mayDefine={list.mayDefine} chapters={chapters} />}
    </PageGrid>
  );
}

function Areas(props: {
  areas: readonly Area[];
  isSignedIn: boolean;
  mayCredit: boolean;
  chapters: Chapters;
}) {
  const { areas, isSignedIn, mayCredit, chapters } = props;
  return (
    <ul className="com-cards">
      {areas.map((area) => (
        <li key={area.id} className="com-card">
          <AreaCard area={area} />
          {area.mayAssign && <AssignForm area={area} />}
          {area.mayAssign && <MeasureForm area={area} chapters={chapters} />}
          {isSignedIn && <LogForm area={area} />}
          {mayCredit && area.months.some(({ isMet }) => isMet) && <CreditForms area={area} />}
        </li>
      ))}
    </ul>
  );
}

function AreaCard({ area }: { area: Area }) {
  const t = useText();
  const format = useFormat();
  const { months, owner, since, committee, minutes } = area;
  return (
    <>
      <h3>
        <bdi>{area.name}</bdi>
      </h3>
      <p className="com-meta">
        <span>{t(text[area.kind])}</span>
        <a href={committeePath(committee.slug)}>{committee.name}</a>
      </p>
      {area.about !== '' && (
        <p>
          <bdi>{area.about}</bdi>
        </p>
      )}
      {owner && (
        <p className="com-meta">
          <MemberLink member={owner} size={24} />
          {since !== null && <span>{t(text.since(format.date(since)))}</span>}
        </p>
      )}
      <GoalLine area={area} />
      {months.length > 0 && (
        <p className="com-meta">
          {months.map(({ month, isMet }) => (
            <span key={month} className="com-mark" data-tone={isMet ? 'good' : 'bad'}>
              {t((isMet ? text.met : text.missed)(month.slice(0, 7)))}
            </span>
          ))}
        </p>
      )}
      {minutes > 0 && <p className="com-dim">{t(text.hours(format.number(Math.round(minutes / 6) / 10)))}</p>}
    </>
  );
}

function AssignForm({ area }: { area: Area }) {
  const t = useText();
  return (
    <form method="post" className="com-form com-row">
      <input type="hidden" name="area" value={area.id} />
      <Field
        label={t(text.handle)}
        hint={t(text.assignHint)}
        name="handle"
        maxLength={40}
        defaultValue={area.owner?.handle ?? ''}
      />
      <button type="submit" className="com-button" data-kind="quiet" name="intent" value="assign">
        {t(text.assign)}
      </button>
    </form>
  );
}

function MeasureForm({ area, chapters }: { area: Area; chapters: Chapters }) {
  const t = useText();
  return (
    <details>
      <summary>{t(text.setMeasure)}</summary>
      <form method="post" className="com-form">
        <input type="hidden" name="area" value={area.id} />
        <GoalFields chapters={chapters} area={area} />
        <div className="com-actions">
          <button type="submit" className="com-button" data-kind="quiet" name="intent" value="measure">
            {t(text.save)}
          </button>
        </div>
      </form>
    </details>
  );
}

/** For those who look after points: those of each month that was met, to be taken back or given again. */
function CreditForms({ area }: { area: Area }) {
  const t = useText();
  return (
    <details>
      <summary>{t(text.credit)}</summary>
      {area.months.map(
        ({ month, isMet, isPaid }) =>
          isMet && (
            <form key={month} method="post">
              <input type="hidden" name="area" value={area.id} />
              <input type="hidden" name="month" value={month} />
              <button
                type="submit"
                className="com-button"
                data-kind="link"
                name="intent"
                value={isPaid ? 'unpay' : 'pay'}
              >
                {t((isPaid ? text.takeBack : text.giveAgain)(month.slice(0, 7)))}
              </button>
            </form>
          ),
      )}
    </details>
  );
}

function LogForm({ area }: { area: Area }) {
  const t = useText();
  return (
    <details>
      <summary>{t(text.log)}</summary>
      <form method="post" className="com-form">
        <input type="hidden" name="area" value={area.id} />
        <Field label={t(text.day)} name="day" type="date" required />
        <Field label={t(text.minutes)} name="minutes" type="number" min={5} max={1440} required />
        <Field label={t(text.what)} name="what" maxLength={300} required />
        <div className="com-actions">
          <button type="submit" className="com-button" data-kind="quiet" name="intent" value="log">
            {t(text.log)}
          </button>
        </div>
      </form>
    </details>
  );
}

function Hours({ hours }: { hours: readonly LoggedHours[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <ul className="com-plain com-lines">
      {hours.map((one) => (
        <li key={one.id}>
          <form method="post" className="com-meta">
            <input type="hidden" name="entry" value={one.id} />
            <MemberLink member={one.member} />
            <bdi>{one.area.name}</bdi>
            <time dateTime={one.day}>{format.date(one.day)}</time>
            <span>{t(text.minutesOf(format.number(one.minutes)))}</span>
            <bdi>{one.what}</bdi>
            <button type="submit" className="com-button" data-kind="quiet" name="intent" value="confirm">
              {t(text.confirm)}
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}

function DefineForm({ mayDefine, chapters }: Pick<AreaList, 'mayDefine'> & { chapters: Chapters }) {
  const t = useText();
  return (
    <Box title={t(text.define)}>
      <form method="post" className="com-form">
        <div className="com-row">
          <CommitteeField committees={mayDefine} />
          <ChoiceField label={t(text.kind)} name="kind">
            {areaKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(text[kind])}
              </option>
            ))}
          </ChoiceField>
        </div>
        <Field label={t(text.name)} name="name" maxLength={200} required />
        <TextField label={t(text.about)} name="about" rows={3} maxLength={2000} />
        <GoalFields chapters={chapters} />
        <div className="com-actions">
          <button type="submit" className="com-button" name="intent" value="define">
            {t(text.define)}
          </button>
        </div>
      </form>
    </Box>
  );
}
