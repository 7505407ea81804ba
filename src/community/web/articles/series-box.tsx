import { postPath } from '#src/community/contract/addresses.ts';
import type { SeriesPlace } from '#src/community/contract/series.ts';
import { seriesText as text } from '#src/community/contract/series.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';

/** Above an article: the series it belongs to, and where it stands in it. */
export function SeriesBox({ series }: { series: SeriesPlace }) {
  const t = useText();
  return (
    <p className="com-seriesbox">
      <span className="com-dim">{t(text.series)}</span>{' '}
      <a href={`/series/${series.id}`}>
        <bdi>{series.title}</bdi>
      </a>{' '}
      <span className="com-dim">{t(text.part(series.number, series.count))}</span>
    </p>
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
