import { redirect } from 'react-router';
import { Chapter } from '#src/community/contract/chapters.ts';
import { chapterPageText as text } from '#src/community/contract/chapters.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/edit-chapter.page.ts';
import { chapterBodyOf, ChapterForm } from './chapter-form.tsx';

export const meta = titled(text.edit);

export async function loader({ context, params }: Route.LoaderArgs) {
  const address = `/api/community/chapters/${encodeURIComponent(params.slug)}`;
  const chapter = await context.get(apiContext).get(address, Chapter);
  if (!chapter.viewer.isLeader) throw redirect(`/chapters/${chapter.slug}`);
  const { name, country, city, locale, about, website, organisation } = chapter;
  return { given: { name, country, city, locale, about, website, organisation: organisation?.slug ?? '' } };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { body, given } = chapterBodyOf(await request.formData());
  const address = `/api/community/chapters/${encodeURIComponent(params.slug)}`;
  const answer = await formAnswer(context.get(apiContext).put(address, body));
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(`/chapters/${params.slug}`);
}

export default function EditChapterPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <PageGrid>
      <PageHead title={t(text.edit)} />
      <ChapterForm given={actionData?.given ?? loaderData.given} problem={actionData?.problem} />
    </PageGrid>
  );
}
