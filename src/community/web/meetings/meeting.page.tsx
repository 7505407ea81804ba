import { redirect } from 'react-router';
import { committeePath, meetingPath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { Meeting, type Poll } from '#src/community/contract/meetings.ts';
import { meetingPageText as text, recordText } from '#src/community/contract/meetings.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { ChoiceField, Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { headOf } from '../site/head.ts';
import { meetingData } from '../site/json-ld.ts';
import { Box, Breadcrumb, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/meeting.page.ts';
import { MeetingMark } from './meeting-lines.tsx';

export const handle = { hydrate: false };

export function meta(args: Route.MetaArgs) {
  const meeting = args.loaderData?.meeting;
  if (!meeting) return [];
  const { id, title } = meeting;
  return headOf(args, {
    title,
    path: meetingPath(id),
    feed: { path: feedPath('meetings', id), title },
    calendar: `${meetingPath(id)}/calendar.ics`,
    ...(meeting.forAll && { data: () => meetingData(meeting) }),
  });
}

const addressOf = (id: string) => `/api/community/meetings/${encodeURIComponent(id)}`;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { meeting: await context.get(apiContext).get(addressOf(params.meeting), Meeting) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const address = addressOf(params.meeting);
  const field = (name: string) => fieldOf(form, name);
  const poll = `${address}/polls/${encodeURIComponent(field('poll'))}`;
  const options = field('options')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const works: Record<string, () => Promise<unknown>> = {
    join: () => api.put(`${address}/attendance`),
    leave: () => api.delete(`${address}/attendance`),
    proxy: () => api.put(`${address}/proxy`, { handle: field('handle') }),
    open: () => api.post(`${address}/state`, { to: 'open' }),
    finished: () => api.post(`${address}/state`, { to: 'finished' }),
    closed: () => api.post(`${address}/state`, { to: 'closed' }),
    say: () => api.post(`${address}/remarks`, { words: field('words') }),
    minutes: () => api.put(`${address}/minutes`, { minutes: field('minutes') }),
    ask: () => api.post(`${address}/polls`, { question: field('question'), options }),
    vote: () =>
      api.put(`${poll}/vote`, {
        option: Number(field('option')),
        ...(field('as') !== '' && { as: field('as') }),
      }),
    'end-poll': () => api.post(`${poll}/end`),
  };
  const answer = await formAnswer(works[field('intent')]?.() ?? Promise.resolve());
  return 'refused' in answer ? refusedForm(answer.refused) : redirect(meetingPath(Number(params.meeting)));
}

export default function MeetingPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { meeting } = loaderData;
  const { state, viewer, committee } = meeting;
  return (
    <PageGrid aside={<Aside meeting={meeting} />}>
      <Breadcrumb steps={[{ href: '/meetings', label: t(text.title) }, { label: meeting.title }]} />
      <PageHead title={<bdi>{meeting.title}</bdi>} lead={format.dateTime(meeting.startsAt)}>
        <a className="com-button" data-kind="quiet" href={`${meetingPath(meeting.id)}/calendar.ics`}>
          {t(text.calendar)}
        </a>
        <a className="com-button" data-kind="quiet" href={`${meetingPath(meeting.id)}/record.md`} download>
          {t(text.download)}
        </a>
      </PageHead>
      <p className="com-meta">
        <MeetingMark state={state} />
        <a href={committeePath(committee.slug)}>{committee.name}</a>
        {meeting.forAll && <span>{t(text.forAll)}</span>}
      </p>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {meeting.agendaHtml !== '' && (
        <Box title={t(text.agenda)}>
          <PostBody html={meeting.agendaHtml} />
        </Box>
      )}
      {(meeting.polls.length > 0 || (viewer.presides && state === 'open')) && (
        <Box title={t(text.polls)}>
          {meeting.polls.map((poll) => (
            <PollForm key={poll.id} poll={poll} meeting={meeting} />
          ))}
          {viewer.presides && state === 'open' && <AskForm />}
        </Box>
      )}
      {state !== 'available' && (
        <Box title={t(text.record)}>
          <ul className="com-plain">
            {meeting.remarks.map((one, n) => (
              <li key={n}>
                <MemberLink member={one.member} /> <bdi>{one.words}</bdi>
              </li>
            ))}
          </ul>
          {state === 'open' && viewer.attends && (
            <form method="post" className="com-form com-row">
              <Field label={t(text.words)} name="words" maxLength={1000} required />
              <button type="submit" className="com-button" data-kind="quiet" name="intent" value="say">
                {t(text.say)}
              </button>
            </form>
          )}
        </Box>
      )}
      {meeting.minutesHtml !== '' && (
        <Box title={t(text.minutes)}>
          <PostBody html={meeting.minutesHtml} />
        </Box>
      )}
      {viewer.presides && state !== 'closed' && <Presiding meeting={meeting} />}
    </PageGrid>
  );
}

function PollForm({ poll, meeting }: { poll: Poll; meeting: Meeting }) {
  const t = useText();
  const format = useFormat();
  const { viewer, state } = meeting;
  const isOpen = state === 'open' && !poll.isClosed;
  return (
    <section>
      <h3>
        <bdi>{poll.question}</bdi>
      </h3>
      <ul className="com-plain">
        {poll.options.map(({ words, votes }) => (
          <li key={words}>
            <bdi>{words}</bdi> <span className="com-count">{t(text.votes(format.number(votes)))}</span>
          </li>
        ))}
      </ul>
      {isOpen && viewer.attends && (
        <form method="post" className="com-form com-row">
          <input type="hidden" name="poll" value={poll.id} />
          <ChoiceField label={t(text.vote)} name="option">
            {poll.options.map(({ words }, n) => (
              <option key={words} value={n}>
                {words}
              </option>
            ))}
          </ChoiceField>
          {viewer.votesFor.length > 0 && (
            <ChoiceField label={t(text.voteAs)} name="as">
              <option value="">{t(text.myself)}</option>
              {viewer.votesFor.map(({ handle, name }) => (
                <option key={handle} value={handle ?? ''}>
                  {name}
                </option>
              ))}
            </ChoiceField>
          )}
          <button type="submit" className="com-button" name="intent" value="vote">
            {t(text.vote)}
          </button>
        </form>
      )}
      {!isOpen && viewer.presides && (
        <a href={`/decisions?meeting=${meeting.id}&poll=${poll.id}`}>{t(text.recordDecision)}</a>
      )}
      {isOpen && viewer.presides && (
        <form method="post">
          <input type="hidden" name="poll" value={poll.id} />
          <button type="submit" className="com-button" data-kind="link" name="intent" value="end-poll">
            {t(text.endPoll)}
          </button>
        </form>
      )}
    </section>
  );
}

function AskForm() {
  const t = useText();
  return (
    <form method="post" className="com-form">
      <Field label={t(text.question)} name="question" maxLength={500} required />
      <TextField label={t(text.options)} name="options" rows={3} maxLength={2100} required />
      <div className="com-actions">
        <button type="submit" className="com-button" data-kind="quiet" name="intent" value="ask">
          {t(text.ask)}
        </button>
      </div>
    </form>
  );
}

function Presiding({ meeting: { state, minutes } }: { meeting: Meeting }) {
  const t = useText();
  const next = { available: 'open', open: 'finished', finished: 'closed', closed: 'closed' }[state];
  const words = { available: text.begin, open: text.finish, finished: text.close, closed: text.close }[state];
  return (
    <Box title={t(recordText.minutes)}>
      <form method="post" className="com-form">
        <TextField
          label={t(text.minutes)}
          name="minutes"
          rows={6}
          maxLength={50_000}
          defaultValue={minutes}
        />
        <div className="com-actions">
          <button type="submit" className="com-button" data-kind="quiet" name="intent" value="minutes">
            {t(text.save)}
          </button>
        </div>
      </form>
      <form method="post" className="com-actions">
        <button type="submit" className="com-button" name="intent" value={next}>
          {t(words)}
        </button>
      </form>
    </Box>
  );
}

function Aside({ meeting }: { meeting: Meeting }) {
  const t = useText();
  const { attendants, proxies, viewer, state } = meeting;
  const isAvailable = state === 'available';
  return (
    <>
      <Box title={t(text.attendants)}>
        {attendants.length === 0 && <p className="com-dim">{t(text.nobody)}</p>}
        <ul className="com-plain">
          {attendants.map((one) => (
            <li key={one.handle ?? one.name}>
              <MemberLink member={one} />
            </li>
          ))}
        </ul>
        {isAvailable && (viewer.mayJoin || viewer.attends) && (
          <form method="post" className="com-actions">
            <button
              type="submit"
              className="com-button"
              data-kind={viewer.attends ? 'quiet' : undefined}
              name="intent"
              value={viewer.attends ? 'leave' : 'join'}
            >
              {t(viewer.attends ? text.leave : text.join)}
            </button>
          </form>
        )}
      </Box>
      <Box title={t(text.proxies)}>
        {proxies.length === 0 && <p className="com-dim">{t(recordText.nobody)}</p>}
        <ul className="com-plain">
          {proxies.map(({ giver, holder }) => (
            <li key={giver.handle ?? giver.name}>
              <bdi>{t(recordText.proxy(giver.name, holder.name))}</bdi>
            </li>
          ))}
        </ul>
        {isAvailable && viewer.mayJoin && (
          <form method="post" className="com-form">
            <Field label={t(text.handle)} name="handle" maxLength={40} required />
            <div className="com-actions">
              <button type="submit" className="com-button" data-kind="quiet" name="intent" value="proxy">
                {t(text.giveProxy)}
              </button>
            </div>
          </form>
        )}
        {isAvailable && viewer.mayJoin && proxies.length > 0 && (
          <form method="post">
            <button type="submit" className="com-button" data-kind="link" name="intent" value="leave">
              {t(text.takeBack)}
            </button>
          </form>
        )}
      </Box>
    </>
  );
}
