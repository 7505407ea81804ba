import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import styles from './backups.module.css';
import { trendBox, trendOf, type TrendPoint } from './drill-trend.ts';

type Props = {
  title: Text;
  /** Says the newest value in a sentence. */
  words: (last: string) => Text;
  measured: readonly TrendPoint[];
};

/** One measured time over all drills that passed. */
export function DrillChart({ title, words, measured }: Props) {
  const t = useText();
  const format = useFormat();
  const sorted = measured.toSorted((a, b) => a.at - b.at);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) return null;
  const { points, line, area, levels } = trendOf(sorted);
  const { width, height, left, right } = trendBox;
  const day = (at: number) => format.date(new Date(at).toISOString());
  const said = format.duration(last.seconds);
  return (
    <div className={styles.chart}>
      <h3>{t(title)}</h3>
      <p>{t(words(said))}</p>
      {sorted.length < 2 ? (
        <span className={styles.dim}>{t(text.trendFew)}</span>
      ) : (
        <svg
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={t(text.trendLabel(title, sorted.length, format.duration(first.seconds), said))}
        >
          <path className={styles.chartArea} d={area} />
          {levels.map(({ seconds, y }) => (
            <g key={seconds}>
              <line className={styles.chartGrid} x1={left} x2={width - right} y1={y} y2={y} />
              <text x={left - 8} y={y + 4} textAnchor="end">
                {seconds === 0 ? '0' : format.duration(seconds)}
              </text>
            </g>
          ))}
          <path className={styles.chartLine} d={line} />
          {points.map((point, index) => (
            <circle key={sorted[index]?.at} className={styles.chartDot} cx={point.x} cy={point.y} r={3.5}>
              <title>{`${day(sorted[index]?.at ?? 0)}: ${format.duration(sorted[index]?.seconds ?? 0)}`}</title>
            </circle>
          ))}
          <text x={left} y={height - 3} suppressHydrationWarning>
            {day(first.at)}
          </text>
          <text x={width - right} y={height - 3} textAnchor="end" suppressHydrationWarning>
            {day(last.at)}
          </text>
        </svg>
      )}
    </div>
  );
}
