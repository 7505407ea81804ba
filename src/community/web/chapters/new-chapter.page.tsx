import { redirect } from 'react-router';
import { z } from 'zod';
import { chapterPageText as text } from '#src/community/contract/chapters.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/new-chapter.page.ts';
import { chapterBodyOf, ChapterForm } from './chapter-form.tsx';

export const meta = titled(text.found);

export function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=%2Fchapters%2Fnew');
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const { body, given } = chapterBodyOf(await request.formData());
  const Made = z.object({ slug: z.string() });
  const answer = await formAnswer(context.get(apiContext).post('/api/community/chapters', body, Made));
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(`/chapters/${answer.done.slug}`);
}

export default function NewChapterPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <PageGrid>
      <PageHead title={t(text.found)} lead={t(text.foundLead)} />
      <ChapterForm given={actionData?.given ?? {}} problem={actionData?.problem} isNew />
    </PageGrid>
  );
}
