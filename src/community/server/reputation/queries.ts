import {
  Privileges,
  QuestionTerms,
  ReputationAmounts,
  type ReputationPage,
  type ReputationTerms,
} from '#src/community/contract/privileges.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { findMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findSetting } from '../settings/queries.ts';

/** What is decided about reputation now. */
export async function getReputationTerms(db: Db): Promise<ReputationTerms> {
  const [privileges, amounts, questions] = await Promise.all([
    findSetting(db, 'privileges', Privileges),
    findSetting(db, 'reputation', ReputationAmounts),
    findSetting(db, 'questions', QuestionTerms),
  ]);
  return { privileges, amounts, questions };
}

/** The same for its page: with what the reader has, and whether they may change it. */
export async function getReputationPage(ctx: Context): Promise<ReputationPage> {
  const { actor, db } = ctx;
  const [terms, me, mayChange] = await Promise.all([
    getReputationTerms(db),
    actor.kind === 'user' && actor.id !== null ? findMember(db, actor.id) : undefined,
    actor.kind === 'user' && mayAsStaff(ctx, 'community.setting.change'),
  ]);
  return { terms, own: me?.reputation ?? null, mayChange };
}
