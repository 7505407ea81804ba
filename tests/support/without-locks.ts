import type { KyselyPlugin } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';

/** Takes `for update` and its kin, and advisory locks, out of every query: what a transaction would do if nobody had thought of the others. */
const dropLocks: KyselyPlugin = {
  transformQuery: ({ node }) => {
    if ('endModifiers' in node) return { ...node, endModifiers: undefined } as typeof node;
    if (node.kind !== 'RawNode') return node;
    const sqlFragments = node.sqlFragments.map((text) => text.replace('pg_advisory_xact_lock(', 'abs('));
    return { ...node, sqlFragments };
  },
  transformResult: async ({ result }) => result,
};

/** The same person whose commands lock nothing: the negative control that shows the race which the locks prevent. */
export const withoutLocks = (ctx: Context): Context => ({
  ...ctx,
  db: ctx.db.withPlugin(dropLocks) as Context['db'],
});
