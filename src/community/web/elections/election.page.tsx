import { redirect } from 'react-router';
import { committeePath, electionPath } from '#src/community/contract/addresses.ts';
import { recountFile } from '#src/community/contract/count-ballots.ts';
import { Election, Receipt } from '#src/community/contract/elections.ts';
import { electionPageText as text } from '#src/community/contract/elections.text.ts';
import { ElectionFile } from '#src/community/contract/tallies.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { officeWords } from '../committees/seat-parts.tsx';
import { headOf } from '../site/head.ts';
import { Box, Breadcrumb, EmptyState, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/election.page.ts';
import { BallotForm } from './ballot-form.tsx';
import { ElectionMark } from './elections.page.tsx';
import { marksOf } from './marks-of.ts';
import { Result } from './result.tsx';

export const handle = { hydrate: false };

export const meta = (args: Route.MetaArgs) =>
  args.loaderData
    ? headOf(args, { title: args.loaderData.election.title, path: electionPath(args.loaderData.election.id) })
    : [];

const addressOf = (id: string) => `/api/community/elections/${encodeURIComponent(id)}`;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const election = await api.get(addressOf(params.election), Election);
  if (election.state !== 'counted') return { election, differs: null, own: null };
  const file = await api.get(`${addressOf(params.election)}/file`, ElectionFile);
  const receipt = new URL(request.url).searchParams.get('receipt')?.trim().toUpperCase() ?? '';
  const paper = file.ballots.find((one) => one.receipt === receipt);
  return {
    election,
    differs: recountFile(file).differs,
    own: receipt === '' ? null : { receipt, marks: paper?.marks ?? null },
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const address = addressOf(params.election);
  const intent = fieldOf(form, 'intent');
  const statement = fieldOf(form, 'statement');
  if (intent === 'cast') {
    const election = await api.get(address, Election);
    const marks = marksOf(election, (name) => fieldOf(form, name));
    const answer = await formAnswer(api.post(`${address}/ballot`, { marks }, Receipt));
    if ('refused' in answer) return { ...refusedForm(answer.refused).data, receipt: null };
    return { problem: null, receipt: answer.done.receipt, given: {} };
  }
  const works: Record<string, () => Promise<unknown>> = {
    stand: () => api.put(`${address}/candidacy`, { statement }),
    'step-back': () => api.delete(`${address}/candidacy`),
    cancel: () => api.post(`${address}/cancel`),
    seat: () => api.post(`${address}/seats`),
  };
  const answer = await formAnswer(works[intent]?.() ?? Promise.resolve());
  if ('refused' in answer) return { ...refusedForm(answer.refused, { statement }).data, receipt: null };
  return redirect(electionPath(Number(params.election)));
}

export default function ElectionPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { election, differs, own } = loaderData;
  const { state, viewer, candidates } = election;
  const receipt = actionData?.receipt ?? null;
  const problem = actionData?.problem ?? null;
  return (
    <PageGrid aside={<Aside election={election} />}>
      <Breadcrumb steps={[{ href: '/elections', label: t(text.title) }, { label: election.title }]} />
      <PageHead
        title={<bdi>{election.title}</bdi>}
        lead={t(text.times(format.dateTime(election.opensAt), format.dateTime(election.closesAt)))}
      />
      <p className="com-meta">
        <ElectionMark state={state} />
        <span>{t(text[election.method])}</span>
        <span>{t(text.seats(format.number(election.seats)))}</span>
        {state !== 'nominations' && (
          <span>{t(text.turnout(format.number(election.voted), format.number(election.eligible)))}</span>
        )}
      </p>
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      {receipt !== null && (
        <Notice tone="good">
          <strong>{t(text.receipt)}:</strong> <code className="com-receipt">{receipt}</code>
          <br />
          {t(text.receiptHint)}
        </Notice>
      )}
      {election.aboutHtml !== '' && <PostBody html={election.aboutHtml} />}
      {election.tally && <Result election={election} tally={election.tally} differs={differs ?? []} />}
      {election.tally && <OwnBallot election={election} own={own} />}
      {state === 'open' && receipt === null && <BallotForm election={election} />}
      <Box title={t(text.candidates)}>
        {candidates.length === 0 && <EmptyState title={t(text.noCandidates)} />}
        <ol className="com-plain">
          {candidates.map(({ number, member, html }) => (
            <li key={number}>
              <MemberLink member={member} size={24} />
              {html !== '' && <PostBody html={html} />}
            </li>
          ))}
        </ol>
      </Box>
      {state === 'nominations' &&
        (viewer.isEligible ? (
          <StandForm stands={viewer.stands} given={actionData?.given ?? {}} />
        ) : (
          <Notice>{t(text.notEligible)}</Notice>
        ))}
    </PageGrid>
  );
}

function StandForm({ stands, given }: { stands: boolean; given: Record<string, string> }) {
  const t = useText();
  return (
    <form method="post" className="com-form">
      <TextField
        label={t(text.statement)}
        name="statement"
        rows={5}
        maxLength={20_000}
        defaultValue={given['statement']}
      />
      <div className="com-actions">
        <button type="submit" className="com-button" name="intent" value="stand">
          {t(text.stand)}
        </button>
        {stands && (
          <button type="submit" className="com-button" data-kind="bad" name="intent" value="step-back">
            {t(text.stepBack)}
          </button>
        )}
      </div>
    </form>
  );
}

function OwnBallot({
  election,
  own,
}: {
  election: Election;
  own: Route.ComponentProps['loaderData']['own'];
}) {
  const t = useText();
  const nameOf = (number: number) => election.candidates[number]?.member.name ?? String(number);
  const words = (marks: number[]) =>
    election.method === 'score'
      ? marks.map((points, number) => `${nameOf(number)} ${points}`).join(', ')
      : marks.map(nameOf).join(election.method === 'stv' ? ' > ' : ', ');
  return (
    <Box title={t(text.find)}>
      <form className="com-form com-row" role="search">
        <Field label={t(text.receipt)} name="receipt" maxLength={40} required defaultValue={own?.receipt} />
        <button type="submit" className="com-button" data-kind="quiet">
          {t(text.find)}
        </button>
      </form>
      {own && (
        <Notice tone={own.marks ? 'good' : 'bad'}>
          <bdi>{t(own.marks ? text.found(words(own.marks) || '–') : text.notFound)}</bdi>
        </Notice>
      )}
    </Box>
  );
}

function Aside({ election }: { election: Election }) {
  const t = useText();
  const format = useFormat();
  const { fills, state, viewer } = election;
  return (
    <>
      <Box title={t(text.voters)}>
        <p>{t(text.whoVotes(format.number(election.joinedDays), format.number(election.minReputation)))}</p>
        {fills && (
          <p>
            <a href={committeePath(fills.slug)}>{fills.name}</a>: {t(officeWords(fills.office, fills.slug))}
          </p>
        )}
      </Box>
      {state === 'counted' && (
        <Box title={t(text.file)}>
          <p>
            <a href={`${electionPath(election.id)}/ballots.json`} download>
              {t(text.file)}
            </a>
          </p>
          <p className="com-dim">{t(text.recountHint)}</p>
        </Box>
      )}
      {viewer.mayCall && (
        <form method="post" className="com-actions">
          {state === 'counted' && fills && !election.isSeated && (
            <button type="submit" className="com-button" name="intent" value="seat">
              {t(text.seat)}
            </button>
          )}
          {(state === 'nominations' || state === 'open') && (
            <button type="submit" className="com-button" data-kind="bad" name="intent" value="cancel">
              {t(text.cancel)}
            </button>
          )}
        </form>
      )}
      {election.isSeated && <p className="com-dim">{t(text.seated)}</p>}
    </>
  );
}
