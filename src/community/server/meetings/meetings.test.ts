import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody, type Somebody } from '#tests/support/somebody.ts';
import { fillSeat } from '../committees/fill-seat.ts';
import { advanceMeeting } from './advance-meeting.ts';
import { askPoll } from './ask-poll.ts';
import { callMeeting } from './call-meeting.ts';
import { endPoll } from './end-poll.ts';
import { giveProxy } from './give-proxy.ts';
import { joinMeeting } from './join-meeting.ts';
import { leaveMeeting } from './leave-meeting.ts';
import { getMeeting, listMeetings } from './queries.ts';
import { writeRecord } from './record.rules.ts';
import { sayInMeeting } from './say-in-meeting.ts';
import { voteInPoll } from './vote-in-poll.ts';
import { writeMinutes } from './write-minutes.ts';

const operator = await testContext({ may: ['*'] });

const wish = (more: object = {}) => ({
  committee: 'press',
  title: 'Annual meeting',
  startsAt: '2030-01-01T08:00:00Z',
  agenda: '1. Budget',
  forAll: true,
  ...more,
});

/** A meeting of all members that three joined, presided by the first of them. */
async function meetingOf(count = 3) {
  const people: Somebody[] = [];
  for (let n = 0; n < count; n++) people.push(await somebody({ name: `Member ${n}` }));
  const chair = people[0]!;
  await fillSeat(operator, 'press', { handle: chair.member.handle, office: 'member', months: 1 });
  const { id } = await callMeeting(chair.ctx, wish());
  for (const { ctx } of people) await joinMeeting(ctx, id);
  return { id, people, chair };
}

test('a meeting goes its way in order; nobody new joins once it is open, and what is said counts only while it is', async () => {
  const { id, people, chair } = await meetingOf();
  const late = await somebody();
  await expect(sayInMeeting(people[1]!.ctx, id, 'Too early.')).rejects.toMatchObject({ code: 'conflict' });
  await expect(advanceMeeting(people[1]!.ctx, id, 'open')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(advanceMeeting(chair.ctx, id, 'finished')).rejects.toMatchObject({ code: 'conflict' });
  await advanceMeeting(chair.ctx, id, 'open');
  await expect(joinMeeting(late.ctx, id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(leaveMeeting(people[1]!.ctx, id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(sayInMeeting(late.ctx, id, 'From outside.')).rejects.toMatchObject({ code: 'conflict' });
  await sayInMeeting(people[1]!.ctx, id, 'I agree.');
  await advanceMeeting(chair.ctx, id, 'finished');
  await expect(sayInMeeting(people[1]!.ctx, id, 'Too late.')).rejects.toMatchObject({ code: 'conflict' });
  await expect(advanceMeeting(chair.ctx, id, 'open')).rejects.toMatchObject({ code: 'conflict' });
  await writeMinutes(chair.ctx, id, 'All agreed.');
  await advanceMeeting(chair.ctx, id, 'closed');
  await expect(writeMinutes(chair.ctx, id, 'Other words.')).rejects.toMatchObject({ code: 'conflict' });
  const meeting = await getMeeting(late.ctx, id);
  expect(meeting).toMatchObject({ state: 'closed', minutes: 'All agreed.', viewer: { mayJoin: false } });
  expect(meeting.remarks.map(({ words }) => words)).toEqual(['I agree.']);
});

test('a proxy is one vote, of one giver by one holder, counted once', async () => {
  const { id, people, chair } = await meetingOf(4);
  const [, holder, giver, other] = people;
  const stranger = await somebody();
  await expect(giveProxy(giver!.ctx, id, stranger.member.handle)).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(giveProxy(giver!.ctx, id, giver!.member.handle)).rejects.toMatchObject({ code: 'not_found' });
  await giveProxy(giver!.ctx, id, chair.member.handle);
  await giveProxy(giver!.ctx, id, holder!.member.handle);
  await expect(giveProxy(holder!.ctx, id, chair.member.handle)).rejects.toMatchObject({ code: 'conflict' });
  await advanceMeeting(chair.ctx, id, 'open');
  await expect(askPoll(other!.ctx, id, { question: 'Yes?', options: ['Yes', 'No'] })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const { id: poll } = await askPoll(chair.ctx, id, { question: 'Shall we?', options: ['Yes', 'No'] });
  const as = giver!.member.handle;
  await expect(voteInPoll(giver!.ctx, id, poll, { option: 0 })).rejects.toMatchObject({ code: 'conflict' });
  await expect(voteInPoll(chair.ctx, id, poll, { option: 0, as })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(voteInPoll(holder!.ctx, id, poll, { option: 2 })).rejects.toMatchObject({ code: 'not_found' });
  await voteInPoll(holder!.ctx, id, poll, { option: 0 });
  await Promise.all([1, 2, 3].map(() => voteInPoll(holder!.ctx, id, poll, { option: 0, as })));
  await voteInPoll(holder!.ctx, id, poll, { option: 1, as });
  await voteInPoll(other!.ctx, id, poll, { option: 0 });
  const { polls, proxies } = await getMeeting(operator, id);
  expect(proxies).toHaveLength(1);
  expect(polls).toMatchObject([
    {
      options: [
        { words: 'Yes', votes: 2 },
        { words: 'No', votes: 1 },
      ],
      isClosed: false,
    },
  ]);
  await endPoll(chair.ctx, id, poll);
  await expect(voteInPoll(chair.ctx, id, poll, { option: 0 })).rejects.toMatchObject({ code: 'not_found' });
});

test('who joins after giving a proxy has taken it back; who leaves holds none', async () => {
  const { id, people } = await meetingOf(3);
  const [, holder, giver] = people;
  await giveProxy(giver!.ctx, id, holder!.member.handle);
  expect((await getMeeting(operator, id)).attendants).toHaveLength(2);
  await joinMeeting(giver!.ctx, id);
  expect(await getMeeting(operator, id)).toMatchObject({ proxies: [] });
  await giveProxy(giver!.ctx, id, holder!.member.handle);
  await leaveMeeting(holder!.ctx, id);
  expect(await getMeeting(operator, id)).toMatchObject({ proxies: [] });
});

test('a meeting of a committee is for those with a seat', async () => {
  const plain = await somebody();
  const { id } = await callMeeting(operator, wish({ forAll: false }));
  await expect(joinMeeting(plain.ctx, id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(callMeeting(plain.ctx, wish())).rejects.toMatchObject({ code: 'forbidden' });
});

test('the record is Markdown in both languages; what people said makes no headings and no links in it', async () => {
  const { id, people, chair } = await meetingOf(3);
  await giveProxy(people[2]!.ctx, id, people[1]!.member.handle);
  await advanceMeeting(chair.ctx, id, 'open');
  const { id: poll } = await askPoll(chair.ctx, id, { question: '# Shall *we*?', options: ['Yes', 'No'] });
  await voteInPoll(chair.ctx, id, poll, { option: 0 });
  await sayInMeeting(people[1]!.ctx, id, 'See\n# [here](https://evil.example)');
  await writeMinutes(chair.ctx, id, '**Agreed.**');
  const meeting = await getMeeting(operator, id);
  const record = writeRecord(meeting, 'en');
  expect(record).toContain('## Present\n\n- Member 0\n- Member 1\n\n## Proxies\n\n- Member 2 by Member 1');
  expect(record).toContain('### \\# Shall \\*we\\*?\n\n- Yes: 1\n- No: 0');
  expect(record).toContain('Member 1: See \\# \\[here\\](https://evil.example)');
  expect(record).toContain('## Minutes\n\n**Agreed.**');
  expect(writeRecord(meeting, 'zh-CN')).toContain('## 参会人员');
});

test('the meetings of one committee are asked for by its name, and keep what calendars know them by', async () => {
  const { id, chair } = await meetingOf(1);
  const own = async (committee: string) =>
    (await listMeetings(chair.ctx, { committee })).items.find((one) => one.id === id);
  expect(await own('media')).toBeUndefined();
  const called = await own('press');
  expect(called).toMatchObject({ finishedAt: null, state: 'available' });
  await advanceMeeting(chair.ctx, id, 'open');
  await advanceMeeting(chair.ctx, id, 'finished');
  const over = await own('press');
  expect(over).toMatchObject({ uid: called?.uid, state: 'finished', changedAt: over?.finishedAt });
  await expect(
    sql`update community.meeting set uid = ${called?.uid} where id <> ${id}`.execute(operator.db),
  ).rejects.toThrow('uid');
});
