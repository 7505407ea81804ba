import { electionPath } from '#src/community/contract/addresses.ts';
import { ElectionList, type ElectionState } from '#src/community/contract/elections.ts';
import { electionPageText as text } from '#src/community/contract/elections.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { listHead } from '../site/head.ts';
import { EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/elections.page.ts';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.title, '/elections');

export async function loader({ context }: Route.LoaderArgs) {
  return { list: await context.get(apiContext).get('/api/community/elections', ElectionList) };
}

export default function ElectionsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { items, mayCall } = loaderData.list;
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        {mayCall && (
          <a className="com-button" href="/elections/new">
            {t(text.call)}
          </a>
        )}
      </PageHead>
      {items.length === 0 && <EmptyState title={t(text.none)} hint={t(text.noneHint)} />}
      <ul className="com-cards">
        {items.map((one) => (
          <li key={one.id} className="com-card">
            <h3>
              <a href={electionPath(one.id)}>
                <bdi>{one.title}</bdi>
              </a>
            </h3>
            <p className="com-meta">
              <ElectionMark state={one.state} />
              <span>{t(text[one.method])}</span>
              <span>{t(text.seats(format.number(one.seats)))}</span>
            </p>
            <p className="com-dim">{t(text.times(format.date(one.opensAt), format.date(one.closesAt)))}</p>
          </li>
        ))}
      </ul>
    </PageGrid>
  );
}

/** A word on where an election stands. */
export function ElectionMark({ state }: { state: ElectionState }) {
  const t = useText();
  const tones = { nominations: 'busy', open: 'good', closed: 'busy', counted: 'idle', cancelled: 'bad' };
  return (
    <span className="com-mark" data-tone={tones[state]}>
      {t(text[state])}
    </span>
  );
}
