import { memberPath, valuePath } from '#src/community/contract/addresses.ts';
import { Profile } from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { ValueRows } from '#src/community/contract/value.ts';
import { valueNumberText, valuePageText as text } from '#src/community/contract/value.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, useText } from '#src/platform/web/i18n.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { headOf } from '../site/head.ts';
import { Breadcrumb, PageGrid } from '../site/parts.tsx';
import type { Route } from './+types/member-rows.page.ts';
import { RowList } from './row-list.tsx';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const data = args.loaderData;
  if (!data) return [];
  return headOf(args, {
    title: `${valueNumberText[data.rows.figure.name][localeOf(args)]} · ${data.name}`,
    path: valuePath(memberPath(data.handle), data.rows.figure.name),
    hidden: true,
  });
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = encodeURIComponent(params.handle);
  const address = `/api/community/value/members/${member}/${encodeURIComponent(params.number)}`;
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const api = context.get(apiContext);
  const [profile, rows] = await Promise.all([
    api.get(`/api/community/members/${member}?limit=1`, Profile),
    api.get(addressWith(address, { cursor }), ValueRows),
  ]);
  return { name: profile.name, handle: profile.handle, rows, isFirst: cursor === undefined };
}

export default function MemberRowsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { name, handle: theirs, rows, isFirst } = loaderData;
  const path = memberPath(theirs);
  return (
    <PageGrid>
      <Breadcrumb
        steps={[
          { href: '/members', label: t(memberText.members) },
          { href: path, label: name },
          { href: valuePath(path), label: t(text.tab) },
          { label: t(valueNumberText[rows.figure.name]) },
        ]}
      />
      <RowList of={path} rows={rows} isFirst={isFirst} withMember={false} />
    </PageGrid>
  );
}
