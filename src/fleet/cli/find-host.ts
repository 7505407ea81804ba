import { cliHostText } from '#src/fleet/contract/cli-hosts.text.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { page } from '#src/platform/contract/pages.ts';
import type { Api } from '#src/platform/cli/api.ts';
import { exitCode } from '#src/platform/cli/exit-code.ts';
import { CliFailure } from '#src/platform/cli/failure.ts';
import { isId } from '#src/platform/cli/id.ts';

/** The id of a host given by id or name. */
export async function findHostId(api: Api, nameOrId: string): Promise<string> {
  if (isId(nameOrId)) return nameOrId.toLowerCase();
  for (let cursor: string | undefined; ;) {
    const found = (await api.get('/api/fleet/hosts', { limit: 200, cursor })).as(page(Host));
    const host = found.items.find(({ name }) => name === nameOrId);
    if (host !== undefined) return host.id;
    if (found.nextCursor === null) {
      throw new CliFailure(exitCode.notFound, cliHostText.noSuchHost(nameOrId.slice(0, 60)));
    }
    cursor = found.nextCursor;
  }
}
