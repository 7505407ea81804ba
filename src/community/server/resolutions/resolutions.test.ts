import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody } from '#tests/support/somebody.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { fillSeat } from '../committees/fill-seat.ts';
import { callMeeting } from '../meetings/call-meeting.ts';
import { followResolution } from './follow-resolution.ts';
import { getResolution, listResolutions } from './queries.ts';
import { recordResolution } from './record-resolution.ts';

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
