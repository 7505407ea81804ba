import type { ReactNode } from 'react';
import { valuePath } from '#src/community/contract/addresses.ts';
import { pointCauseText } from '#src/community/contract/points.text.ts';
import type { ValueRow, ValueRows } from '#src/community/contract/value.ts';
import { valueNumberText, valuePageText as text } from '#src/community/contract/value.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { Ago, Box, EmptyState, Pager } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { amountOf } from './amount-of.ts';

/** A number with the very rows that it counts, a page at a time. */
export function RowList(props: {
  /** The page of the member or organisation. */
  of: string;
  rows: ValueRows;
  isFirst: boolean;
  withMember: boolean;
}) {
  const t = useText();
  const format = useFormat();
  const locale = useLocale();
  const { of, rows, isFirst, withMember } = props;
  const { figure, items, nextCursor } = rows;
  const path = valuePath(of, figure.name);
  return (
    <Box title={t(valueNumberText[figure.name])} more={{ href: valuePath(of), label: t(text.back) }}>
      <p className="com-meta">
        <strong>{t(text.rows(figure.rows, format.number(figure.rows)))}</strong>
        {figure.sums.map(({ unit, amount }) => (
          <span key={unit}>{amountOf(amount, unit, format, locale)}</span>
        ))}
      </p>
      {items.length === 0 ? (
        <EmptyState title={t(text.nothing)} />
      ) : (
        <Table items={items} withMember={withMember && items.some(({ member }) => member !== null)} />
      )}
      <Pager
        next={nextCursor === null ? null : addressWith(path, { cursor: nextCursor })}
        first={isFirst ? null : path}
      />
    </Box>
  );
}

function Table({ items, withMember }: { items: readonly ValueRow[]; withMember: boolean }) {
  const t = useText();
  const format = useFormat();
  const locale = useLocale();
  const withAmount = items.some(({ amount }) => amount !== null);
  return (
    <div className="com-wide">
      <table className="com-table">
        <thead>
          <tr>
            <th scope="col">{t(text.what)}</th>
            {withMember && <th scope="col">{t(text.who)}</th>}
            {withAmount && (
              <th scope="col" className="com-number">
                {t(text.amount)}
              </th>
            )}
            <th scope="col">{t(text.when)}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.key}>
              <td>
                <What row={row} />
              </td>
              {withMember && <td>{row.member && <MemberLink member={row.member} size={20} />}</td>}
              {withAmount && (
                <td className="com-number">
                  {row.amount !== null && row.unit !== null && amountOf(row.amount, row.unit, format, locale)}
                </td>
              )}
              <td className="com-dim">
                {row.at.length === 10 ? (
                  <time dateTime={row.at}>{format.date(row.at)}</time>
                ) : (
                  <Ago at={row.at} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const causes: Readonly<Record<string, Text>> = {
  ...pointCauseText,
  yearly: text.yearly,
  lifetime: text.lifetime,
};

function What({ row: { title, cause, href } }: { row: ValueRow }) {
  const t = useText();
  const why = cause === null ? undefined : causes[cause];
  const parts: ReactNode[] = [];
  if (cause !== null) parts.push(why ? t(why) : cause);
  if (title !== '')
    parts.push(
      href === null ? (
        <bdi key="title">{title}</bdi>
      ) : (
        <a key="title" href={href}>
          <bdi>{title}</bdi>
        </a>
      ),
    );
  if (parts.length === 0) return <span className="com-dim">{t(text.notShown)}</span>;
  return parts.length === 1 ? (
    parts[0]
  ) : (
    <>
      {parts[0]} · {parts[1]}
    </>
  );
}
