import { Meeting } from '#src/community/contract/meetings.ts';
import { apiContext, publicUrlContext } from '#src/platform/web/contexts.ts';
import { writeCalendar } from '../plan/write-calendar.ts';
import type { Route } from './+types/calendar.route.ts';

/** GET /meetings/12/calendar.ics: one meeting for programs that keep calendars, under the name that it has in the whole calendar. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const id = encodeURIComponent(params.meeting);
  const meeting = await context.get(apiContext).get(`/api/community/meetings/${id}`, Meeting);
  const place = { title: meeting.title, publicUrl: context.get(publicUrlContext) };
  return new Response(writeCalendar([], [meeting], place), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'x-elepherd-kept': '1' },
  });
}
