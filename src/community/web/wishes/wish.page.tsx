import { redirect } from 'react-router';
import { offeringPath, wishPath } from '#src/community/contract/addresses.ts';
import { commentText } from '#src/community/contract/comments.text.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { Wish } from '#src/community/contract/wishes.ts';
import { industryText } from '#src/community/contract/industries.text.ts';
import { strengthText, wishPageText as text, wishStateText } from '#src/community/contract/wishes.text.ts';
import { releaseText } from '#src/community/contract/releases.text.ts';
import type { Delivery } from '#src/community/contract/wish-deliveries.ts';
import { needText, wishAdviceText } from '#src/community/contract/wish-advice.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Discussion } from '../comments/discussion.tsx';
import { sendComment } from '../comments/send-comment.ts';
import { FollowButton } from '../site/follow-button.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { Ago, Box, Breadcrumb, Notice, PageGrid } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/wish.page.ts';
import { ClaimsBox } from './claims-box.tsx';
import { ManageBox } from './manage-box.tsx';
import { SegmentsBox } from './segments-box.tsx';
import { TestBox } from './test-box.tsx';
import { VoteBox } from './vote-box.tsx';
import { WishState } from './wish-list.tsx';
import '../questions/questions.css';
import './wishes.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const wish = args.loaderData?.wish;
  if (!wish) return [];
  return headOf(args, {
    title: wish.title,
    description: wish.problem,
    path: wishPath(wish),
    hidden: wish.isPrivate || wish.state === 'pending' || wish.state === 'duplicate',
    kind: 'article',
    feed: wish.isPrivate
      ? { path: feedPath('wishes'), title: text.title[siteOf(args).locale] }
      : { path: feedPath('wishes', wish.id), title: wish.title },
  });
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const address = `/api/community/wishes/${encodeURIComponent(params.id)}`;
  const wish = await context.get(apiContext).get(address, Wish);
  if (request.method === 'GET' && (params.slug ?? '') !== wish.slug) throw redirect(wishPath(wish), 301);
  return { wish, isSignedIn: context.get(viewerContext).user !== null };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const form = await request.formData();
  const field = (name: string) => fieldOf(form, name);
  const address = `/api/community/wishes/${encodeURIComponent(params.id)}`;
  const claim = `${address}/claims/${encodeURIComponent(field('organisation'))}`;
  const vote = field('strength');
  const intent = field('intent');
  if (intent === 'comment' || intent === 'remove-comment') {
    const said = await formAnswer(sendComment(api, form));
    if ('refused' in said) return refusedForm(said.refused, { comment: field('comment') });
    throw redirect(`/wishes/${params.id}${said.done}`);
  }
  const follow = `/api/community/follows/wish/${encodeURIComponent(params.id)}`;
  const works: Record<string, () => Promise<unknown>> = {
    vote: () => api.put(`${address}/vote`, { strength: vote === '' ? null : vote }),
    follow: () => api.put(follow),
    unfollow: () => api.delete(follow),
    claim: () => api.put(claim, { dueOn: field('dueOn'), note: field('note') }),
    withdraw: () => api.delete(claim),
    test: () => api.put(`${address}/test`, { test: field('test') }),
    praise: () => api.put(`${address}/excellent`, { isExcellent: field('isExcellent') === 'true' }),
    move: () => api.put(`${address}/state`, { state: field('state'), note: field('note') }),
    merge: () => api.post(`${address}/merge`, { into: field('into') }),
    advise: () =>
      api.put(`${address}/advice`, { alternatives: field('alternatives'), hints: field('hints') }),
    use: () => api.post(`${address}/verified-uses`, { member: field('member'), evidence: field('evidence') }),
    customer: () =>
      api.post(`${address}/customer-votes`, {
        customer: field('customer'),
        evidence: field('evidence'),
        strength: vote,
      }),
    deliver: () =>
      api.put(`${address}/delivery`, {
        kind: field('kind'),
        title: field('title'),
        url: field('url'),
        pgMajor: field('pgMajor') === '' ? null : field('pgMajor'),
        organisation: field('organisation') === '' ? null : field('organisation'),
        offering: field('offering') === '' ? null : field('offering'),
        version: field('version'),
      }),
  };
  const answer = await formAnswer(works[intent]?.() ?? Promise.resolve());
  if ('refused' in answer) return refusedForm(answer.refused);
  throw redirect(`/wishes/${params.id}`);
}

export default function WishPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { wish, isSignedIn } = loaderData;
  const format = useFormat();
  const { details, viewer } = wish;
  const takesComments = wish.state !== 'pending' && wish.state !== 'duplicate';
  const background = details
    ? ([
        [text.companyField, details.company],
        [text.sizeField, details.databaseSize],
        [text.logicField, details.businessLogic],
        [text.businessPainsField, details.businessPains],
        [text.databasePainsField, details.databasePains],
      ] as const)
    : [];
  const said = background.filter(([, value]) => value.trim() !== '');
  return (
    <PageGrid
      aside={
        <>
          <ClaimsBox wish={wish} />
          <SegmentsBox wish={wish} />
          {viewer.mayManage && <ManageBox wish={wish} />}
        </>
      }
    >
      <Breadcrumb steps={[{ href: '/wishes', label: t(text.title) }, { label: wish.title }]} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {wish.duplicateOf && (
        <Notice tone="warn">
          {t(text.duplicateOf)} <a href={`/wishes/${wish.duplicateOf.id}`}>{wish.duplicateOf.title}</a>
        </Notice>
      )}
      {wish.delivery && <DeliveryNotice delivery={wish.delivery} isDelivered={wish.state === 'delivered'} />}
      <article lang={wish.locale}>
        <header className="com-q-head">
          <h1>{wish.title}</h1>
          <div className="com-meta">
            <WishState wish={wish} />
            <span>{t(industryText[wish.industry])}</span>
            <MemberLink member={wish.author} />
            <Ago at={wish.createdAt} />
            {viewer.follows !== null && (
              <form method="post" action={wishPath(wish)}>
                <FollowButton follows={viewer.follows} kind="link" />
              </form>
            )}
          </div>
        </header>
        <VoteBox wish={wish} isSignedIn={isSignedIn} />
        <section className="com-prose">
          <h2>{t(text.capabilityField)}</h2>
          <p className="com-wish-text">{wish.capability}</p>
          <h2>{t(text.problemField)}</h2>
          <p className="com-wish-text">{wish.problem}</p>
          {wish.need !== null && (
            <>
              <h2>{t(wishAdviceText.needTitle)}</h2>
              <p className="com-wish-text">
                {[wish.need === 'other' ? '' : t(needText[wish.need]), wish.needNote]
                  .filter(Boolean)
                  .join('\n')}
              </p>
            </>
          )}
          {details === null && <p className="com-dim">{t(text.hidden)}</p>}
        </section>
        {said.length > 0 && (
          <dl className="com-facts com-wish-background">
            {said.map(([label, value]) => (
              <div key={t(label)}>
                <dt>{t(label)}</dt>
                <dd className="com-wish-text">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </article>
      {wish.alternatives.trim() !== '' && (
        <Box title={t(wishAdviceText.alternatives)}>
          <p className="com-wish-text">{wish.alternatives}</p>
        </Box>
      )}
      {wish.hints.trim() !== '' && (
        <Box title={t(wishAdviceText.hints)}>
          <p className="com-wish-text">{wish.hints}</p>
        </Box>
      )}
      <TestBox wish={wish} />
      {wish.vendors.length > 0 && (
        <p className="com-meta">
          {t(text.vendorsField)}:
          {wish.vendors.map(({ slug, name }) => (
            <a key={slug} href={`/organisations/${slug}`}>
              <bdi>{name}</bdi>
            </a>
          ))}
        </p>
      )}
      {wish.proxyVotes.length > 0 && (
        <Box title={t(text.customerVotes)}>
          <ul className="com-plain">
            {wish.proxyVotes.map((vote) => (
              <li key={vote.id}>
                <strong>{vote.customer}</strong> · {t(strengthText[vote.strength])}
                <p className="com-wish-text">{vote.evidence}</p>
                <p className="com-meta">
                  {t(text.recordedBy)} <MemberLink member={vote.recordedBy} /> <Ago at={vote.at} />
                </p>
              </li>
            ))}
          </ul>
        </Box>
      )}
      <Box title={t(text.history)}>
        <ol className="com-wish-steps">
          {wish.changes.map((change) => (
            <li key={change.at + change.state}>
              <p className="com-meta">
                <strong>{t(wishStateText[change.state])}</strong>
                {change.by && <MemberLink member={change.by} />}
                <Ago at={change.at} />
              </p>
              {change.note !== '' && <p className="com-wish-text">{change.note}</p>}
            </li>
          ))}
        </ol>
      </Box>
      <Discussion
        post={{ id: wish.id, state: takesComments ? 'published' : 'hidden', comments: wish.comments }}
        kind="wish"
        mayFlag={!wish.isPrivate}
        path={wishPath(wish)}
        mayComment={viewer.mayComment}
        otherwise={commentText.fromOnWish(format.number(wish.commentsFrom))}
        typed={actionData?.given['comment']}
      />
    </PageGrid>
  );
}

function DeliveryNotice({ delivery, isDelivered }: { delivery: Delivery; isDelivered: boolean }) {
  const t = useText();
  const format = useFormat();
  const { title, url, organisation, offering, version, pgMajor, releasedOn } = delivery;
  const waits = !isDelivered && (pgMajor !== null || version !== '');
  const day = releasedOn === null ? releaseText.noDay : releaseText.outOn(format.date(releasedOn));
  return (
    <Notice tone={isDelivered ? 'good' : 'info'}>
      {t(isDelivered ? text.deliveredBy : text.comesWith)}{' '}
      <a href={url} rel="ugc nofollow noopener">
        {title}
      </a>
      {offering && (
        <>
          {' · '}
          <a href={offeringPath({ kind: 'product', id: offering.id })}>
            <bdi>{`${offering.name} ${version}`.trim()}</bdi>
          </a>
        </>
      )}
      {organisation && ` · ${organisation.name}`}
      {waits && ` · ${t(day)}`}
    </Notice>
  );
}
