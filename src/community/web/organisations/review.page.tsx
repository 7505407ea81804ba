import { redirect } from 'react-router';
import { z } from 'zod';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { WaitingOffering } from '#src/community/contract/offerings.ts';
import { offeringPageText } from '#src/community/contract/offerings.text.ts';
import { WaitingOrganisation } from '#src/community/contract/organisations.ts';
import {
  organisationKindText,
  organisationPageText as text,
} from '#src/community/contract/organisations.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Ago, Box, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/review.page.ts';
import { Mark } from './parts.tsx';
import { RefuseForm } from './refuse-form.tsx';
import './organisations.css';

export const meta = titled(text.reviewTitle);

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const [organisations, offerings] = await Promise.all([
    api.get('/api/community/organisations/waiting', z.array(WaitingOrganisation)),
    api.get('/api/community/offerings/waiting', z.array(WaitingOffering)),
  ]);
  return { organisations, offerings };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const address = `/api/community/organisations/${encodeURIComponent(fieldOf(form, 'subject'))}`;
  const api = context.get(apiContext);
  const reason = fieldOf(form, 'reason');
  const work =
    fieldOf(form, 'intent') === 'verify'
      ? api.post(`${address}/verify`)
      : api.post(`${address}/refuse`, { reason }, z.unknown());
  const answer = await formAnswer(work as Promise<unknown>);
  return 'refused' in answer ? refusedForm(answer.refused) : redirect('/organisations/review');
}

export default function ReviewPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { organisations, offerings } = loaderData;
  return (
    <PageGrid>
      <PageHead title={t(text.reviewTitle)} lead={t(text.reviewLead)} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      <Box title={t(text.title)}>
        {organisations.length === 0 && <p className="com-dim">{t(text.nothingWaits)}</p>}
        <ul className="com-plain com-lines">
          {organisations.map((one) => (
            <WaitingRow key={one.slug} organisation={one} />
          ))}
        </ul>
      </Box>
      <Box title={t(text.offeringsWaiting)}>
        {offerings.length === 0 && <p className="com-dim">{t(text.nothingWaits)}</p>}
        <ul className="com-plain com-lines">
          {offerings.map((one) => (
            <li key={one.id}>
              <a href={`/${one.kind}s/${one.id}`}>
                <bdi>{one.name}</bdi>
              </a>
              <p className="com-meta">
                <span className="com-mark">{t(offeringPageText[one.kind])}</span>
                <a href={organisationPath(one.organisation.slug)}>
                  <bdi>{one.organisation.name}</bdi>
                </a>
                <Ago at={one.at} />
                {one.isOwn && <span>{t(text.ownOne)}</span>}
              </p>
            </li>
          ))}
        </ul>
      </Box>
    </PageGrid>
  );
}

function WaitingRow({ organisation }: { organisation: WaitingOrganisation }) {
  const t = useText();
  const { slug, name, kind, website, evidence, createdAt, createdBy, isOwn } = organisation;
  return (
    <li>
      <div className="com-org-card">
        <Mark name={name} kind={kind} />
        <h3>
          <a href={organisationPath(slug)}>
            <bdi>{name}</bdi>
          </a>
        </h3>
        <p className="com-meta">
          <span>{t(organisationKindText[kind])}</span>
          {createdBy && <MemberLink member={createdBy} />}
          <Ago at={createdAt} />
          {website !== '' && (
            <a href={website} rel="ugc nofollow noopener">
              {website}
            </a>
          )}
        </p>
      </div>
      <p className="com-lead">
        <bdi>{evidence}</bdi>
      </p>
      {isOwn ? (
        <p className="com-dim">{t(text.ownOne)}</p>
      ) : (
        <RefuseForm subject={slug} approve="verify" label={t(text.verify)} />
      )}
    </li>
  );
}
