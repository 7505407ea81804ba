import { sql } from 'kysely';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { testContext } from '#tests/support/context.ts';
import { somebody } from '#tests/support/somebody.ts';
import { type VoteChoice, voteChoices } from '#src/community/contract/core-applications.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { noOrg, systemContext } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { fillSeat } from '../committees/fill-seat.ts';
import { getCommittee } from '../committees/queries.ts';
import { vacateSeat } from '../committees/vacate-seat.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { applyToCore } from './apply-to-core.ts';
import { decideDueApplications } from './decide-due-applications.job.ts';
import { getApplication, listApplications } from './queries.ts';
import { outcomeOf } from './rules.ts';
import { voteOnApplication } from './vote-on-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

const operator = await testContext({ may: ['*'] });
const { db } = operator;

const answers = (committee: string) => ({
  committee,
  whoIAm: 'A DBA from Hangzhou.',
  reason: 'I want to give something back.',
  valueOffered: 'Ten years of running PostgreSQL.',
  viewOfPresent: 'Good people, few of them.',
  area: 'Experts in the south.',
  yearlyMeasure: 'Twenty experts approved.',
  consequence: 'I give the seat back.',
});
/** A committee with so many seats. */
async function committeeOf(slug: string, seats: number) {
  const people = [];
  for (let n = 0; n < seats; n++) {
    const who = await somebody();
    const { id } = await fillSeat(operator, slug, { handle: who.member.handle, office: 'member', months: 6 });
    people.push({ ...who, seat: id });
  }
  return people;
}

test('application, vote by those with a seat, seat: each step in the audit log, and the permission with it', async () => {
  const [a, b, c] = await committeeOf('experts', 3);
  const [wisher, stranger] = [await somebody(), await somebody()];
  const { id } = await applyToCore(wisher.ctx, answers('experts'));
  await expect(applyToCore(wisher.ctx, answers('experts'))).rejects.toMatchObject({ code: 'conflict' });
  await expect(applyToCore(a!.ctx, answers('experts'))).rejects.toMatchObject({ code: 'conflict' });
  await expect(applyToCore(stranger.ctx, answers('board'))).rejects.toMatchObject({ code: 'conflict' });
  await expect(getApplication(stranger.ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(voteOnApplication(stranger.ctx, id, { choice: 'yes' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(voteOnApplication(wisher.ctx, id, { choice: 'yes' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(await listApplications(stranger.ctx, 'experts')).toEqual([]);
  expect(await listApplications(b!.ctx, 'experts')).toMatchObject([{ id, isOwn: false }]);
  await voteOnApplication(a!.ctx, id, { choice: 'no', note: 'Not yet.' });
  await voteOnApplication(a!.ctx, id, { choice: 'yes', note: 'After all.' });
  expect(await getApplication(c!.ctx, id)).toMatchObject({
    state: 'open',
    electors: 3,
    votes: [{ choice: 'yes', note: 'After all.' }],
    answers: { yearlyMeasure: 'Twenty experts approved.' },
  });
  // Who asked is not told who said what.
  expect((await getApplication(wisher.ctx, id)).votes).toBeNull();
  expect(await mayAsStaff(wisher.ctx, 'community.expert.approve')).toBe(false);
  await voteOnApplication(b!.ctx, id, { choice: 'yes' });
  expect(await getApplication(wisher.ctx, id)).toMatchObject({ state: 'accepted' });
  expect(await mayAsStaff(wisher.ctx, 'community.expert.approve')).toBe(true);
  expect((await getCommittee(wisher.ctx, 'experts')).viewer.office).toBe('member');
  await expect(voteOnApplication(c!.ctx, id, { choice: 'no' })).rejects.toMatchObject({ code: 'conflict' });
  const rows = await db
    .selectFrom('platform.audit')
    .select('action')
    .where('action', 'like', 'community.core-application.%')
    .where('subject_id', '=', String(id))
    .orderBy('id')
    .execute();
  expect(rows.map(({ action }) => action.split('.').at(-1))).toEqual([
    'apply',
    'vote',
    'vote',
    'vote',
    'decide',
  ]);
});

test('the vote of whoever lost their seat counts no longer, and a committee of nobody is voted for by the board', async () => {
  const [a, b, c] = await committeeOf('media', 3);
  const wisher = await somebody();
  const { id } = await applyToCore(wisher.ctx, answers('media'));
  await voteOnApplication(a!.ctx, id, { choice: 'yes' });
  await vacateSeat(a!.ctx, 'media', a!.seat);
  // One of two is no more than half.
  await voteOnApplication(b!.ctx, id, { choice: 'yes' });
  expect(await getApplication(wisher.ctx, id)).toMatchObject({ state: 'open', electors: 2 });
  await voteOnApplication(c!.ctx, id, { choice: 'yes' });
  expect(await getApplication(wisher.ctx, id)).toMatchObject({ state: 'accepted' });

  const president = await somebody();
  await fillSeat(operator, 'board', { handle: president.member.handle, office: 'chair', months: 6 });
  const other = await applyToCore(wisher.ctx, answers('business'));
  await voteOnApplication(president.ctx, other.id, { choice: 'no' });
  expect(await getApplication(wisher.ctx, other.id)).toMatchObject({ state: 'refused' });
  const third = await applyToCore(wisher.ctx, answers('business'));
  await withdrawApplication(wisher.ctx, third.id);
  await expect(voteOnApplication(president.ctx, third.id, { choice: 'yes' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('when the time is over the votes that were given decide, once', async () => {
  const [a, b] = await committeeOf('press', 4);
  const [one, two] = [await somebody(), await somebody()];
  const kept = await applyToCore(one.ctx, answers('press'));
  const lost = await applyToCore(two.ctx, answers('press'));
  await voteOnApplication(a!.ctx, kept.id, { choice: 'yes' });
  await voteOnApplication(b!.ctx, kept.id, { choice: 'yes' });
  await voteOnApplication(a!.ctx, lost.id, { choice: 'yes' });
  const run = () =>
    decideDueApplications.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  await run();
  expect(await getApplication(one.ctx, kept.id)).toMatchObject({ state: 'open' });
  await sql`update community.core_application set votes_until = now() - interval '1 minute' where state = 'open'`.execute(
    db,
  );
  await Promise.all([run(), run()]);
  expect(await getApplication(one.ctx, kept.id)).toMatchObject({ state: 'accepted' });
  // One of four is too few to decide anything but no.
  expect(await getApplication(two.ctx, lost.id)).toMatchObject({ state: 'refused' });
  expect((await getCommittee(systemContext(db, noOrg), 'press')).seats).toHaveLength(5);
});

test('the rule: an early word is never another one than the votes of all would have given', () => {
  const choice = fc.constantFrom<VoteChoice>(...voteChoices);
  fc.assert(
    fc.property(fc.array(choice, { minLength: 1, maxLength: 9 }), fc.nat(9), (all, seen) => {
      const electors = all.length;
      const early = outcomeOf({ electors, choices: all.slice(0, seen), isOver: false });
      const late = outcomeOf({ electors, choices: all, isOver: true });
      expect(late).not.toBe('open');
      if (early !== 'open') expect(late).toBe(early);
    }),
    { numRuns: 500 },
  );
  expect(outcomeOf({ electors: 0, choices: [], isOver: true })).toBe('refused');
  expect(outcomeOf({ electors: 4, choices: ['yes', 'yes'], isOver: false })).toBe('open');
  expect(outcomeOf({ electors: 4, choices: ['yes', 'abstain'], isOver: true })).toBe('accepted');
});
