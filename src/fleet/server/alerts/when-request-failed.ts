import { defineReaction } from '#src/platform/server/events.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import { raiseOwnAlert } from './raise-own-alert.ts';

/** A request that ended in an error nobody foresaw is an alert of those who run this Elepherd: the first organisation. */
export const whenRequestFailed = defineReaction(
  'fleet.alert-request',
  'platform.request-failed',
  async (db, { payload }) => {
    const first = await db
      .selectFrom('identity.organisation')
      .select('id')
      .orderBy('created_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (!first) return;
    const word = (name: string) => (typeof payload[name] === 'string' ? payload[name] : '?');
    await inTransaction(systemContext(db as never, first.id), (tx) =>
      raiseOwnAlert(tx, {
        rule: 'request-failed',
        labels: { method: word('method'), path: word('path') },
      }),
    );
  },
);
