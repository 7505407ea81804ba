import { data, redirect } from 'react-router';
import { downloadPath, organisationPath, postPath } from '#src/community/contract/addresses.ts';
import { caseStudyText } from '#src/community/contract/case-studies.text.ts';
import { DownloadPage, GivenLead, leadMonths } from '#src/community/contract/downloads.ts';
import { downloadText as text } from '#src/community/contract/downloads.text.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import type { Problem } from '#src/platform/contract/problem.ts';
import { apiContext, localeContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal, TickField } from '#src/platform/web/public/form-parts.tsx';
import { Box, Breadcrumb, Notice, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/download.page.ts';
import { filePath, FileWords } from './download-line.tsx';

export function meta(args: Route.MetaArgs) {
  const locale = localeOf(args);
  return [
    ...titleIn(locale, `${text.title[locale]} · ${args.loaderData?.page.article.title ?? ''}`),
    // Addresses of this page may carry the token of a mailed link.
    { name: 'robots', content: 'noindex' },
  ];
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  if (!/^[1-9]\d{0,15}$/.test(params.article))
    throw data(postText.noSuchPost[context.get(localeContext)], { status: 404 });
  const page = await context.get(apiContext).get(`/api/community/downloads/${params.article}`, DownloadPage);
  const query = new URL(request.url).searchParams;
  return { page, token: query.get('token'), isMailed: query.has('mailed') };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const id = encodeURIComponent(params.article);
  const address = `/api/community/downloads/${id}`;
  const here = `/downloads/${id}`;
  const intent = fieldOf(form, 'intent');
  if (intent === 'give') {
    const names = ['name', 'email', 'company', 'version', 'keepUntil'] as const;
    const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
    const body = { ...given, agrees: form.has('agrees') };
    const said = await formAnswer(api.post(`${address}/leads`, body, GivenLead));
    if ('refused' in said) return refusedForm(said.refused, given);
    throw redirect(said.done.next === 'mail' ? `${here}?mailed` : here);
  }
  if (intent === 'confirm') {
    const token = fieldOf(form, 'token');
    const said = await formAnswer(api.post(`${address}/confirm`, { token }));
    if ('refused' in said) return refusedForm(said.refused);
    throw redirect(filePath(Number(id), token));
  }
  const file = form.get('file');
  const sent = file instanceof File ? file : new File([], 'file');
  const name =
    sent.name
      .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
      .trim()
      .slice(-180)
      .toWellFormed() || 'file';
  const said = await formAnswer(
    intent === 'attach'
      ? api.put(`${address}/file?name=${encodeURIComponent(name)}`, sent)
      : intent === 'remove'
        ? api.delete(address)
        : api.put(address, { isGated: intent === 'gate' }),
  );
  if ('refused' in said) return refusedForm(said.refused);
  throw redirect(here);
}

export default function DownloadPageView({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { page, token, isMailed } = loaderData;
  const { article, download } = page;
  const problem = actionData?.problem;
  return (
    <>
      <Breadcrumb
        steps={[
          { href: '/case-studies', label: t(caseStudyText.title) },
          { href: postPath({ kind: 'article', ...article }), label: article.title },
          { label: t(text.title) },
        ]}
      />
      <PageHead title={t(text.title)} lead={article.title} />
      <Refusal problem={problem} />
      {download === null ? <p className="com-dim">{t(text.none)}</p> : <FileWords download={download} />}
      {download?.isOpen === true && (
        <p>
          <a className="com-button" href={filePath(article.id)} rel="nofollow">
            {t(text.get)}
          </a>
        </p>
      )}
      {download?.isOpen === false &&
        (isMailed ? (
          <Notice tone="good">{t(text.mailed)}</Notice>
        ) : token !== null && !problem ? (
          <ConfirmForm page={page} token={token} />
        ) : (
          <LeadForm page={page} given={actionData?.given ?? {}} problem={problem ?? null} />
        ))}
      {(page.mayAttach || download?.mayMark === true) && <ManageBox page={page} />}
    </>
  );
}

function ConfirmForm({ page: { article, download }, token }: { page: DownloadPage; token: string }) {
  const t = useText();
  return (
    <form method="post" action={downloadPath(article.id)} className="com-form">
      <input type="hidden" name="token" value={token} />
      <p>{t(text.confirmHint(download?.publisher?.name ?? ''))}</p>
      <div className="com-actions">
        <button type="submit" name="intent" value="confirm" className="com-button">
          {t(text.get)}
        </button>
      </div>
    </form>
  );
}

function LeadForm(props: { page: DownloadPage; given: Record<string, string>; problem: Problem | null }) {
  const t = useText();
  const { page, given, problem } = props;
  const { known, consent } = page;
  const publisher = page.download?.publisher?.name ?? '';
  const field = (name: 'name' | 'email' | 'company') => ({
    name,
    label: t(text[name]),
    defaultValue: given[name] ?? known?.[name],
    required: true,
    problem,
  });
  return (
    <form method="post" action={downloadPath(page.article.id)} className="com-form">
      <p>{t(text.lead(publisher))}</p>
      <input type="hidden" name="version" value={consent.version} />
      <input type="hidden" name="keepUntil" value={consent.keepUntil} />
      <Field {...field('name')} maxLength={200} autoComplete="name" />
      <Field
        {...field('email')}
        hint={known === null ? t(text.mailHint) : undefined}
        type="email"
        maxLength={254}
        autoComplete="email"
      />
      <Field {...field('company')} maxLength={200} autoComplete="organization" />
      <TickField
        label={t(text.consentTo(publisher, leadMonths, consent.keepUntil))}
        name="agrees"
        required
        problem={problem}
      />
      <div className="com-actions">
        <button type="submit" name="intent" value="give" className="com-button">
          {t(text.send)}
        </button>
      </div>
    </form>
  );
}

/** What the author and the publisher's managers do with the file. */
function ManageBox({ page: { article, download, mayAttach, organisation } }: { page: DownloadPage }) {
  const t = useText();
  const here = downloadPath(article.id);
  const publisher = download?.publisher ?? organisation;
  return (
    <Box title={t(text.manage)}>
      {download && (
        <form method="post" action={here} className="com-actions">
          {download.isGated ? (
            <button type="submit" name="intent" value="free" className="com-button" data-kind="quiet">
              {t(text.makeFree)}
            </button>
          ) : (
            organisation && (
              <button type="submit" name="intent" value="gate" className="com-button" data-kind="quiet">
                {t(text.makeGated)}
              </button>
            )
          )}
          <button type="submit" name="intent" value="remove" className="com-button" data-kind="bad">
            {t(text.remove)}
          </button>
        </form>
      )}
      <p className="com-dim">
        {publisher === null ? (
          t(text.noOrganisation)
        ) : (
          <>
            {t(text.gatedHint(publisher.name))}{' '}
            <a href={`${organisationPath(publisher.slug)}/leads`}>{t(text.leads)}</a>
          </>
        )}
      </p>
      {mayAttach && (
        <form method="post" action={here} encType="multipart/form-data" className="com-form">
          <Field
            label={t(text.file)}
            hint={t(text.fileHint)}
            name="file"
            type="file"
            accept=".pdf,.pptx,.docx,.xlsx,.odp,.odt,.zip"
            required
          />
          <div className="com-actions">
            <button type="submit" name="intent" value="attach" className="com-button">
              {t(download ? text.replace : text.upload)}
            </button>
          </div>
        </form>
      )}
    </Box>
  );
}
