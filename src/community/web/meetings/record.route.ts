import { MeetingRecord } from '#src/community/contract/meetings.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import type { Route } from './+types/record.route.ts';

/** GET /meetings/12/record.md: the record of a meeting as Markdown, as a download. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const id = encodeURIComponent(params.meeting);
  const { markdown } = await context
    .get(apiContext)
    .get(`/api/community/meetings/${id}/record`, MeetingRecord);
  return new Response(markdown, {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': `attachment; filename="meeting-${Number(params.meeting)}.md"`,
    },
  });
}
