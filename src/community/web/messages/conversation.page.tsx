import { redirect } from 'react-router';
import { memberPath } from '#src/community/contract/addresses.ts';
import { Conversation } from '#src/community/contract/people.ts';
import { peopleText as text } from '#src/community/contract/people.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal, TextField } from '#src/platform/web/public/form-parts.tsx';
import { Ago, Breadcrumb, Notice, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/conversation.page.ts';

export const meta = titled(text.title);

export async function loader({ context, request, params }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/messages');
  const cursor = new URL(request.url).searchParams.get('cursor');
  const api = context.get(apiContext);
  const path = `/api/community/messages/${encodeURIComponent(params.id)}`;
  const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  const conversation = await api.get(path + query, Conversation);
  // To look at the newest page is to have read it.
  if (cursor === null && request.method === 'GET') await api.post(`${path}/read`);
  return { conversation, isNewest: cursor === null };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await request.formData();
  const path = `/api/community/messages/${encodeURIComponent(params.id)}`;
  const api = context.get(apiContext);
  const intent = fieldOf(form, 'intent');
  const work = ['accept', 'refuse', 'block'].includes(intent)
    ? api.post(`${path}/${intent}`)
    : api.post(path, { markdown: fieldOf(form, 'markdown') });
  const answer = await formAnswer(work);
  return 'refused' in answer ? refusedForm(answer.refused) : redirect(`/messages/${params.id}#write`);
}

export default function ConversationPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { conversation, isNewest } = loaderData;
  const { other, messages } = conversation;
  return (
    <>
      <Breadcrumb steps={[{ href: '/messages', label: t(text.title) }, { label: other.name }]} />
      <PageHead title={t(text.conversationWith(other.name))}>
        {other.handle !== null && <a href={memberPath(other.handle)}>@{other.handle}</a>}
      </PageHead>
      {conversation.nextCursor !== null && (
        <p>
          <a href={`?cursor=${encodeURIComponent(conversation.nextCursor)}`}>{t(text.earlier)}</a>
        </p>
      )}
      <ol className="com-thread">
        {messages.map((one) => (
          <li key={one.id} data-mine={one.isMine ? '' : undefined}>
            <p className="com-meta">
              <MemberLink member={one.author} />
              <Ago at={one.at} />
            </p>
            {one.isEmptied ? <p className="com-dim">{t(text.emptied)}</p> : <PostBody html={one.html} />}
          </li>
        ))}
      </ol>
      {isNewest && (
        <div id="write">
          <Refusal problem={actionData?.problem} />
          <Next conversation={conversation} />
        </div>
      )}
    </>
  );
}

/** What can be done next: answer a request, wait, or write. */
function Next({ conversation }: { conversation: Conversation }) {
  const t = useText();
  const { other, state, isMine, isBlocked, mayWrite } = conversation;
  if (isBlocked) return <Notice>{t(text.youBlocked(other.name))}</Notice>;
  if (mayWrite)
    return (
      <form method="post" className="com-form">
        <TextField
          label={t(text.message)}
          hint={t(text.messageHint)}
          name="markdown"
          rows={4}
          maxLength={10_000}
          required
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.send)}
          </button>
        </div>
      </form>
    );
  if (other.handle === null || state === 'open') return null;
  if (isMine) return <Notice>{t(text.waitsForOther(other.name))}</Notice>;
  return (
    <>
      <Notice>{t(state === 'refused' ? text.youRefused : text.wantsToWrite(other.name))}</Notice>
      <form method="post" className="com-actions">
        <button type="submit" name="intent" value="accept" className="com-button">
          {t(text.accept)}
        </button>
        {state === 'requested' && (
          <button type="submit" name="intent" value="refuse" className="com-button" data-kind="quiet">
            {t(text.refuse)}
          </button>
        )}
        <button type="submit" name="intent" value="block" className="com-button" data-kind="bad">
          {t(text.refuseAndBlock)}
        </button>
      </form>
    </>
  );
}
