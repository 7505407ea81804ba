import { redirect } from 'react-router';
import { offeringPath, organisationPath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { Offering, type OfferingRevision } from '#src/community/contract/offerings.ts';
import { offeringPageText as text } from '#src/community/contract/offerings.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { RefuseForm } from '../organisations/refuse-form.tsx';
import { headOf } from '../site/head.ts';
import { Ago, Box, Breadcrumb, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/offering.page.ts';
import { ReleasesBox } from './releases-box.tsx';
import { WordFacts } from './word-facts.tsx';
import '../organisations/organisations.css';

const nameOf = (offering: Offering) =>
  (offering.product ?? offering.service ?? newest(offering)?.product ?? newest(offering)?.service)?.name ??
  '';
const newest = ({ revisions }: Offering): OfferingRevision | undefined => revisions[0];

export function meta(args: Route.MetaArgs) {
  const offering = args.loaderData?.offering;
  if (!offering) return [];
  return headOf(args, {
    title: nameOf(offering),
    path: offeringPath(offering),
    hidden: offering.product === null && offering.service === null,
    ...(offering.product && {
      feed: { path: feedPath('releases', offering.id), title: offering.product.name },
    }),
  });
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const offering = await context
    .get(apiContext)
    .get(`/api/community/offerings/${encodeURIComponent(params.id)}`, Offering);
  // A product at the address of services is read where products are.
  if (new URL(request.url).pathname !== offeringPath(offering)) throw redirect(offeringPath(offering), 301);
  return { offering };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const address = `/api/community/offerings/${encodeURIComponent(params.id)}`;
  const number = Number(fieldOf(form, 'subject'));
  const works: Record<string, () => Promise<void>> = {
    confirm: () => api.post(`${address}/confirm`),
    release: () =>
      api.post(`${address}/releases`, {
        version: fieldOf(form, 'version'),
        releasedOn: fieldOf(form, 'releasedOn'),
        url: fieldOf(form, 'url'),
      }),
    withdraw: () => api.delete(address),
    approve: () => api.post(`${address}/approve`, { number }),
    refuse: () => api.post(`${address}/refuse`, { number, reason: fieldOf(form, 'reason') }),
  };
  const work = works[fieldOf(form, 'intent')];
  const { pathname } = new URL(request.url);
  if (!work) return redirect(pathname);
  const answer = await formAnswer(work());
  return 'refused' in answer ? refusedForm(answer.refused) : redirect(pathname);
}

export default function OfferingPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { offering } = loaderData;
  const { kind, viewer, organisation } = offering;
  const words = offering.product ?? offering.service;
  const waiting = offering.revisions.find(({ state }) => state === 'pending');
  return (
    <PageGrid aside={words && <WordFacts product={offering.product} service={offering.service} />}>
      <Breadcrumb
        steps={[
          { href: `/${kind}s`, label: t(kind === 'product' ? text.products : text.services) },
          { label: nameOf(offering) },
        ]}
      />
      <PageHead title={<bdi>{nameOf(offering)}</bdi>} lead={words?.summary}>
        {viewer.isManager && (
          <a className="com-button" data-kind="quiet" href={`${offeringPath(offering)}/edit`}>
            {t(text.edit)}
          </a>
        )}
      </PageHead>
      <p className="com-meta">
        <span>{t(text.by)}</span>
        <a href={organisationPath(organisation.slug)}>
          <bdi>{organisation.name}</bdi>
        </a>
      </p>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      <Standing offering={offering} />
      {offering.aboutHtml !== '' && <PostBody html={offering.aboutHtml} />}
      {waiting && (
        <Box title={`${t(text.pending)} · ${t(text.revision(waiting.number))}`}>
          <p className="com-meta">
            <MemberLink member={waiting.editor} />
            <Ago at={waiting.at} />
          </p>
          <WordFacts product={waiting.product} service={waiting.service} isWhole />
          {viewer.mayReview && (
            <RefuseForm subject={String(waiting.number)} approve="approve" label={t(text.approve)} />
          )}
        </Box>
      )}
      {kind === 'product' && <ReleasesBox offering={offering} />}
      <Box title={t(text.history)}>
        <ul className="com-plain">
          {offering.revisions.map((one) => (
            <li key={one.number} className="com-meta">
              <span>{t(text.revision(one.number))}</span>
              <span
                className="com-mark"
                data-tone={one.state === 'approved' ? 'good' : one.state === 'refused' ? 'bad' : 'idle'}
              >
                {t(text[one.state])}
              </span>
              <MemberLink member={one.editor} />
              <Ago at={one.at} />
              {one.refusedReason !== null && <bdi>{one.refusedReason}</bdi>}
            </li>
          ))}
        </ul>
      </Box>
    </PageGrid>
  );
}

/** What must be known before the page is read, with what a manager can do about it. */
function Standing({ offering }: { offering: Offering }) {
  const t = useText();
  const { isWithdrawn, isStale, viewer } = offering;
  const isShown = offering.product !== null || offering.service !== null;
  const button = (intent: string, label: string) =>
    viewer.isManager && (
      <form method="post">
        <button type="submit" className="com-button" data-kind="quiet" name="intent" value={intent}>
          {label}
        </button>
      </form>
    );
  if (isWithdrawn)
    return (
      <Notice tone="warn">
        <p>{t(text.withdrawnNote)}</p>
        {button('confirm', t(text.listAgain))}
      </Notice>
    );
  if (!isShown) return <Notice tone="warn">{t(text.notShownYet)}</Notice>;
  return (
    <>
      {isStale && <Notice tone="warn">{t(text.staleNote)}</Notice>}
      {viewer.isManager && (
        <div className="com-actions">
          {button('confirm', t(text.confirm))}
          {button('withdraw', t(text.withdraw))}
        </div>
      )}
    </>
  );
}
