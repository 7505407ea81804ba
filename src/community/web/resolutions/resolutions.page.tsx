import { redirect } from 'react-router';
import { z } from 'zod';
import { resolutionPath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { Meeting } from '#src/community/contract/meetings.ts';
import { ResolutionList } from '#src/community/contract/resolutions.ts';
import { resolutionPageText as text } from '#src/community/contract/resolutions.text.ts';
import type { Api } from '#src/platform/web/api.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { listHead } from '../site/head.ts';
import { EmptyState, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/resolutions.page.ts';
import { type Decided, RecordForm } from './record-form.tsx';
import { ResolutionFacts } from './resolution-parts.tsx';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.title, '/decisions', feedPath('decisions'));

export async function loader({ context, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const list = await api.get('/api/community/resolutions', ResolutionList);
  return { list, decided: await findPoll(api, new URL(request.url).searchParams, list) };
}

/** The poll from whose meeting somebody comes to write down what it decided. */
async function findPoll(
  api: Api,
  asked: URLSearchParams,
  { mayRecord }: ResolutionList,
): Promise<Decided | null> {
  const [meetingId, pollId] = [asked.get('meeting') ?? '', asked.get('poll') ?? ''];
  if (!/^\d{1,15}$/.test(meetingId) || mayRecord.length === 0) return null;
  const meeting = await api.get(`/api/community/meetings/${meetingId}`, Meeting);
  const poll = meeting.polls.find(({ id }) => String(id) === pollId);
  return poll ? { poll, committee: meeting.committee.slug } : null;
}

const names = [
  'committee',
  'title',
  'text',
  'decidedOn',
  'yes',
  'no',
  'abstain',
  'owner',
  'dueOn',
  'meetingId',
  'poll',
  'adopted',
  'abstaining',
  'electionId',
];

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const orNull = (name: string) => (given[name] === '' ? null : given[name]);
  const number = (name: string) => Number(given[name] || '0');
  const body = {
    ...given,
    yes: number('yes'),
    no: number('no'),
    abstain: number('abstain'),
    owner: orNull('owner'),
    dueOn: orNull('dueOn'),
    meetingId: given['meetingId'] === '' ? null : number('meetingId'),
    electionId: given['electionId'] === '' ? null : number('electionId'),
    poll:
      given['poll'] === ''
        ? null
        : {
            id: number('poll'),
            yes: number('adopted'),
            abstain: given['abstaining'] === '' ? null : number('abstaining'),
          },
  };
  const Made = z.object({ id: z.number().int() });
  const answer = await formAnswer(context.get(apiContext).post('/api/community/resolutions', body, Made));
  return 'refused' in answer ? refusedForm(answer.refused, given) : redirect(resolutionPath(answer.done.id));
}

export default function ResolutionsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { items, mayRecord } = loaderData.list;
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {items.length === 0 && <EmptyState title={t(text.none)} hint={t(text.noneHint)} />}
      <ul className="com-plain com-lines">
        {items.map((one) => (
          <li key={one.id}>
            <h3>
              <a href={resolutionPath(one.id)}>
                <bdi>{one.title}</bdi>
              </a>
            </h3>
            <ResolutionFacts resolution={one} />
          </li>
        ))}
      </ul>
      {mayRecord.length > 0 && (
        <RecordForm
          mayRecord={mayRecord}
          decided={loaderData.decided}
          given={actionData?.given ?? {}}
          problem={actionData?.problem}
        />
      )}
    </PageGrid>
  );
}
