import { ElectionFile } from '#src/community/contract/tallies.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import type { Route } from './+types/file.route.ts';

/** GET /elections/12/ballots.json: the file from which anybody counts again, as a download. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const id = encodeURIComponent(params.election);
  const file = await context.get(apiContext).get(`/api/community/elections/${id}/file`, ElectionFile);
  return new Response(`${JSON.stringify(file, null, 1)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="election-${file.id}.json"`,
    },
  });
}
