import { z } from 'zod';

/** Members as Patroni's `/cluster` lists them. */
export const ClusterView = z.object({
  members: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      state: z.string(),
      lag: z.union([z.number(), z.string()]).optional(),
      pending_restart: z.boolean().optional(),
    }),
  ),
});
export type ClusterView = z.infer<typeof ClusterView>;

/** A member as Patroni's `/patroni` describes it: `primary`, before Patroni 4 `master`. */
export const ServerView = z.object({ role: z.string(), pending_restart: z.boolean().optional() });

/** Who leads, in a view of the cluster. */
export const leaderOf = (view: ClusterView) =>
  view.members.find((m) => m.role === 'leader' || m.role === 'standby_leader')?.name;

/** What Patroni answered, as one line for a person. */
export function answerLine(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text.trim().slice(0, 500);
}

/** Whether a member runs and, when it is a replica, follows, in a view of the cluster; one that is not in it does not. */
export const isWell = (view: ClusterView, name: string): boolean =>
  view.members.some((m) => m.name === name && (m.state === 'running' || m.state === 'streaming'));
