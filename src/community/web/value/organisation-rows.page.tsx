import { organisationPath, valuePath } from '#src/community/contract/addresses.ts';
import { Organisation } from '#src/community/contract/organisations.ts';
import { ValueRows } from '#src/community/contract/value.ts';
import { valueNumberText } from '#src/community/contract/value.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf } from '#src/platform/web/i18n.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { OrganisationHead } from '../organisations/parts.tsx';
import { headOf } from '../site/head.ts';
import { PageGrid } from '../site/parts.tsx';
import type { Route } from './+types/organisation-rows.page.ts';
import { RowList } from './row-list.tsx';
import '../organisations/organisations.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const data = args.loaderData;
  if (!data) return [];
  return headOf(args, {
    title: `${valueNumberText[data.rows.figure.name][localeOf(args)]} · ${data.organisation.name}`,
    path: valuePath(organisationPath(data.organisation.slug), data.rows.figure.name),
    hidden: true,
  });
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const slug = encodeURIComponent(params.slug);
  const address = `/api/community/value/organisations/${slug}/${encodeURIComponent(params.number)}`;
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const api = context.get(apiContext);
  const [organisation, rows] = await Promise.all([
    api.get(`/api/community/organisations/${slug}`, Organisation),
    api.get(addressWith(address, { cursor }), ValueRows),
  ]);
  return { organisation, rows, isFirst: cursor === undefined };
}

export default function OrganisationRowsPage({ loaderData }: Route.ComponentProps) {
  const { organisation, rows, isFirst } = loaderData;
  return (
    <PageGrid>
      <OrganisationHead organisation={organisation} current="value" />
      <RowList of={organisationPath(organisation.slug)} rows={rows} isFirst={isFirst} withMember />
    </PageGrid>
  );
}
