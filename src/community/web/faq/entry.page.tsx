import { redirect } from 'react-router';
import { z } from 'zod';
import { faqPath } from '#src/community/contract/addresses.ts';
import { Faq } from '#src/community/contract/faq.ts';
import { faqPageText as text } from '#src/community/contract/faq.text.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { WritingRuns } from '#src/community/contract/runs.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { runnable } from '../runs/runnable-code.ts';
import { firstPicture } from '../site/first-picture.ts';
import { headOf } from '../site/head.ts';
import { Ago, Box, Breadcrumb, Notice, PageGrid, Tags } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/entry.page.ts';
import { VersionMark } from './version-mark.tsx';
import '../questions/questions.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const entry = args.loaderData?.entry;
  if (!entry) return [];
  return headOf(args, {
    title: entry.title,
    description: entry.excerpt,
    path: faqPath(entry),
    hidden: entry.isRetired,
    picture: firstPicture(entry.html),
    kind: 'article',
    feed: { path: feedPath('faq'), title: text.title[localeOf(args)] },
  });
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const entry = await api.get(`/api/community/faq/${encodeURIComponent(params.id)}`, Faq);
  if (request.method === 'GET' && (params.slug ?? '') !== entry.slug) throw redirect(faqPath(entry), 301);
  const runs = await api.get(`/api/community/runs?faq=${entry.id}`, z.array(WritingRuns));
  return { entry, runs: runs.flatMap(({ blocks }) => blocks) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const form = await request.formData();
  const address = `/api/community/faq/${encodeURIComponent(params.id)}`;
  const isRetiring = fieldOf(form, 'intent') === 'retire';
  const answer = await formAnswer<unknown>(
    isRetiring ? api.delete(address) : api.post(`${address}/verifications`, {}, Faq),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  throw redirect(isRetiring ? '/faq' : `/faq/${params.id}`);
}

export default function EntryPage({ loaderData: { entry, runs }, actionData }: Route.ComponentProps) {
  const t = useText();
  const proof = `proof${entry.id}`;
  return (
    <PageGrid
      aside={
        <>
          <Box>
            <p className="com-meta">
              <VersionMark entry={entry} />
            </p>
            <p className="com-dim">
              {t(text.verified)} <Ago at={entry.verifiedAt} />
            </p>
            {entry.provedOn === null ? (
              <p>
                {t(text.verifier)} <MemberLink member={entry.verifiedBy} />
              </p>
            ) : (
              <p className="com-dim">{t(text.byRun(entry.provedOn))}</p>
            )}
            <p>
              {t(text.curator)} <MemberLink member={entry.curator} />
            </p>
            {entry.answer && (
              <p>
                <a href={`/questions/${entry.answer.questionId}#answer-${entry.answer.id}`}>
                  {t(text.fromAnswer)}
                </a>{' '}
                <MemberLink member={entry.answer.author} />
              </p>
            )}
          </Box>
          {entry.signals.length > 0 && (
            <Box title={t(text.signals)}>
              <ul className="com-q-list">
                {entry.signals.map((signal) => (
                  <li key={signal}>
                    <code>{signal}</code>
                  </li>
                ))}
              </ul>
            </Box>
          )}
          {entry.mayCurate && (
            <Box>
              <form method="post" action={faqPath(entry)} className="com-form">
                <button type="submit" name="intent" value="verify" className="com-button" data-kind="quiet">
                  {t(text.verifyNow)}
                </button>
                <a href={`/faq/${entry.id}/edit`}>{t(text.edit)}</a>
                {!entry.isRetired && (
                  <button type="submit" name="intent" value="retire" className="com-button" data-kind="bad">
                    {t(text.retire)}
                  </button>
                )}
              </form>
            </Box>
          )}
        </>
      }
    >
      <Breadcrumb steps={[{ href: '/faq', label: t(text.title) }, { label: entry.title }]} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {entry.isRetired && <Notice tone="warn">{t(text.retired)}</Notice>}
      {entry.brokeOn !== null && <Notice tone="bad">{t(text.brokenLead(entry.brokeOn))}</Notice>}
      {entry.isStale && <Notice tone="warn">{t(text.staleLead)}</Notice>}
      <article lang={entry.locale}>
        <header className="com-q-head">
          <h1>{entry.title}</h1>
          <Tags names={entry.tags} />
        </header>
        <PostBody html={entry.html} runs={runs} />
        {entry.proofSql !== '' && (
          <section className="com-q-proof">
            <h2>{t(text.proof)}</h2>
            <PostBody
              html={runnable(proof, entry.proofSql)}
              runs={runs.map((run) => (run.isProof ? { ...run, hash: proof } : run))}
            />
          </section>
        )}
      </article>
    </PageGrid>
  );
}
