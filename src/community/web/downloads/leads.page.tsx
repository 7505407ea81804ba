import { redirect } from 'react-router';
import { organisationPath, postPath } from '#src/community/contract/addresses.ts';
import { Lead } from '#src/community/contract/downloads.ts';
import { downloadText as text } from '#src/community/contract/downloads.text.ts';
import { Organisation } from '#src/community/contract/organisations.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { OrganisationHead } from '../organisations/parts.tsx';
import { EmptyState, Pager, Wide } from '../site/parts.tsx';
import type { Route } from './+types/leads.page.ts';
import '../organisations/organisations.css';
import './downloads.css';

export function meta(args: Route.MetaArgs) {
  const locale = localeOf(args);
  return titleIn(locale, `${text.leads[locale]} · ${args.loaderData?.organisation.name ?? ''}`);
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const slug = encodeURIComponent(params.slug);
  if (!context.get(viewerContext).user) throw redirect(`/sign-in?back=/organisations/${slug}/leads`);
  const api = context.get(apiContext);
  const cursor = new URL(request.url).searchParams.get('cursor');
  const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  const [organisation, leads] = await Promise.all([
    api.get(`/api/community/organisations/${slug}`, Organisation),
    api.get(`/api/community/leads/${slug}${query}`, page(Lead)),
  ]);
  return { organisation, leads, isFirst: cursor === null };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const slug = encodeURIComponent(params.slug);
  const lead = encodeURIComponent(fieldOf(await request.formData(), 'lead'));
  const said = await formAnswer(context.get(apiContext).delete(`/api/community/leads/${slug}/${lead}`));
  if ('refused' in said) return refusedForm(said.refused);
  throw redirect(`${organisationPath(params.slug)}/leads`);
}

export default function LeadsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { organisation, leads, isFirst } = loaderData;
  const here = `${organisationPath(organisation.slug)}/leads`;
  return (
    <>
      <OrganisationHead organisation={organisation} current="leads" />
      <p className="com-lead">{t(text.leadsLead)}</p>
      <Refusal problem={actionData?.problem} />
      {leads.items.length === 0 ? (
        <EmptyState title={t(text.noLeads)} />
      ) : (
        <>
          <p>
            <a
              className="com-button"
              data-kind="quiet"
              href={`/api/community/leads/${organisation.slug}/csv`}
            >
              {t(text.csv)}
            </a>
          </p>
          <LeadTable leads={leads.items} />
        </>
      )}
      <Pager
        next={leads.nextCursor === null ? null : `${here}?cursor=${encodeURIComponent(leads.nextCursor)}`}
        first={isFirst ? null : here}
      />
    </>
  );
}

function LeadTable({ leads }: { leads: readonly Lead[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <Wide>
      <table className="com-table com-leads">
        <thead>
          <tr>
            <th scope="col">{t(text.date)}</th>
            <th scope="col">{t(text.name)}</th>
            <th scope="col">{t(text.company)}</th>
            <th scope="col">{t(text.email)}</th>
            <th scope="col">{t(text.article)}</th>
            <th scope="col">{t(text.consent)}</th>
            <th scope="col">{t(text.keepUntil)}</th>
            <th scope="col">{t(text.erase)}</th>
          </tr>
        </thead>
        <tbody>
          {leads.map((one) => (
            <tr key={one.id}>
              <td>{format.date(one.at)}</td>
              <th scope="row">
                <bdi>{one.name}</bdi>
              </th>
              <td>
                <bdi>{one.company}</bdi>
              </td>
              <td>
                <a href={`mailto:${encodeURIComponent(one.email)}`}>{one.email}</a>
                <br />
                <span className="com-mark" data-tone={one.isProved ? 'good' : 'idle'}>
                  {t(one.isProved ? text.proved : text.notProved)}
                </span>
              </td>
              <td>
                <a href={postPath({ kind: 'article', ...one.article })}>{one.article.title}</a>
              </td>
              <td>
                {one.consentVersion}
                <details>
                  <summary>{t(text.consent)}</summary>
                  <p>{one.consentWords}</p>
                </details>
              </td>
              <td>{format.date(`${one.keepUntil}T12:00:00Z`)}</td>
              <td>
                <form method="post">
                  <button
                    type="submit"
                    name="lead"
                    value={one.id}
                    className="com-button"
                    data-kind="bad"
                    aria-label={t(text.eraseOf(one.name))}
                  >
                    {t(text.erase)}
                  </button>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
