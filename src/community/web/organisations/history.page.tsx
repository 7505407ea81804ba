import { redirect } from 'react-router';
import { z } from 'zod';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { facetText, industryText } from '#src/community/contract/industries.text.ts';
import { countryNameOf } from '#src/community/contract/countries.ts';
import { Organisation, OrganisationRevision } from '#src/community/contract/organisations.ts';
import {
  organisationKindText,
  organisationSizeText,
  organisationPageText as text,
} from '#src/community/contract/organisations.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Ago, Box, Notice, PageGrid } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/history.page.ts';
import { OrganisationHead } from './parts.tsx';
import './organisations.css';

export function meta(args: Route.MetaArgs) {
  return titleIn(
    localeOf(args),
    `${text.history[localeOf(args)]} · ${args.loaderData?.organisation.name ?? ''}`,
  );
}

export async function loader({ context, params }: Route.LoaderArgs) {
  const address = `/api/community/organisations/${encodeURIComponent(params.slug)}`;
  const api = context.get(apiContext);
  const [organisation, revisions] = await Promise.all([
    api.get(address, Organisation),
    api.get(`${address}/revisions`, z.array(OrganisationRevision)),
  ]);
  return { organisation, revisions };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const number = encodeURIComponent(fieldOf(await request.formData(), 'number'));
  const address = `/api/community/organisations/${encodeURIComponent(params.slug)}`;
  const answer = await formAnswer(context.get(apiContext).post(`${address}/revisions/${number}/restore`));
  return 'refused' in answer
    ? refusedForm(answer.refused)
    : redirect(`${organisationPath(params.slug)}/history`);
}

export default function HistoryPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { organisation, revisions } = loaderData;
  const { viewer } = organisation;
  const mayRestore = viewer.isManager || (viewer.mayVerify && !viewer.isOwn);
  return (
    <PageGrid>
      <OrganisationHead organisation={organisation} current="history" />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {revisions.map((revision, index) => (
        <Box key={revision.number} title={t(text.revision(revision.number))}>
          <p className="com-meta">
            <MemberLink member={revision.editor} />
            <Ago at={revision.at} />
            {revision.note !== '' && <bdi>{revision.note}</bdi>}
          </p>
          <Differences revision={revision} before={revisions[index + 1]} />
          {mayRestore && index > 0 && (
            <form method="post">
              <button
                type="submit"
                className="com-button"
                data-kind="quiet"
                name="number"
                value={revision.number}
              >
                {t(text.restore)}
              </button>
            </form>
          )}
        </Box>
      ))}
    </PageGrid>
  );
}

/** What a revision says otherwise than the one before it, field by field. */
function Differences(props: { revision: OrganisationRevision; before: OrganisationRevision | undefined }) {
  const t = useText();
  const locale = useLocale();
  const { revision, before } = props;
  const fieldsOf = (one: OrganisationRevision) => [
    { label: t(text.name), value: one.name },
    { label: t(text.kind), value: t(organisationKindText[one.kind]) },
    { label: t(text.website), value: one.website },
    { label: t(text.country), value: countryNameOf(one.country, locale) },
    { label: t(facetText.industry), value: one.industry === '' ? '' : t(industryText[one.industry]) },
    { label: t(text.size), value: one.size === '' ? '' : t(organisationSizeText[one.size]) },
    { label: t(text.about), value: one.about },
  ];
  const old = before && fieldsOf(before);
  const changed = fieldsOf(revision)
    .map((field, index) => ({ ...field, was: old?.[index]?.value }))
    .filter(({ value, was }) => (was === undefined ? value !== '' : value !== was));
  if (changed.length === 0) return <p className="com-dim">{t(text.unchanged)}</p>;
  return (
    <dl className="com-facts">
      {changed.map(({ label, value, was }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {was !== undefined && was !== '' && (
              <del className="com-before">
                <bdi>{was}</bdi>
              </del>
            )}{' '}
            <ins className="com-after">
              <bdi>{value}</bdi>
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
