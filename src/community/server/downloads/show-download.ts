import type { DownloadPage } from '#src/community/contract/downloads.ts';
import { downloadText } from '#src/community/contract/downloads.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getArticle } from '../articles/queries.ts';
import { findReader } from '../organisations/queries.ts';
import { consentNow, findKnown, findPublisher } from './queries.ts';

/** The page of a case study's file. Refuses an article that is no case study, and one that the reader does not see. */
export async function showDownload(ctx: Context, postId: number): Promise<DownloadPage> {
  const article = await getArticle(ctx, postId);
  if (article.caseStudy === null) throw new AppError('not_found', downloadText.noSuch);
  const { download } = article.caseStudy;
  const reader = await findReader(ctx);
  const publisher = article.isMine && reader ? await findPublisher(ctx.db, reader.id) : undefined;
  const standing = download?.mayMark ? download.publisher : null;
  return {
    article: { id: article.id, slug: article.slug, title: article.title },
    download,
    mayAttach: article.isMine,
    organisation: publisher
      ? { slug: publisher.slug, name: publisher.name }
      : article.isMine
        ? null
        : standing,
    known: download?.isGated === true && !download.isOpen ? await findKnown(ctx) : null,
    consent: consentNow(),
  };
}
