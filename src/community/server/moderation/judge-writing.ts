import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { HoldReason, ModerationSettings } from '#src/community/contract/moderation.ts';
import { moderationText } from '#src/community/contract/moderation.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { together } from '#src/platform/server/ask-together.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { OwnMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { counting, whyNotCounted } from './keep-pace.ts';
import { countedAs, paceOf, type WritingKind } from './pace.rules.ts';
import { listWordRules, readSettings } from './queries.ts';
import { judgeWords, lookAt, normalise, scoreOf, suspect, type WordRule } from './text.rules.ts';

export type Judged = {
  kind: WritingKind;
  title?: string;
  markdown: string;
  /** What is there already says something else: it counts as an edit. */
  isEdit?: boolean;
  /** Of a message: it answers one that was received, which newcomers may. */
  isReply?: boolean;
};

/**
 * Decides in the caller's transaction whether what a member writes is public at once or waits for a reviewer, and counts it.
 * Refuses what comes too fast or too often (`too_many`, with the seconds to wait), what newcomers may not yet, words and
 * links that are not allowed, and members who are silenced. Private messages are refused or sent: nobody reviews them.
 */
export async function judgeWriting(
  tx: Context,
  member: OwnMember,
  writing: Judged,
): Promise<'published' | 'pending'> {
  const { settings, rules } = await moderationOf(tx);
  const isNewcomer = member.trustLevel === 0;
  const textHash = hashOfText(`${writing.title ?? ''}\n${writing.markdown}`);
  const counted = countedAs(writing.kind, writing.isEdit === true);
  const found = judgeText(writing, member, settings, rules);

  const pace = {
    counted,
    ...paceOf(counted, member, settings, new Date()),
    ...(counted !== 'edits' && { textHash }),
  };
  // What is refused is rolled back, and not counted.
  const [[row], isCounted] = await together(
    tx.db,
    selectStanding.of(tx.db, { memberId: member.id, textHash }),
    counting(tx.db, member.id, pace),
  );
  const standing = standingOf(row);
  const refusals: (AppError | undefined)[] = [
    found.refusal,
    isNewcomer && writing.kind === 'message' && !writing.isReply
      ? new AppError('forbidden', moderationText.noMessagesYet)
      : undefined,
    standing.refusal,
  ];
  const early = refusals.find((one) => one !== undefined);
  const refusal = early ?? (isCounted.length > 0 ? undefined : await whyNotCounted(tx, member.id, pace));
  if (refusal !== undefined) {
    if (refusal === standing.refusal || !(await isModerator(tx))) throw refusal;
    return 'published';
  }
  if (writing.kind === 'message') return 'published';
  const reasons: HoldReason[] = [...found.reasons];
  if (standing.wasDeclined) reasons.push({ name: 'declined-before', points: 5 });
  const isFirst =
    isNewcomer &&
    writing.kind !== 'comment' &&
    settings.firstWritingsHeld > 0 &&
    (await countPublished(tx, member.id, settings.firstWritingsHeld)) < settings.firstWritingsHeld;
  if (!isFirst && !isHeld(reasons, member.trustLevel, settings)) return 'published';
  return (await isModerator(tx)) ? 'published' : 'pending';
}

/** Why a text waits, or would: what the lists and the heuristics say of it, and a refusal where there is one. */
export function judgeText(
  writing: Pick<Judged, 'title' | 'markdown'>,
  member: Pick<OwnMember, 'trustLevel' | 'joinedAt'>,
  settings: ModerationSettings,
  rules: readonly WordRule[],
): { reasons: HoldReason[]; refusal?: AppError } {
  const look = lookAt(renderMarkdown(writing.markdown).html, writing.title);
  const words = judgeWords(look, rules);
  const minutes = (Date.now() - member.joinedAt.getTime()) / 60_000;
  const reasons = [...words.held, ...suspect(look, words.links, minutes)];
  const refuse = (text: AppError['text']) => ({ reasons, refusal: new AppError('conflict', text) });
  if (words.refused?.kind === 'word') return refuse(moderationText.wordRefused(words.refused.pattern));
  if (words.refused) return refuse(moderationText.domainRefused(words.refused.pattern));
  const isNewcomer = member.trustLevel === 0;
  const mentionsAtMost = isNewcomer ? settings.newcomerMentions : settings.mentionsAtMost;
  if (look.mentions > mentionsAtMost) return refuse(moderationText.tooManyMentions(mentionsAtMost));
  if (isNewcomer && look.images > settings.newcomerImages)
    return refuse(moderationText.newcomerImages(settings.newcomerImages));
  if (isNewcomer && words.links > settings.newcomerLinks)
    return refuse(moderationText.newcomerLinks(settings.newcomerLinks));
  return { reasons };
}

/** Lists of words hold everybody's writings; suspicion only those of members who are not yet known. */
function isHeld(reasons: readonly HoldReason[], trustLevel: number, settings: ModerationSettings): boolean {
  if (reasons.some(({ name }) => name === 'held-word' || name === 'held-domain')) return true;
  if (trustLevel >= 2) return false;
  return scoreOf(reasons) >= (trustLevel === 0 ? settings.newcomerHoldScore : settings.memberHoldScore);
}

/** The same text in other clothes has the same hash. */
export const hashOfText = (text: string) => createHash('sha256').update(normalise(text)).digest();

const isModerator = (tx: Context) => mayAsStaff(tx, 'community.post.moderate');

const selectStanding = prepareQuery((db: Db, given: { memberId: string; textHash: Buffer }) =>
  db
    .selectFrom('community.member as m')
    .select([
      'm.silenced_until as until',
      'm.silenced_reason as reason',
      sql<boolean>`exists (select from community.declined_text d where d.hash = ${given.textHash})`.as(
        'wasDeclined',
      ),
    ])
    .where('m.id', '=', given.memberId),
);

type Standing = { until: Date | null; reason: string | null; wasDeclined: boolean };

function standingOf(row: Standing | undefined) {
  if (!row) throw new Error('a member who writes has no row');
  const isSilenced = row.until !== null && row.until > new Date();
  const until = row.until?.toISOString().slice(0, 16).replace('T', ' ');
  return {
    wasDeclined: row.wasDeclined,
    refusal: isSilenced
      ? new AppError('forbidden', moderationText.silenced(`${until} UTC`, row.reason ?? ''))
      : undefined,
  };
}

async function countPublished(tx: Context, memberId: string, enough: number): Promise<number> {
  const rows = await tx.db
    .selectFrom('community.post')
    .select('id')
    .where('author_id', '=', memberId)
    .where('state', '=', 'published')
    .limit(enough)
    .execute();
  return rows.length;
}

const keptMs = 5000;
let kept: { until: number; settings: ModerationSettings; rules: WordRule[] } | undefined;

/** Settings and word lists, remembered for seconds: every writing asks for them. */
export async function moderationOf({ db }: Pick<Context, 'db'>) {
  if (kept && kept.until > Date.now()) return kept;
  const [settings, rules] = [await readSettings(db), await listWordRules(db)];
  kept = { until: Date.now() + keptMs, settings, rules };
  return kept;
}

/** Forgets what this process remembers of settings and lists; others do within five seconds. */
export function forgetModeration(): void {
  kept = undefined;
}
