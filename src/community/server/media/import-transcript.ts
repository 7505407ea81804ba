import { ImportTranscript } from '#src/community/contract/media.ts';
import { mediaText } from '#src/community/contract/media.text.ts';
import type { SavedDraft } from '#src/community/contract/drafts.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findDraft } from '../drafts/queries.ts';
import { saveDraft } from '../drafts/save-draft.ts';
import { requireMember } from '../members/require-member.ts';
import { readTranscript, writeArticle } from './transcript.rules.ts';

/**
 * Makes a transcript the member's draft of an article, its headings leading to the moments of the recording. Refuses what is
 * no transcript, and to write over a draft that nobody gave up.
 */
export async function importTranscript(ctx: Context, given: ImportTranscript): Promise<SavedDraft> {
  const wish = ImportTranscript.parse(given);
  const member = await requireMember(ctx);
  const cues = readTranscript(wish.transcript);
  if (cues.length === 0) throw new AppError('conflict', mediaText.noTranscript);
  const draft = await findDraft(ctx, member, 'article');
  if (!wish.replace && (draft?.fields['markdown'] ?? '').trim() !== '')
    throw new AppError('conflict', mediaText.draftInTheWay);
  return saveDraft(ctx, 'article', {
    title: wish.title,
    markdown: writeArticle(cues, wish.mediaUrl).slice(0, 200_000),
    ...(wish.mediaUrl !== null && { mediaKind: 'video', mediaUrl: wish.mediaUrl }),
  });
}
