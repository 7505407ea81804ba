import { audit } from '#src/platform/server/audit.ts';
import { systemActor, type Context } from '#src/platform/server/context.ts';

export type NewAction = {
  /** A name such as `approve`, `decline`, `hide`, `suspend`. */
  kind: string;
  /** Null when the rules did it. */
  actorId: string | null;
  /** Whom it was done to. */
  memberId: string | null;
  postId?: number | null;
  commentId?: number | null;
  reason: string;
  /** What an undo brings back. */
  before?: Before;
  undoes?: number;
};

/** What was before an action, as an undo needs it. */
export type Before = {
  /** The state of the writing before, and after. */
  state?: { from: string; to: string };
  /** Flags that were open. */
  flags?: number[];
  /** Columns of the member. */
  member?: Record<string, string | number | boolean | null>;
  /** The suggested edit, and the revision of the post it made. */
  edit?: { id: number; revision: number | null };
  /** Hash of the text that waits from now on, in hex. */
  declinedText?: string;
};

/** Writes down what was done to a writing or a member, for the log of moderation and the audit log; answers its number. */
export async function auditAction(tx: Context, action: NewAction): Promise<number> {
  const { id } = await tx.db
    .insertInto('community.moderation_action')
    .values({
      kind: action.kind,
      actor_id: action.actorId,
      member_id: action.memberId,
      post_id: action.postId ?? null,
      comment_id: action.commentId ?? null,
      reason: action.reason,
      before: JSON.stringify(action.before ?? {}),
      undoes: action.undoes ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const who: Context = action.actorId === null ? { ...tx, actor: systemActor(tx.actor.orgId) } : tx;
  await audit(who, `community.moderation.${action.kind}`, String(id), {
    memberId: action.memberId,
    postId: action.postId ?? null,
    commentId: action.commentId ?? null,
    reason: action.reason,
    ...(action.undoes !== undefined && { undoes: action.undoes }),
  });
  return id;
}
