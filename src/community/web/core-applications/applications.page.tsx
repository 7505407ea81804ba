import { z } from 'zod';
import { coreApplicationPath } from '#src/community/contract/addresses.ts';
import { type ApplicationState, ListedApplication } from '#src/community/contract/core-applications.ts';
import { applicationPageText as text } from '#src/community/contract/core-applications.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/applications.page.ts';

export const handle = { hydrate: false };
export const meta = titled(text.listTitle);

export async function loader({ context, request }: Route.LoaderArgs) {
  const committee = new URL(request.url).searchParams.get('committee') ?? undefined;
  const address = addressWith('/api/community/core-applications', { committee });
  return {
    isOwn: committee === undefined,
    list: await context.get(apiContext).get(address, z.array(ListedApplication)),
  };
}

export default function ApplicationsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { list, isOwn } = loaderData;
  return (
    <PageGrid>
      <PageHead title={t(isOwn ? text.own : text.listTitle)}>
        <a className="com-button" href="/core-applications/new">
          {t(text.send)}
        </a>
      </PageHead>
      {list.length === 0 && <EmptyState title={t(text.none)} hint={t(text.noneHint)} />}
      <ul className="com-plain">
        {list.map((one) => (
          <li key={one.id} className="com-meta">
            <StateMark state={one.state} />
            <a href={coreApplicationPath(one.id)}>{t(text.applicationOf(one.applicant.name))}</a>
            <MemberLink member={one.applicant} />
            <span>{one.committee.name}</span>
            {one.state === 'open' && <span>{t(text.votesUntil(format.date(one.votesUntil)))}</span>}
          </li>
        ))}
      </ul>
    </PageGrid>
  );
}

/** A word on what became of an application. */
export function StateMark({ state }: { state: ApplicationState }) {
  const t = useText();
  const tones = { open: 'busy', accepted: 'good', refused: 'bad', withdrawn: 'idle' };
  return (
    <span className="com-mark" data-tone={tones[state]}>
      {t(text[state])}
    </span>
  );
}
