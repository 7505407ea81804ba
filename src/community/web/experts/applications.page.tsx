import { z } from 'zod';
import { ListedExpert } from '#src/community/contract/experts.ts';
import { expertPageText as text } from '#src/community/contract/experts.text.ts';
import { organisationPageText } from '#src/community/contract/organisations.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/applications.page.ts';
import { ExpertCard } from './expert-parts.tsx';

export const meta = titled(text.applications);

export async function loader({ context }: Route.LoaderArgs) {
  return {
    applications: await context
      .get(apiContext)
      .get('/api/community/experts/applications', z.array(ListedExpert)),
  };
}

export default function ApplicationsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  return (
    <PageGrid>
      <PageHead title={t(text.applications)} />
      {loaderData.applications.length === 0 ? (
        <EmptyState title={t(organisationPageText.nothingWaits)} />
      ) : (
        <ul className="com-cards">
          {loaderData.applications.map((one) => (
            <ExpertCard key={one.member.handle} expert={one} />
          ))}
        </ul>
      )}
    </PageGrid>
  );
}
