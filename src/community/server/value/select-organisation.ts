import { type RawBuilder, sql } from 'kysely';
import type { innerNumbers, organisationNumbers } from '#src/community/contract/value.ts';
import { maySee } from '../wishes/lock-wish.ts';
import { onDay, ofWish, selectRows, type RowsOf } from './select-rows.ts';

type Number =
  | (typeof organisationNumbers.gave)[number]
  | (typeof organisationNumbers.got)[number]
  | (typeof innerNumbers.gave)[number]
  | (typeof innerNumbers.got)[number];

/** Of a ledger whose entries are reversed and never changed: those that stand. */
const stands = (table: string) =>
  sql`s.reverses is null and not exists (select from ${sql.table(table)} x where x.reverses = s.id)`;

const placements =
  (direction: 'given' | 'received'): RowsOf =>
  () =>
    selectRows(
      {
        organisation: sql`s.organisation_id`,
        ...onDay(sql`s.day`),
        key: sql`s.id`,
        title: sql`s.title`,
        amount: sql`s.value_minor`,
        unit: sql`s.currency`,
      },
      sql`from community.placement s where s.direction = ${direction} and ${stands('community.placement')}`,
    );

const claims =
  (which: RawBuilder<boolean>): RowsOf =>
  ({ reader }) =>
    selectRows(
      { organisation: sql`c.organisation_id`, ...onDay(sql`c.delivered_on`), key: sql`c.id`, ...ofWish },
      sql`from community.wish_claim c join community.wish w on w.id = c.wish_id where ${which} and ${maySee(reader)}`,
    );

/** What organisations gave and got by themselves, the rows of each number said once. */
export const selectOrganisation: Record<Number, RowsOf> = {
  'sponsored-years': () =>
    selectRows(
      {
        organisation: sql`y.organisation_id`,
        ...onDay(sql`make_date(y.year, 1, 1)`),
        key: sql`y.year`,
        title: sql`y.year`,
      },
      sql`from (select distinct s.organisation_id, s.year from community.sponsorship s
        where ${stands('community.sponsorship')}) y`,
    ),
  'claims-kept': claims(sql<boolean>`c.delivered_on <= c.due_on`),
  'claims-late': claims(sql<boolean>`c.delivered_on > c.due_on`),
  'wishes-served': ({ reader }) =>
    selectRows(
      { organisation: sql`d.organisation_id`, at: sql`d.at`, key: sql`w.id`, ...ofWish },
      sql`from community.wish_delivery d join community.wish w on w.id = d.wish_id
        where w.state = 'delivered' and ${maySee(reader)}`,
    ),
  'page-reads': () =>
    selectRows(
      {
        organisation: sql`y.organisation_id`,
        ...onDay(sql`y.day`),
        key: sql`y.day`,
        amount: sql`y.count`,
        unit: sql`'reads'`,
      },
      sql`from community.page_read y where y.organisation_id is not null`,
    ),
  'wishes-addressed': ({ reader }) =>
    selectRows(
      { organisation: sql`v.organisation_id`, at: sql`w.created_at`, key: sql`w.id`, ...ofWish },
      sql`from community.wish_vendor v join community.wish w on w.id = v.wish_id where ${maySee(reader)}`,
    ),
  payments: () =>
    selectRows(
      {
        organisation: sql`s.organisation_id`,
        ...onDay(sql`s.paid_on`),
        key: sql`s.id`,
        title: sql`s.year`,
        amount: sql`s.amount_minor`,
        unit: sql`s.currency`,
      },
      sql`from community.sponsorship s where ${stands('community.sponsorship')}`,
    ),
  // The ledger says who gave from the community's side.
  'placements-given': placements('received'),
  'placements-got': placements('given'),
};
