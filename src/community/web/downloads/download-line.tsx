import { downloadPath } from '#src/community/contract/addresses.ts';
import type { Article } from '#src/community/contract/articles.ts';
import type { Download } from '#src/community/contract/downloads.ts';
import { downloadText as text } from '#src/community/contract/downloads.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import './downloads.css';

/** The file of a case study below its figures; for its author also where one is added. */
export function DownloadLine({ article }: { article: Article }) {
  const t = useText();
  const download = article.caseStudy?.download;
  const page = downloadPath(article.id);
  if (!download)
    return article.isMine ? (
      <p>
        <a href={page}>{t(text.add)}</a>
      </p>
    ) : null;
  return (
    <div className="com-download">
      <FileWords download={download} />
      <div className="com-actions">
        {download.isOpen ? (
          <a className="com-button" href={filePath(article.id)} rel="nofollow">
            {t(text.get)}
          </a>
        ) : (
          <a className="com-button" href={page} rel="nofollow">
            {t(text.ask)}
          </a>
        )}
        {download.mayMark && <a href={page}>{t(text.manage)}</a>}
      </div>
    </div>
  );
}

/** Where the bytes are, for who may have them. */
export const filePath = (article: number, token?: string) =>
  `/api/community/downloads/${article}/file${token === undefined ? '' : `?token=${encodeURIComponent(token)}`}`;

/** Which file it is, how large, and for whom. */
export function FileWords({ download }: { download: Download }) {
  const t = useText();
  const format = useFormat();
  return (
    <p className="com-meta">
      <strong>
        <bdi>{download.name}</bdi>
      </strong>
      <span>{format.bytes(download.sizeBytes)}</span>
      <span className="com-mark" data-tone={download.isGated ? 'busy' : 'good'}>
        {t(download.isGated ? text.gated : text.free)}
      </span>
      {download.count !== null && <span>{t(text.fetched(format.number(download.count)))}</span>}
    </p>
  );
}
