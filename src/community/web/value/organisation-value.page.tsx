import { organisationPath, valuePath } from '#src/community/contract/addresses.ts';
import { Organisation } from '#src/community/contract/organisations.ts';
import { OrganisationValue, type ValueFigure } from '#src/community/contract/value.ts';
import { valuePageText as text } from '#src/community/contract/value.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, useText } from '#src/platform/web/i18n.tsx';
import { OrganisationHead } from '../organisations/parts.tsx';
import { headOf } from '../site/head.ts';
import { PageGrid } from '../site/parts.tsx';
import type { Route } from './+types/organisation-value.page.ts';
import { FigureBox } from './figures.tsx';
import '../organisations/organisations.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const value = args.loaderData?.value;
  if (!value) return [];
  return headOf(args, {
    title: text.title(value.name)[localeOf(args)],
    path: valuePath(organisationPath(value.slug)),
  });
}

export async function loader({ context, params }: Route.LoaderArgs) {
  const slug = encodeURIComponent(params.slug);
  const api = context.get(apiContext);
  const [organisation, value] = await Promise.all([
    api.get(`/api/community/organisations/${slug}`, Organisation),
    api.get(`/api/community/value/organisations/${slug}`, OrganisationValue),
  ]);
  return { organisation, value };
}

export default function OrganisationValuePage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { organisation, value } = loaderData;
  const box = (title: string, scope: ValueFigure['scope'], side: ValueFigure['side']) => (
    <FigureBox
      title={title}
      of={organisationPath(value.slug)}
      figures={value.figures.filter((one) => one.scope === scope && one.side === side)}
      innerNote={t(text.onlyManagers)}
    />
  );
  return (
    <PageGrid>
      <OrganisationHead organisation={organisation} current="value" />
      <p className="com-lead">{t(text.lead)}</p>
      {box(t(text.gavePeople), 'person', 'gave')}
      {box(t(text.gotPeople), 'person', 'got')}
      {box(t(text.gaveItself), 'organisation', 'gave')}
      {box(t(text.gotItself), 'organisation', 'got')}
      <p className="com-dim">{t(text.peopleSum)}</p>
    </PageGrid>
  );
}
