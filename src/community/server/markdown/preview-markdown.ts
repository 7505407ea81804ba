import type { Context } from '#src/platform/server/context.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { requireMember } from '../members/require-member.ts';
import { renderMarkdown } from './render-markdown.ts';

/** One a second for an hour of typing without a pause. */
const previewsAnHour = 3600;

/** What the words of a member will look like once they are published; keeps nothing. */
export async function previewMarkdown(ctx: Context, markdown: string): Promise<{ html: string }> {
  const member = await requireMember(ctx);
  await takeRate(ctx.db, `preview:${member.id}`, { limit: previewsAnHour, windowSeconds: 3600 });
  return { html: renderMarkdown(markdown).html };
}
