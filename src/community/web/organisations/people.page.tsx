import { redirect } from 'react-router';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { OrganisationPerson } from '#src/community/contract/employments.ts';
import { Organisation } from '#src/community/contract/organisations.ts';
import { organisationPageText as text } from '#src/community/contract/organisations.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { EmptyState, Notice, PageGrid, Pager, Wide } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/people.page.ts';
import { addressWith } from './address-with.ts';
import { OrganisationHead, StateNotice } from './parts.tsx';
import './organisations.css';

export function meta(args: Route.MetaArgs) {
  return titleIn(
    localeOf(args),
    `${text.peopleTab[localeOf(args)]} · ${args.loaderData?.organisation.name ?? ''}`,
  );
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const address = `/api/community/organisations/${encodeURIComponent(params.slug)}`;
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const api = context.get(apiContext);
  const [organisation, people] = await Promise.all([
    api.get(address, Organisation),
    api.get(addressWith(`${address}/people`, { cursor, limit: '50' }), page(OrganisationPerson)),
  ]);
  return { organisation, people, isFirst: cursor === undefined };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const address = `/api/community/organisations/${encodeURIComponent(params.slug)}`;
  const api = context.get(apiContext);
  const work =
    fieldOf(form, 'intent') === 'confirm'
      ? api.post(`${address}/confirm`)
      : api.put(`${address}/people/${encodeURIComponent(fieldOf(form, 'employment'))}`, {
          standing: fieldOf(form, 'standing'),
        });
  const answer = await formAnswer(work);
  return 'refused' in answer
    ? refusedForm(answer.refused)
    : redirect(`${organisationPath(params.slug)}/people`);
}

export default function PeoplePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { organisation, people, isFirst } = loaderData;
  const path = `${organisationPath(organisation.slug)}/people`;
  return (
    <PageGrid>
      <OrganisationHead organisation={organisation} current="people" />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      <StateNotice organisation={organisation} />
      {people.items.length === 0 ? (
        <EmptyState title={t(text.nothingYet)}>
          <a className="com-button" href={`/settings/employment?organisation=${organisation.slug}`}>
            {t(text.workThere)}
          </a>
        </EmptyState>
      ) : (
        <Wide>
          <table className="com-table">
            <thead>
              <tr>
                <th scope="col">{t(text.name)}</th>
                <th scope="col">{t(text.timeThere)}</th>
                <th scope="col" className="com-number">
                  {t(text.postsTab)}
                </th>
                <th scope="col" className="com-number">
                  {t(text.accepted)}
                </th>
                {organisation.viewer.isManager && <th scope="col">{t(text.confirmPerson)}</th>}
              </tr>
            </thead>
            <tbody>
              {people.items.map((one) => (
                <PersonRow key={one.employmentId} person={one} isManager={organisation.viewer.isManager} />
              ))}
            </tbody>
          </table>
        </Wide>
      )}
      <Pager
        next={people.nextCursor === null ? null : addressWith(path, { cursor: people.nextCursor })}
        first={isFirst ? null : path}
      />
      <p className="com-dim">{t(text.sums)}</p>
    </PageGrid>
  );
}

function PersonRow({ person, isManager }: { person: OrganisationPerson; isManager: boolean }) {
  const t = useText();
  const format = useFormat();
  const from = format.date(`${person.from}T12:00:00Z`);
  return (
    <tr>
      <td>
        <MemberLink member={person.member} size={24} />
        {person.title !== '' && (
          <div className="com-dim">
            <bdi>{person.title}</bdi>
          </div>
        )}
      </td>
      <td>
        {person.until === null
          ? t(text.since(from))
          : t(text.span(from, format.date(`${person.until}T12:00:00Z`)))}{' '}
        {person.standing === 'confirmed' && (
          <span className="com-mark" data-tone="good">
            {t(text.confirmedByThem)}
          </span>
        )}
        {person.standing === 'disputed' && (
          <span className="com-mark" data-tone="bad">
            {t(text.disputedByThem)}
          </span>
        )}
      </td>
      <td className="com-number">{format.number(person.posts)}</td>
      <td className="com-number">{format.number(person.acceptedAnswers)}</td>
      {isManager && (
        <td>
          <form method="post" className="com-actions">
            <input type="hidden" name="employment" value={person.employmentId} />
            {person.standing !== 'confirmed' && (
              <button
                type="submit"
                className="com-button"
                data-kind="quiet"
                name="standing"
                value="confirmed"
              >
                {t(text.confirmPerson)}
              </button>
            )}
            {person.standing !== 'disputed' && (
              <button type="submit" className="com-button" data-kind="link" name="standing" value="disputed">
                {t(text.dispute)}
              </button>
            )}
          </form>
        </td>
      )}
    </tr>
  );
}
