import { Skeleton, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Text } from '#src/platform/contract/i18n.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { useLocale, useText } from '../i18n.tsx';
import styles from './data-table.module.css';
import { IconChevronDown, IconChevronUp, IconSelector } from './icons.ts';

export type Column<Row> = {
  key: string;
  title: Text;
  cell: (row: Row) => ReactNode;
  /** Makes the column sortable by this value; rows without one come last. */
  sortBy?: (row: Row) => string | number | null;
  align?: 'end';
  /** The cell that names the row: a link when `rowHref` is given, and the head of its card on a phone. */
  main?: boolean;
};

type Sort = { key: string; descending: boolean };

type Props<Row> = {
  /** What the table lists, for those who cannot see it. */
  caption: string;
  columns: Column<Row>[];
  /** null while they are on their way. */
  rows: readonly Row[] | null;
  rowKey: (row: Row) => string;
  rowHref?: (row: Row) => string;
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
  initialSort?: Sort;
};

/** Rows of one kind: sortable by its heads, reachable by keyboard, a stack of cards on a phone. */
export function DataTable<Row>({ caption, columns, rows, rowKey, rowHref, empty, initialSort }: Props<Row>) {
  const t = useText();
  const locale = useLocale();
  const [sort, setSort] = useState<Sort | undefined>(initialSort);
  if (rows && rows.length === 0) return empty;
  const by = sort && columns.find((column) => column.key === sort.key)?.sortBy;
  const sorted = rows && by ? sortRows(rows, by, sort.descending, locale) : rows;
  // Roles are written out: a browser forgets that a table is one when CSS lays it out as cards.
  return (
    <div className={styles.wrap}>
      <table role="table" className={styles.table} aria-busy={rows === null}>
        <caption className="el-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={sort} setSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {sorted === null &&
            Array.from({ length: 4 }, (_, line) => (
              <tr role="row" key={line} className={styles.row}>
                {columns.map((column) => (
                  <td role="cell" key={column.key}>
                    <Skeleton height={14} width={`${55 + ((line * 17 + column.key.length * 11) % 35)}%`} />
                  </td>
                ))}
              </tr>
            ))}
          {sorted?.map((row) => (
            <tr role="row" key={rowKey(row)} className={styles.row} data-link={rowHref ? true : undefined}>
              {columns.map((column) => (
                <td
                  role="cell"
                  key={column.key}
                  data-label={t(column.title)}
                  data-align={column.align}
                  data-main={column.main}
                >
                  {column.main && rowHref ? (
                    <Link to={rowHref(row)} className={styles.link} prefetch="intent">
                      {column.cell(row)}
                    </Link>
                  ) : (
                    <div>{column.cell(row)}</div>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows === null && (
        <p role="status" className="el-hidden">
          {t(shellText.loading)}
        </p>
      )}
    </div>
  );
}

function HeadCell<Row>(props: {
  column: Column<Row>;
  sort: Sort | undefined;
  setSort: (sort: Sort) => void;
}) {
  const { column, sort, setSort } = props;
  const t = useText();
  const active = sort?.key === column.key ? sort : undefined;
  const Arrow = active ? (active.descending ? IconChevronDown : IconChevronUp) : IconSelector;
  return (
    <th
      role="columnheader"
      scope="col"
      data-align={column.align}
      aria-sort={active ? (active.descending ? 'descending' : 'ascending') : undefined}
    >
      {column.sortBy ? (
        <UnstyledButton
          className={styles.sort ?? ''}
          onClick={() => setSort({ key: column.key, descending: active ? !active.descending : false })}
        >
          {t(column.title)}
          <Arrow size={14} aria-hidden />
        </UnstyledButton>
      ) : (
        t(column.title)
      )}
    </th>
  );
}

function sortRows<Row>(
  rows: readonly Row[],
  by: (row: Row) => string | number | null,
  descending: boolean,
  locale: string,
): Row[] {
  const order = new Intl.Collator(locale, { numeric: true });
  return rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const result =
      typeof x === 'number' && typeof y === 'number' ? x - y : order.compare(String(x), String(y));
    return descending ? -result : result;
  });
}
