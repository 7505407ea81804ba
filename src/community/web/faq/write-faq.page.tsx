import { redirect } from 'react-router';
import { Faq } from '#src/community/contract/faq.ts';
import { faqPageText as text } from '#src/community/contract/faq.text.ts';
import { PostSource } from '#src/community/contract/questions.ts';
import { apiContext, localeContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { tagsOf } from '../questions/tags-of.ts';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/write-faq.page.ts';

export const meta = titled(text.write);

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { pathname, search, searchParams } = new URL(request.url);
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(pathname + search)}`);
  const api = context.get(apiContext);
  const answerId = searchParams.get('answer') ?? '';
  if ('id' in params && params.id !== undefined) {
    const entry = await api.get(`/api/community/faq/${encodeURIComponent(params.id)}`, Faq);
    return {
      isNew: false,
      title: entry.title,
      markdown: entry.markdown,
      tags: entry.tags.join(' '),
      signals: entry.signals.join(' '),
      pgFrom: String(entry.pgFrom),
      pgTo: String(entry.pgTo ?? ''),
      proofSql: entry.proofSql,
      answerId: String(entry.answer?.id ?? ''),
      locale: entry.locale,
    };
  }
  const empty = {
    isNew: true,
    title: '',
    markdown: '',
    tags: '',
    signals: '',
    pgFrom: '',
    pgTo: '',
    proofSql: '',
  };
  const locale = context.get(localeContext);
  if (!/^\d{1,15}$/.test(answerId)) return { ...empty, answerId: '', locale };
  const answer = await api.get(`/api/community/thread-posts/${answerId}/source`, PostSource);
  const question = await api.get(`/api/community/thread-posts/${answer.questionId}/source`, PostSource);
  const { title, tags } = question;
  return { ...empty, title, tags: tags.join(' '), markdown: answer.markdown, answerId, locale };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const form = await request.formData();
  const names = ['title', 'markdown', 'tags', 'signals', 'pgFrom', 'pgTo', 'proofSql', 'answerId', 'locale'];
  const given: Record<string, string> = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const body = {
    ...given,
    tags: tagsOf(given['tags'] ?? ''),
    signals: (given['signals'] ?? '').split(/\s+/).filter((signal) => signal !== ''),
    pgTo: given['pgTo'] === '' ? null : given['pgTo'],
    answerId: given['answerId'] === '' ? null : given['answerId'],
  };
  const id = 'id' in params ? params.id : undefined;
  const answer = await formAnswer(
    id === undefined
      ? api.post('/api/community/faq', body, Faq)
      : api.put(`/api/community/faq/${encodeURIComponent(id)}`, body, Faq),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  throw redirect(`/faq/${answer.done.id}`);
}

export default function WriteFaqPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  const { isNew, ...loaded } = loaderData;
  const given: Record<string, string> = { ...loaded, ...actionData?.given };
  const field = (name: string) => ({ name, defaultValue: given[name], problem });
  return (
    <PageGrid>
      <PageHead title={t(isNew ? text.write : text.edit)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <form method="post" className="com-form">
        <input type="hidden" name="locale" value={given['locale']} />
        <Field label={t(text.titleField)} minLength={5} maxLength={200} required {...field('title')} />
        <MarkdownField label={t(text.bodyField)} defaultValue={given['markdown'] ?? ''} problem={problem} />
        <div className="com-row">
          <Field label={t(text.fromField)} inputMode="numeric" maxLength={2} required {...field('pgFrom')} />
          <Field
            label={t(text.toField)}
            hint={t(text.toHint)}
            inputMode="numeric"
            maxLength={2}
            {...field('pgTo')}
          />
        </div>
        <Field label={t(text.tagsField)} maxLength={300} {...field('tags')} />
        <Field
          label={t(text.signalsField)}
          hint={t(text.signalsHint)}
          maxLength={2000}
          {...field('signals')}
        />
        <TextField
          label={t(text.proofField)}
          rows={5}
          maxLength={20_000}
          spellCheck={false}
          {...field('proofSql')}
        />
        <Field label={t(text.answerField)} inputMode="numeric" maxLength={16} {...field('answerId')} />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.save)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}
