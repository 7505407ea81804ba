import { z } from 'zod';
import { type RunBlock, WritingRuns } from '#src/community/contract/runs.ts';
import type { Api } from '#src/platform/web/api.ts';
import { hasRunnables } from './runnable-code.ts';

/** What the blocks of these posts gave, by their numbers; asks only where there are some. */
export async function runsOf(
  api: Api,
  posts: readonly { id: number; html: string }[],
): Promise<Map<number, RunBlock[]>> {
  const some = posts.filter(({ html }) => hasRunnables(html));
  if (some.length === 0) return new Map();
  const query = new URLSearchParams(some.map(({ id }) => ['post', String(id)]));
  const found = await api.get(`/api/community/runs?${query}`, z.array(WritingRuns));
  return new Map(found.map(({ id, blocks }) => [id, blocks]));
}

/** The newest major on which a block of these no longer gives what its author recorded. */
export function brokenOn(blocks: readonly RunBlock[]): number | undefined {
  const majors = blocks.flatMap(({ results }) =>
    results.filter(({ verdict }) => verdict === 'broke').map(({ major }) => major),
  );
  return majors.length === 0 ? undefined : Math.max(...majors);
}
