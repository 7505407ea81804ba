import { Committee } from '#src/community/contract/committees.ts';
import { MeetingList } from '#src/community/contract/meetings.ts';
import { Plan } from '#src/community/contract/plan.ts';
import { planPageText as text } from '#src/community/contract/plan.text.ts';
import { apiContext, localeContext, publicUrlContext } from '#src/platform/web/contexts.ts';
import { addressWith } from '../organisations/address-with.ts';
import type { Route } from './+types/calendar.route.ts';
import { writeCalendar } from './write-calendar.ts';

/**
 * GET /plan.ics, /committees/experts/calendar.ics: this year's plan and the next one's for programs that keep calendars, with
 * the meetings: of the committee, or those that every member may join.
 */
export async function loader({ context, params }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const locale = context.get(localeContext);
  const slug = params.slug;
  const committee =
    slug === undefined
      ? undefined
      : await api.get(`/api/community/committees/${encodeURIComponent(slug)}`, Committee);
  const year = new Date().getUTCFullYear();
  const years = await Promise.all(
    [year, year + 1].map((one) =>
      api.get(addressWith('/api/community/plan', { year: String(one), committee: slug }), Plan),
    ),
  );
  const { items } = await api.get(addressWith('/api/community/meetings', { committee: slug }), MeetingList);
  const meetings = items.filter(({ forAll }) => forAll || slug !== undefined);
  // What lasts beyond the end of the year is in both.
  const entries = new Map(years.flatMap((plan) => plan.entries).map((entry) => [entry.id, entry]));
  const title = committee ? text.calendarOf(committee.name)[locale] : text.name[locale];
  return new Response(
    writeCalendar([...entries.values()], meetings, { title, publicUrl: context.get(publicUrlContext) }),
    { headers: { 'content-type': 'text/calendar; charset=utf-8', 'x-elepherd-kept': '1' } },
  );
}
