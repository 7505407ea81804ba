import { valuePath } from '#src/community/contract/addresses.ts';
import type { ValueFigure } from '#src/community/contract/value.ts';
import { valueNumberText, valuePageText as text } from '#src/community/contract/value.text.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { Box, Stat } from '../site/parts.tsx';
import { headlineOf } from './amount-of.ts';

/** Numbers of one side, each leading to its rows; those that only some may see stand apart, with who they are. */
export function FigureBox(props: {
  title: string;
  /** The page of the member or organisation. */
  of: string;
  figures: readonly ValueFigure[];
  innerNote: string;
}) {
  const t = useText();
  const { title, of, figures, innerNote } = props;
  const shown = figures.filter(({ rows }) => rows > 0);
  const [open, inner] = [shown.filter(({ isInner }) => !isInner), shown.filter(({ isInner }) => isInner)];
  return (
    <Box title={title}>
      {shown.length === 0 && <p className="com-dim">{t(text.nothing)}</p>}
      {open.length > 0 && <Figures of={of} label={title} figures={open} />}
      {inner.length > 0 && (
        <>
          <p className="com-meta">
            <span className="com-mark" data-tone="idle">
              {innerNote}
            </span>
          </p>
          <Figures of={of} label={innerNote} figures={inner} />
        </>
      )}
    </Box>
  );
}

function Figures({ of, label, figures }: { of: string; label: string; figures: readonly ValueFigure[] }) {
  const t = useText();
  const format = useFormat();
  const locale = useLocale();
  return (
    <nav className="com-stats" aria-label={label}>
      {figures.map((figure) => (
        <Stat
          key={figure.name}
          value={headlineOf(figure, format, locale)}
          label={t(valueNumberText[figure.name])}
          href={valuePath(of, figure.name)}
        />
      ))}
    </nav>
  );
}
