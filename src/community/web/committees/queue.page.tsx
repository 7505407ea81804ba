import { redirect } from 'react-router';
import { committeePath } from '#src/community/contract/addresses.ts';
import { Committee, type Matter, Queue } from '#src/community/contract/committees.ts';
import { committeePageText as text } from '#src/community/contract/committees.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { Ago, Box, Breadcrumb, EmptyState, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/queue.page.ts';

export const handle = { hydrate: false };
export const meta = titled(text.queue);

export async function loader({ context, params }: Route.LoaderArgs) {
  const address = `/api/community/committees/${encodeURIComponent(params.slug)}`;
  const api = context.get(apiContext);
  const [committee, queue] = await Promise.all([
    api.get(address, Committee),
    api.get(`${address}/queue`, Queue),
  ]);
  return { committee, queue };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const field = (name: string) => fieldOf(form, name);
  const address = `/api/community/committees/${encodeURIComponent(params.slug)}/matters`;
  const one = `${address}/${encodeURIComponent(field('matter'))}`;
  const given = { title: field('title'), markdown: field('markdown') };
  const close = (outcome: 'done' | 'declined') =>
    api.post(`${one}/close`, { outcome, answer: field('answer') });
  const works: Record<string, () => Promise<unknown>> = {
    file: () => api.post(address, given),
    assign: () => api.put(`${one}/assignee`, { handle: field('handle') }),
    done: () => close('done'),
    declined: () => close('declined'),
  };
  const answer = await formAnswer(works[field('intent')]?.() ?? Promise.resolve());
  return 'refused' in answer
    ? refusedForm(answer.refused, given)
    : redirect(`${committeePath(params.slug)}/queue`);
}

export default function QueuePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { committee, queue } = loaderData;
  const given: Record<string, string> = actionData?.given ?? {};
  return (
    <PageGrid>
      <Breadcrumb
        steps={[
          { href: '/committees', label: t(text.title) },
          { href: committeePath(committee.slug), label: committee.name },
          { label: t(text.queue) },
        ]}
      />
      <PageHead title={t(text.queue)} lead={committee.name} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {queue.waiting.length > 0 && (
        <Box title={t(text.waits)}>
          <ul className="com-plain">
            {queue.waiting.map(({ what, count, href }) => (
              <li key={what}>
                <a href={href}>{t(text[what])}</a> <span className="com-count">{format.number(count)}</span>
              </li>
            ))}
          </ul>
        </Box>
      )}
      {queue.matters.length === 0 && <EmptyState title={t(text.nothing)} hint={t(text.nothingHint)} />}
      {queue.matters.map((matter) => (
        <MatterBox key={matter.id} matter={matter} committee={committee} />
      ))}
      <Box title={t(text.file)}>
        <form method="post" className="com-form">
          <Field
            label={t(text.matterTitle)}
            name="title"
            maxLength={200}
            required
            defaultValue={given['title']}
            problem={actionData?.problem}
          />
          <TextField
            label={t(text.matterWords)}
            name="markdown"
            rows={5}
            maxLength={20_000}
            defaultValue={given['markdown']}
            problem={actionData?.problem}
          />
          <div className="com-actions">
            <button type="submit" className="com-button" name="intent" value="file">
              {t(text.send)}
            </button>
          </div>
        </form>
      </Box>
    </PageGrid>
  );
}

function MatterBox({ matter, committee }: { matter: Matter; committee: Committee }) {
  const t = useText();
  const { state, assignedTo, answer } = matter;
  return (
    <Box title={<bdi>{matter.title}</bdi>}>
      <p className="com-meta">
        <span className="com-mark" data-tone={state === 'done' ? 'good' : state === 'open' ? 'busy' : 'idle'}>
          {t(text[state])}
        </span>
        <MemberLink member={matter.filedBy} />
        <Ago at={matter.filedAt} />
        {assignedTo && (
          <span>
            {t(text.seesTo)}: <MemberLink member={assignedTo} />
          </span>
        )}
      </p>
      {matter.html !== '' && <PostBody html={matter.html} />}
      {answer !== '' && (
        <p>
          <strong>{t(text.answer)}:</strong> <bdi>{answer}</bdi>
        </p>
      )}
      {state === 'open' && committee.viewer.mayRead && <MatterForms matter={matter} committee={committee} />}
    </Box>
  );
}

function MatterForms({ matter, committee }: { matter: Matter; committee: Committee }) {
  const t = useText();
  return (
    <>
      {committee.seats.length > 0 && (
        <form method="post" className="com-form com-row">
          <input type="hidden" name="matter" value={matter.id} />
          <ChoiceField label={t(text.seesTo)} name="handle" defaultValue={matter.assignedTo?.handle ?? ''}>
            {committee.seats.map(({ id, member }) => (
              <option key={id} value={member.handle ?? ''}>
                {member.name}
              </option>
            ))}
          </ChoiceField>
          <button type="submit" className="com-button" data-kind="quiet" name="intent" value="assign">
            {t(text.assign)}
          </button>
        </form>
      )}
      <form method="post" className="com-form">
        <input type="hidden" name="matter" value={matter.id} />
        <TextField label={t(text.answer)} name="answer" rows={2} maxLength={4000} required />
        <div className="com-actions">
          <button type="submit" className="com-button" name="intent" value="done">
            {t(text.done)}
          </button>
          <button type="submit" className="com-button" data-kind="quiet" name="intent" value="declined">
            {t(text.decline)}
          </button>
        </div>
      </form>
    </>
  );
}
