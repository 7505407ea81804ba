import { redirect } from 'react-router';
import { committeePath } from '#src/community/contract/addresses.ts';
import { boardSlug, Committee } from '#src/community/contract/committees.ts';
import { committeePageText as text } from '#src/community/contract/committees.text.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { measureWords } from '#src/community/contract/measures.ts';
import { MeetingList } from '#src/community/contract/meetings.ts';
import { Plan } from '#src/community/contract/plan.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { MeetingLines } from '../meetings/meeting-lines.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { PlanList } from '../plan/plan-list.tsx';
import { headOf } from '../site/head.ts';
import { Box, Breadcrumb, EmptyState, Notice, PageGrid, PageHead, Stat } from '../site/parts.tsx';
import type { Route } from './+types/committee.page.ts';
import { officeWords, SeatLine } from './seat-parts.tsx';

export const handle = { hydrate: false, isKept: true };

export const meta = (args: Route.MetaArgs) =>
  args.loaderData
    ? headOf(args, {
        title: args.loaderData.committee.name,
        path: committeePath(args.loaderData.committee.slug),
        feed: {
          path: feedPath('decisions', args.loaderData.committee.slug),
          title: args.loaderData.committee.name,
        },
      })
    : [];

export async function loader({ context, params }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const [committee, plan, { items }] = await Promise.all([
    api.get(`/api/community/committees/${encodeURIComponent(params.slug)}`, Committee),
    api.get(addressWith('/api/community/plan', { committee: params.slug }), Plan),
    api.get(addressWith('/api/community/meetings', { committee: params.slug }), MeetingList),
  ]);
  // Those to come and the last ones; the rest stands in the list of all meetings.
  return { committee, plan, meetings: items.slice(0, 10) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const field = (name: string) => fieldOf(form, name);
  const address = `/api/community/committees/${encodeURIComponent(params.slug)}/seats`;
  const given = {
    handle: field('handle'),
    office: field('office'),
    from: field('from'),
    months: field('months'),
  };
  const works: Record<string, () => Promise<unknown>> = {
    fill: () =>
      api.post(address, {
        ...given,
        from: given.from === '' ? undefined : given.from,
        months: Number(given.months),
      }),
    end: () => api.delete(`${address}/${encodeURIComponent(field('seat'))}`),
  };
  const answer = await formAnswer(works[field('intent')]?.() ?? Promise.resolve());
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(committeePath(params.slug));
}

export default function CommitteePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { committee, plan, meetings } = loaderData;
  const { slug, viewer, seats, otherSeats, measures, openMatters } = committee;
  const path = committeePath(slug);
  const later = otherSeats.filter(({ standing }) => standing === 'later');
  const past = otherSeats.filter(({ standing }) => standing === 'past');
  const mayApply = slug !== boardSlug && viewer.office === null && !viewer.hasApplied;
  return (
    <PageGrid aside={<Aside committee={committee} />}>
      <Breadcrumb steps={[{ href: '/committees', label: t(text.title) }, { label: committee.name }]} />
      <PageHead title={committee.name} lead={committee.mission}>
        <a className="com-button" data-kind="quiet" href={`${path}/queue`}>
          {t(text.queue)}
          {openMatters > 0 && <span className="com-count">{format.number(openMatters)}</span>}
        </a>
        {mayApply && (
          <a className="com-button" href={`/core-applications/new?committee=${slug}`}>
            {t(text.apply)}
          </a>
        )}
      </PageHead>
      {viewer.hasApplied && <Notice>{t(text.hasApplied)}</Notice>}
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      <Box title={t(text.seats)}>
        {seats.length === 0 ? (
          <EmptyState title={t(text.vacant)} hint={t(text.vacantHint)} />
        ) : (
          <SeatList seats={seats} committee={committee} />
        )}
      </Box>
      {later.length > 0 && (
        <Box title={t(text.later)}>
          <SeatList seats={later} committee={committee} />
        </Box>
      )}
      {measures.length > 0 && (
        <Box title={t(text.measures)}>
          <div className="com-stats">
            {measures.map(({ name, value }) => (
              <Stat key={name} value={value} label={t(measureWords(name))} />
            ))}
          </div>
          <p className="com-dim">{t(text.measuresHint)}</p>
        </Box>
      )}
      <Box title={t(text.calendar)} more={{ href: '/plan', label: t(text.plan) }}>
        <PlanList entries={plan.entries} />
        {meetings.length > 0 && <MeetingLines meetings={meetings} />}
      </Box>
      {past.length > 0 && (
        <Box title={t(text.past)}>
          <SeatList seats={past} committee={committee} />
        </Box>
      )}
      {viewer.mayFill.length > 0 && (
        <FillForm committee={committee} given={actionData?.given ?? {}} problem={actionData?.problem} />
      )}
    </PageGrid>
  );
}

function SeatList({ seats, committee }: { seats: Committee['seats']; committee: Committee }) {
  const t = useText();
  const { slug, viewer } = committee;
  return (
    <ul className="com-plain">
      {seats.map((seat) => (
        <li key={seat.id}>
          <SeatLine seat={seat} committee={slug}>
            {seat.standing !== 'past' && viewer.mayFill.includes(seat.office) && (
              <form method="post">
                <input type="hidden" name="seat" value={seat.id} />
                <button type="submit" className="com-button" data-kind="link" name="intent" value="end">
                  {t(text.end)}
                </button>
              </form>
            )}
          </SeatLine>
        </li>
      ))}
    </ul>
  );
}

function FillForm(props: {
  committee: Committee;
  given: Record<string, string>;
  problem: Parameters<typeof Field>[0]['problem'];
}) {
  const t = useText();
  const { committee, given, problem } = props;
  return (
    <Box title={t(text.fill)}>
      <form method="post" className="com-form com-row">
        <Field
          label={t(text.handle)}
          name="handle"
          maxLength={40}
          required
          defaultValue={given['handle']}
          problem={problem}
        />
        <ChoiceField label={t(text.office)} name="office" defaultValue={given['office']}>
          {committee.viewer.mayFill.map((office) => (
            <option key={office} value={office}>
              {t(officeWords(office, committee.slug))}
            </option>
          ))}
        </ChoiceField>
        <Field
          label={t(text.fromDay)}
          hint={t(text.fromHint)}
          name="from"
          type="date"
          defaultValue={given['from']}
          problem={problem}
        />
        <Field
          label={t(text.months)}
          name="months"
          type="number"
          min={1}
          max={60}
          required
          defaultValue={given['months'] ?? '12'}
          problem={problem}
        />
        <button type="submit" className="com-button" name="intent" value="fill">
          {t(text.fill)}
        </button>
      </form>
    </Box>
  );
}

function Aside({ committee }: { committee: Committee }) {
  const t = useText();
  const { slug, permissions, viewer } = committee;
  return (
    <>
      <Box title={t(text.permits)}>
        {permissions.length === 0 ? (
          <p className="com-dim">{t(text.permitsNothing)}</p>
        ) : (
          <>
            <ul className="com-plain">
              {permissions.map((one) => (
                <li key={one}>
                  <code>{one}</code>
                </li>
              ))}
            </ul>
            <p className="com-dim">{t(text.permitsHint)}</p>
          </>
        )}
      </Box>
      <Box title={t(text.calendar)}>
        <p>
          <a href={`${committeePath(slug)}/calendar.ics`}>{t(text.subscribe)}</a>
        </p>
      </Box>
      {viewer.ownSeat !== null && (
        <Box>
          <form method="post">
            <input type="hidden" name="seat" value={viewer.ownSeat} />
            <button type="submit" className="com-button" data-kind="bad" name="intent" value="end">
              {t(text.stepDown)}
            </button>
          </form>
        </Box>
      )}
    </>
  );
}
