import { sql } from 'kysely';
import type { DraftFields, SavedDraft } from '#src/community/contract/drafts.ts';
import { draftText } from '#src/community/contract/drafts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import type { OwnMember } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';

/** As many things can be under way at once. */
const draftsAtMost = 100;
/** Of all fields of one draft together. */
const charactersAtMost = 300_000;
const savesAnHour = 1200;

/** Keeps what a member has typed so far, in place of what was kept before. Refuses a draft that is too long, and too many of them. */
export async function saveDraft(ctx: Context, target: string, fields: DraftFields): Promise<SavedDraft> {
  const member = await requireMember(ctx);
  await takeRate(ctx.db, `draft:${member.id}`, { limit: savesAnHour, windowSeconds: 3600 });
  const length = Object.values(fields).reduce((sum, value) => sum + value.length, 0);
  if (length > charactersAtMost) throw new AppError('too_large', draftText.tooLong(charactersAtMost));
  const { rows } = await sql<{ savedAt: Date }>`
    insert into community.draft (member_id, target, fields)
    select ${member.id}, ${target}, ${JSON.stringify(fields)}::jsonb
    where (select count(*) from community.draft where member_id = ${member.id} and target <> ${target}) < ${draftsAtMost}
    on conflict (member_id, target) do update set fields = excluded.fields, saved_at = now()
    returning saved_at as "savedAt"`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new AppError('conflict', draftText.tooMany(draftsAtMost));
  return { savedAt: row.savedAt.toISOString() };
}

/** Throws away what a member began; nothing there is as good. */
export async function dropDraft(ctx: Context, target: string): Promise<void> {
  const member = await requireMember(ctx);
  await forgetDraft(ctx, member, target);
}

/** Forgets a draft that became what it was for, in the caller's transaction. */
export async function forgetDraft(tx: Context, member: OwnMember, target: string): Promise<void> {
  await tx.db
    .deleteFrom('community.draft')
    .where('member_id', '=', member.id)
    .where('target', '=', target)
    .execute();
}
