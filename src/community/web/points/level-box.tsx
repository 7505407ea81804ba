import type { OwnLevel } from '#src/community/contract/levels.ts';
import { levelText as text } from '#src/community/contract/levels.text.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { Box } from '../site/parts.tsx';

/** My level, how far it is to the next, and what is missing. */
export function LevelBox({ own }: { own: OwnLevel }) {
  const t = useText();
  const format = useFormat();
  const { level, next, keep, fallsAt } = own;
  return (
    <Box title={t(text.level)} more={{ href: '/points/levels', label: t(text.levels) }}>
      <p className="com-level">{level.name}</p>
      {keep && fallsAt !== null && (
        <>
          <p>{t(text.falls(format.date(fallsAt)))}</p>
          <Missing missing={keep} />
        </>
      )}
      {next ? (
        <>
          <p className="com-dim" id="next-level">
            {t(text.next(next.name))}
          </p>
          <progress
            aria-labelledby="next-level"
            max={next.takes.growth}
            value={next.takes.growth - next.missing.growth}
          />
          <Missing missing={next.missing} />
        </>
      ) : (
        <p className="com-dim">{t(text.highest)}</p>
      )}
    </Box>
  );
}

function Missing({ missing }: { missing: { growth: number; yearly: number } }) {
  const t = useText();
  const format = useFormat();
  return (
    <ul className="com-plain">
      {missing.growth > 0 && <li>{t(text.missingGrowth(format.number(missing.growth)))}</li>}
      {missing.yearly > 0 && <li>{t(text.missingYearly(format.number(missing.yearly)))}</li>}
    </ul>
  );
}
