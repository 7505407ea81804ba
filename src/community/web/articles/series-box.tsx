import type { Article } from '#src/community/contract/articles.ts';
import { postPath, seriesPath } from '#src/community/contract/addresses.ts';
import type { SeriesPlace } from '#src/community/contract/series.ts';
import { seriesText as text } from '#src/community/contract/series.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';

/** Above an article: the series it belongs to, and where it stands in it. */
export function SeriesBox({ series }: { series: SeriesPlace }) {
  const t = useText();
  return (
    <p className="com-seriesbox">
      <span className="com-dim">{t(text.series)}</span>{' '}
      <a href={seriesPath(series.id)}>
        <bdi>{series.title}</bdi>
      </a>{' '}
      <span className="com-dim">
        {t(text.part(series.number, series.count))}
        {series.reading !== null && ` · ${t(text.readOf(series.reading.read, series.count))}`}
      </span>
    </p>
  );
}

/** Where an article of a series ends: the mark that its reader has read it, which with script is set when they get here. */
export function ReadMark({ article }: { article: Article }) {
  const t = useText();
  const { series } = article;
  if (series === null || series.reading === null || article.state !== 'published') return null;
  const { reading, next } = series;
  return (
    <CustomElement
      name="read-mark"
      attributes={{
        post: reading.isRead ? undefined : article.id,
        said: `✓ ${t(text.isRead)}`,
        undo: t(text.markUnread),
      }}
    >
      <form method="post" className="com-actions com-readmark">
        {reading.isRead ? (
          <>
            <span className="com-mark" data-tone="good">
              ✓ {t(text.isRead)}
            </span>
            <button type="submit" name="intent" value="unread" className="com-button" data-kind="link">
              {t(text.markUnread)}
            </button>
          </>
        ) : (
          <>
            <button type="submit" name="intent" value="read" className="com-button" data-kind="quiet">
              {t(text.markRead)}
            </button>
            {next !== null && (
              <button type="submit" name="intent" value="read-on" className="com-button">
                {t(text.markReadAndGoOn)}
              </button>
            )}
          </>
        )}
        <output className="com-dim">
          {t(text.readOf(reading.read, series.count))} · {t(text.onlyYou)}
        </output>
      </form>
    </CustomElement>
  );
}

/** Below an article: what comes before it in its series, and what after. */
export function Neighbours({ series }: { series: SeriesPlace }) {
  const t = useText();
  const { previous, next } = series;
  if (previous === null && next === null) return null;
  return (
    <nav className="com-neighbours" aria-label={t(text.series)}>
      {previous === null ? (
        <span />
      ) : (
        <a href={postPath({ kind: 'article', ...previous })} rel="prev">
          <span className="com-dim">← {t(text.previous)}</span>
          <bdi>{previous.title}</bdi>
        </a>
      )}
      {next !== null && (
        <a href={postPath({ kind: 'article', ...next })} rel="next">
          <span className="com-dim">{t(text.next)} →</span>
          <bdi>{next.title}</bdi>
        </a>
      )}
    </nav>
  );
}
