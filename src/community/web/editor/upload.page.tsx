import { redirect } from 'react-router';
import { KeptImage } from '#src/community/contract/images.ts';
import { imageText as text } from '#src/community/contract/images.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Notice, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/upload.page.ts';

export const meta = titled(text.upload);

export function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/uploads');
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const file = (await request.formData()).get('file');
  const picture = file instanceof File ? file : new File([], 'picture');
  const name =
    picture.name
      .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
      .trim()
      .slice(0, 200) || 'picture';
  const answer = await formAnswer(
    context
      .get(apiContext)
      .post(`/api/community/images?name=${encodeURIComponent(name)}`, picture, KeptImage),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return { problem: null, done: answer.done };
}

export default function UploadPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  const kept = typeof actionData?.done === 'object' ? actionData.done : null;
  const line = kept === null ? '' : `![${kept.name.replace(/\.\w+$|[[\]]/g, '')}](${kept.url})`;
  return (
    <>
      <PageHead title={t(text.upload)} lead={t(text.uploadLead)} />
      <Refusal problem={actionData?.problem} />
      {kept && (
        <Notice tone="good">
          <p>{t(text.kept)}</p>
          <pre>
            <code>{line}</code>
          </pre>
          <img src={kept.url} alt={kept.name} width={320} />
        </Notice>
      )}
      <form method="post" encType="multipart/form-data" className="com-form">
        <Field
          label={t(text.picture)}
          name="file"
          type="file"
          accept="image/png,image/jpeg,image/gif,image/webp"
          required
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.upload)}
          </button>
        </div>
      </form>
    </>
  );
}
