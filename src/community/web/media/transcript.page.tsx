import { redirect } from 'react-router';
import { articleText } from '#src/community/contract/articles.text.ts';
import { SavedDraft } from '#src/community/contract/drafts.ts';
import { mediaText as text } from '#src/community/contract/media.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal, TextField, TickField } from '#src/platform/web/public/form-parts.tsx';
import { Breadcrumb, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/transcript.page.ts';

export const meta = titled(text.importTitle);

export function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/articles/from-transcript');
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const file = form.get('file');
  const transcript = file instanceof File && file.size > 0 ? await file.text() : fieldOf(form, 'transcript');
  const body = {
    title: fieldOf(form, 'title'),
    transcript,
    mediaUrl: fieldOf(form, 'mediaUrl') || null,
    replace: form.has('replace'),
  };
  const answer = await formAnswer(
    context.get(apiContext).post('/api/community/media/transcripts', body, SavedDraft),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  throw redirect('/articles/write?saved=1');
}

export default function TranscriptPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  return (
    <>
      <Breadcrumb
        steps={[{ href: '/articles', label: t(articleText.articles) }, { label: t(text.importTitle) }]}
      />
      <PageHead title={t(text.importTitle)} lead={t(text.importLead)} />
      <Refusal problem={problem} />
      <form method="post" encType="multipart/form-data" className="com-form">
        <Field label={t(articleText.title)} name="title" maxLength={200} problem={problem} />
        <Field label={t(text.url)} name="mediaUrl" type="url" maxLength={2000} problem={problem} />
        <TextField
          label={t(text.transcript)}
          hint={t(text.transcriptHint)}
          name="transcript"
          rows={12}
          maxLength={400_000}
          problem={problem}
        />
        <Field label={t(text.file)} name="file" type="file" accept=".srt,.vtt,text/plain,text/vtt" />
        <TickField label={t(text.replace)} name="replace" />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.make)}
          </button>
        </div>
      </form>
    </>
  );
}
