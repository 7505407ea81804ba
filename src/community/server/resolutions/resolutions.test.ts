import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody } from '#tests/support/somebody.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { fillSeat } from '../committees/fill-seat.ts';
import { callElection } from '../elections/call-election.ts';
import { castBallot } from '../elections/cast-ballot.ts';
import { countElection } from '../elections/count-election.ts';
import { standForElection } from '../elections/stand-for-election.ts';
import { advanceMeeting } from '../meetings/advance-meeting.ts';
import { askPoll } from '../meetings/ask-poll.ts';
import { callMeeting } from '../meetings/call-meeting.ts';
import { endPoll } from '../meetings/end-poll.ts';
import { giveProxy } from '../meetings/give-proxy.ts';
import { joinMeeting } from '../meetings/join-meeting.ts';
import { voteInPoll } from '../meetings/vote-in-poll.ts';
import { followResolution } from './follow-resolution.ts';
import { getResolution, listResolutions } from './queries.ts';
import { recordResolution } from './record-resolution.ts';

setVault(await createVault(await mkdtemp(join(tmpdir(), 'elepherd-resolutions-'))));
const operator = await testContext({ may: ['*'] });
const nobody: Context = { ...operator, actor: anonymous };

test('a decision has its text, votes, day and owner for everybody, is followed up and never changed', async () => {
  const [seat, owner, plain] = [await somebody(), await somebody(), await somebody()];
  await fillSeat(operator, 'business', { handle: seat.member.handle, office: 'chair', months: 3 });
  const meeting = { title: 'July', startsAt: '2026-07-01T08:00:00Z' };
  const { id: meetingId } = await callMeeting(seat.ctx, { committee: 'business', ...meeting });
  const wish = {
    committee: 'business',
    title: 'A fund for travel',
    text: 'We set **a fund** up.',
    decidedOn: '2026-07-01',
    yes: 5,
    no: 1,
    abstain: 2,
    owner: owner.member.handle,
    dueOn: '2026-08-01',
    meetingId,
  };
  await expect(recordResolution(plain.ctx, wish)).rejects.toMatchObject({ code: 'forbidden' });
  const { id: foreign } = await callMeeting(operator, { committee: 'media', ...meeting });
  await expect(recordResolution(seat.ctx, { ...wish, meetingId: foreign })).rejects.toMatchObject({
    code: 'conflict',
  });
  const { id } = await recordResolution(seat.ctx, wish);
  expect(await getResolution(nobody, id)).toMatchObject({
    title: 'A fund for travel',
    decidedOn: '2026-07-01',
    yes: 5,
    no: 1,
    abstain: 2,
    owner: { handle: owner.member.handle },
    isLate: true,
    meeting: { id: meetingId, title: 'July' },
    mayFollowUp: false,
  });
  await expect(
    sql`update community.resolution set votes_yes = 9 where id = ${id}`.execute(operator.db),
  ).rejects.toThrow('never changed');
  await expect(followResolution(plain.ctx, id, { state: 'done', words: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await followResolution(owner.ctx, id, { state: 'done', words: 'The fund is there.' });
  expect((await listResolutions(nobody)).items[0]).toMatchObject({
    id,
    state: 'done',
    isLate: false,
    followUp: 'The fund is there.',
  });
});

test('the votes of a decision are those of the poll that decided it, and nobody types others', async () => {
  const people = [await somebody(), await somebody(), await somebody(), await somebody(), await somebody()];
  const [chair, , , holder, giver] = people;
  await fillSeat(operator, 'experts', { handle: chair!.member.handle, office: 'member', months: 1 });
  const { id: meetingId } = await callMeeting(chair!.ctx, {
    committee: 'experts',
    title: 'Where we meet',
    startsAt: '2026-07-01T08:00:00Z',
    forAll: true,
  });
  for (const { ctx } of people.slice(0, 4)) await joinMeeting(ctx, meetingId);
  await giveProxy(giver!.ctx, meetingId, holder!.member.handle);
  await advanceMeeting(chair!.ctx, meetingId, 'open');
  const options = ['Abstain', 'Hangzhou', 'Berlin'];
  const { id } = await askPoll(chair!.ctx, meetingId, { question: 'Where?', options });
  for (const [n, option] of [1, 2, 0, 1].entries())
    await voteInPoll(people[n]!.ctx, meetingId, id, { option });
  await voteInPoll(holder!.ctx, meetingId, id, { option: 1, as: giver!.member.handle });
  const wish = {
    committee: 'experts',
    title: 'We meet in Hangzhou',
    text: 'In May.',
    decidedOn: '2026-07-01',
    poll: { id, yes: 1, abstain: 0 },
  };
  const refused = (more: object, code: string) =>
    expect(recordResolution(operator, { ...wish, ...more })).rejects.toMatchObject({ code });
  await refused({}, 'conflict');
  await endPoll(chair!.ctx, meetingId, id);
  await refused({ yes: 9 }, 'invalid');
  await refused({ committee: 'media' }, 'conflict');
  await refused({ poll: { id, yes: 3 } }, 'invalid');
  await refused({ poll: { id, yes: 1, abstain: 1 } }, 'invalid');
  const made = await recordResolution(chair!.ctx, wish);
  expect(await getResolution(nobody, made.id)).toMatchObject({
    yes: 3,
    no: 1,
    abstain: 1,
    meeting: { id: meetingId },
    poll: { id, question: 'Where?' },
    election: null,
  });
  await expect(
    sql`update community.resolution set poll_id = null where id = ${made.id}`.execute(operator.db),
  ).rejects.toThrow('never changed');
});

test('what an election decided has its ballots as votes, once they are counted', async () => {
  const voters = [await somebody(), await somebody(), await somebody()];
  const { id } = await callElection(operator, {
    title: 'Chair of the press',
    method: 'stv',
    seats: 1,
    fills: { committee: 'press', office: 'chair', months: 12 },
    joinedDays: 0,
    minReputation: 0,
    opensAt: '2100-01-01T00:00:00Z',
    closesAt: '2100-01-02T00:00:00Z',
  });
  await standForElection(voters[0]!.ctx, id, { statement: 'Neutral.' });
  const moveTo = (hours: number) =>
    sql`update community.election set opens_at = now() - interval '2 days',
      closes_at = now() + make_interval(hours => ${hours}) where id = ${id}`.execute(operator.db);
  await moveTo(1);
  for (const [n, marks] of [[0], [0], []].entries()) await castBallot(voters[n]!.ctx, id, { marks });
  const wish = {
    committee: 'press',
    title: 'The chair is elected',
    text: 'For a year.',
    decidedOn: '2026-07-01',
    electionId: id,
  };
  await expect(recordResolution(operator, wish)).rejects.toMatchObject({ code: 'conflict' });
  await moveTo(-1);
  await inTransaction(operator, (tx) => countElection(tx, id));
  const foreign = { ...wish, committee: 'media' };
  await expect(recordResolution(operator, foreign)).rejects.toMatchObject({ code: 'conflict' });
  const made = await recordResolution(operator, wish);
  expect(await getResolution(nobody, made.id)).toMatchObject({
    yes: 2,
    no: 0,
    abstain: 1,
    poll: null,
    election: { id, title: 'Chair of the press' },
  });
});
