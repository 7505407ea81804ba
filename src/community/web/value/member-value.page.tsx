import { redirect } from 'react-router';
import { memberPath, valuePath } from '#src/community/contract/addresses.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { MemberValue } from '#src/community/contract/value.ts';
import { valuePageText as text } from '#src/community/contract/value.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, useText } from '#src/platform/web/i18n.tsx';
import { headOf } from '../site/head.ts';
import { Breadcrumb, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/member-value.page.ts';
import { FigureBox } from './figures.tsx';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const value = args.loaderData?.value;
  if (!value) return [];
  return headOf(args, {
    title: text.title(value.member.name)[localeOf(args)],
    path: valuePath(memberPath(value.handle)),
    hidden: true,
  });
}

export async function loader({ context, params }: Route.LoaderArgs) {
  const address = `/api/community/value/members/${encodeURIComponent(params.handle)}`;
  const value = await context.get(apiContext).get(address, MemberValue);
  if (value.handle !== params.handle) throw redirect(valuePath(memberPath(value.handle)), 301);
  return { value };
}

export default function MemberValuePage({ loaderData: { value } }: Route.ComponentProps) {
  const t = useText();
  const path = memberPath(value.handle);
  const side = (one: 'gave' | 'got') => value.figures.filter((figure) => figure.side === one);
  return (
    <PageGrid>
      <Breadcrumb
        steps={[
          { href: '/members', label: t(memberText.members) },
          { href: path, label: value.member.name },
          { label: t(text.tab) },
        ]}
      />
      <PageHead title={t(text.title(value.member.name))} lead={t(text.lead)}>
        <a className="com-mark" data-tone="busy" href="/points/levels">
          {t(text.level)} · {value.level}
        </a>
      </PageHead>
      <FigureBox title={t(text.gave)} of={path} figures={side('gave')} innerNote={t(text.onlyYou)} />
      <FigureBox title={t(text.got)} of={path} figures={side('got')} innerNote={t(text.onlyYou)} />
    </PageGrid>
  );
}
