import type { KyselyPlugin } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';

/** Takes `for update` and its kin out of every query: what a transaction would do if nobody had thought of the others. */
const dropLocks: KyselyPlugin = {
  transformQuery: ({ node }) =>
    ('endModifiers' in node ? { ...node, endModifiers: undefined } : node) as typeof node,
  transformResult: async ({ result }) => result,
};

/** The same person whose commands lock nothing: the negative control that shows the race which the locks prevent. */
export const withoutLocks = (ctx: Context): Context => ({
  ...ctx,
  db: ctx.db.withPlugin(dropLocks) as Context['db'],
});
