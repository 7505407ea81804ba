import { redirect } from 'react-router';
import { postPath } from '#src/community/contract/addresses.ts';
import { type PointEntry, Statement, statementViews } from '#src/community/contract/points.ts';
import { pointCauseText, pointPageText as text } from '#src/community/contract/points.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { OwnLevel } from '#src/community/contract/levels.ts';
import { addressWith } from '../organisations/address-with.ts';
import { Ago, Box, EmptyState, PageGrid, PageHead, Pager, Stat, Tabs, Wide } from '../site/parts.tsx';
import type { Route } from './+types/points.page.ts';
import { LevelBox } from './level-box.tsx';
import './points.css';

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/points');
  const { searchParams } = new URL(request.url);
  const view = statementViews.find((one) => one === searchParams.get('view')) ?? 'all';
  const cursor = searchParams.get('cursor') ?? undefined;
  const api = context.get(apiContext);
  const [statement, level] = await Promise.all([
    api.get(addressWith('/api/community/points', { view, cursor }), Statement),
    api.get('/api/community/levels/own', OwnLevel),
  ]);
  return { statement, level, view, isFirst: cursor === undefined };
}

const hrefOf = (view: string, cursor?: string) =>
  addressWith('/points', { view: view === 'all' ? undefined : view, cursor });

export default function PointsPage({
  loaderData: { statement, level, view, isFirst },
}: Route.ComponentProps) {
  const t = useText();
  const { balances, held, items, nextCursor } = statement;
  return (
    <PageGrid aside={<LevelBox own={level} />}>
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        <a className="com-button" href="/rewards">
          {t(text.spend)}
        </a>
        <a className="com-button" data-kind="quiet" href="/points/rules">
          {t(text.rules)}
        </a>
      </PageHead>
      <div className="com-stats">
        <Stat value={balances.growth} label={t(text.growth)} />
        <Stat value={balances.spendable} label={t(text.spendable)} />
        <Stat value={held} label={t(text.held)} />
      </div>
      <Box title={t(text.statement)}>
        <Tabs
          label={t(text.statement)}
          tabs={statementViews.map((one) => ({
            href: hrefOf(one),
            label: t(text[one]),
            current: one === view,
          }))}
        />
        {items.length === 0 ? (
          <EmptyState title={t(text.none)} hint={t(text.noneHint)}>
            <a className="com-button" href="/articles/write">
              {t(text.write)}
            </a>
          </EmptyState>
        ) : (
          <Entries items={items} />
        )}
        <Pager
          next={nextCursor === null ? null : hrefOf(view, nextCursor)}
          first={isFirst ? null : hrefOf(view)}
        />
      </Box>
    </PageGrid>
  );
}

function Entries({ items }: { items: readonly PointEntry[] }) {
  const t = useText();
  return (
    <Wide>
      <table className="com-table com-points">
        <thead>
          <tr>
            <th scope="col">{t(text.what)}</th>
            <th scope="col" className="com-number">
              {t(text.growth)}
            </th>
            <th scope="col" className="com-number">
              {t(text.spendable)}
            </th>
            <th scope="col">{t(text.when)}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <tr key={entry.id}>
              <td>
                <Cause entry={entry} />
              </td>
              <Amount of={entry.growth} />
              <Amount of={entry.spendable} />
              <td className="com-dim">
                <Ago at={entry.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Cause({ entry }: { entry: PointEntry }) {
  const t = useText();
  const causes: Readonly<Record<string, Text>> = pointCauseText;
  const name = causes[entry.cause];
  return (
    <>
      {name ? t(name) : entry.cause}
      {entry.isReversal && <span className="com-dim"> · {t(text.takenBack)}</span>}
      {!entry.isReversal && entry.growth === 0 && entry.spendable === 0 && (
        <span className="com-dim"> · {t(text.pastCap)}</span>
      )}
      {entry.post && (
        <>
          {' · '}
          <a href={postPath(entry.post)}>
            <bdi>{entry.post.title}</bdi>
          </a>
        </>
      )}
    </>
  );
}

function Amount({ of }: { of: number }) {
  const format = useFormat();
  if (of === 0) return <td className="com-number com-dim">0</td>;
  return (
    <td className="com-number">
      <b data-sign={of > 0 ? 'plus' : 'minus'}>
        {of > 0 ? '+' : '−'}
        {format.number(Math.abs(of))}
      </b>
    </td>
  );
}
