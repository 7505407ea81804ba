import { postPath, seriesPath } from '#src/community/contract/addresses.ts';
import type { BegunSeries, Series } from '#src/community/contract/series.ts';
import { seriesText as text } from '#src/community/contract/series.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { Box } from '../site/parts.tsx';

/** How far the reader got in a series, and the way on. */
export function Progress({ progress }: { progress: NonNullable<Series['progress']> }) {
  const t = useText();
  const { read, count, next } = progress;
  if (count === 0) return null;
  return (
    <div className="com-readings">
      <Bar read={read} count={count} />
      {next === null ? (
        <p>✓ {t(text.allRead)}</p>
      ) : (
        <p>
          {t(read === 0 ? text.begin : text.goOn)}{' '}
          <a href={postPath({ kind: 'article', ...next })}>
            <bdi>{next.title}</bdi>
          </a>
        </p>
      )}
    </div>
  );
}

/** The series that the reader has begun, each with the way on. */
export function BegunBox({ begun }: { begun: readonly BegunSeries[] }) {
  const t = useText();
  if (begun.length === 0) return null;
  return (
    <Box title={t(text.goOnReading)}>
      <ul className="com-plain com-readings">
        {begun.map((series) => (
          <li key={series.id}>
            <a href={seriesPath(series.id)}>
              <bdi>{series.title}</bdi>
            </a>
            <Bar read={series.read} count={series.count} />
            <a href={postPath({ kind: 'article', ...series.next })}>
              <bdi>{series.next.title}</bdi> →
            </a>
          </li>
        ))}
      </ul>
    </Box>
  );
}

function Bar({ read, count }: { read: number; count: number }) {
  const t = useText();
  const words = t(text.readOf(read, count));
  return (
    <div>
      <progress value={read} max={count} aria-label={words} />
      <span className="com-dim">{words}</span>
    </div>
  );
}
