import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { somebody, type Somebody } from '#tests/support/somebody.ts';
import { recountFile } from '#src/community/contract/count-ballots.ts';
import type { CallElection } from '#src/community/contract/elections.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { getCommittee } from '../committees/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { ballotIdOf, openBallot, sealBallot, tokenOf } from './ballot-box.rules.ts';
import { callElection } from './call-election.ts';
import { cancelElection } from './cancel-election.ts';
import { castBallot } from './cast-ballot.ts';
import { getElection, getElectionFile, listElections } from './queries.ts';
import { seatWinners } from './seat-winners.ts';
import { standForElection } from './stand-for-election.ts';
import { tendElections } from './tend-elections.job.ts';
import { withdrawCandidacy } from './withdraw-candidacy.ts';

setVault(await createVault(await mkdtemp(join(tmpdir(), 'elepherd-elections-'))));
const operator = await testContext({ may: ['*'] });
const nobody: Context = { ...operator, actor: anonymous };
const { db } = operator;
const tend = () =>
  tendElections.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);

const wish = (more: Partial<CallElection> = {}): CallElection => ({
  title: 'Chair of the board',
  method: 'stv',
  seats: 1,
  opensAt: new Date(Date.now() + 3600_000).toISOString(),
  closesAt: new Date(Date.now() + 7200_000).toISOString(),
  ...more,
});
/** Lets an election open, or end. */
const moveTo = (id: number, state: 'open' | 'closed') =>
  sql`update community.election set opens_at = now() - interval '2 hours',
    closes_at = now() + ${state === 'open' ? '2 hours' : '-1 hour'}::interval where id = ${id}`.execute(db);

/** An election that is open, with so many voters, of whom the first stand. */
async function openElection(voters: number, candidates: number, more: Partial<CallElection> = {}) {
  const people: Somebody[] = [];
  for (let n = 0; n < voters; n++) people.push(await somebody({ reputation: 100 }));
  const { id } = await callElection(operator, wish({ minReputation: 100, ...more }));
  for (const { ctx } of people.slice(0, candidates))
    await standForElection(ctx, id, { statement: '**Hello.**' });
  await moveTo(id, 'open');
  return { id, people };
}
const forget = () => sql`update community.member set reputation = 1`.execute(db);

test('from the call to the seats: eligibility is frozen, nothing is known before the end, each voter finds their ballot, and the file counts to the same', async () => {
  const { id, people } = await openElection(7, 3, {
    fills: { committee: 'board', office: 'chair', months: 12 },
  });
  const late = await somebody({ reputation: 100 });
  await forget();
  await expect(castBallot(late.ctx, id, { marks: [0] })).rejects.toMatchObject({ code: 'conflict' });
  await expect(standForElection(people[4]!.ctx, id, {})).rejects.toMatchObject({ code: 'conflict' });
  await expect(withdrawCandidacy(people[0]!.ctx, id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(castBallot(people[0]!.ctx, id, { marks: [0, 0] })).rejects.toMatchObject({ code: 'invalid' });
  const marks = [[0], [0, 1], [1], [1, 0], [2, 1], [2, 0, 1]];
  const receipts: string[] = [];
  for (const [n, mark] of marks.entries())
    receipts.push((await castBallot(people[n]!.ctx, id, { marks: mark })).receipt);
  await expect(castBallot(people[0]!.ctx, id, { marks: [1] })).rejects.toMatchObject({ code: 'conflict' });
  expect(await getElection(operator, id)).toMatchObject({
    state: 'open',
    voted: 6,
    eligible: 7,
    tally: null,
  });
  await expect(getElectionFile(operator, id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(seatWinners(operator, id)).rejects.toMatchObject({ code: 'conflict' });
  await moveTo(id, 'closed');
  await expect(castBallot(people[6]!.ctx, id, { marks: [0] })).rejects.toMatchObject({ code: 'conflict' });
  await Promise.all([tend(), tend()]);
  const file = await getElectionFile(nobody, id);
  for (const [n, receipt] of receipts.entries())
    expect(file.ballots.find((paper) => paper.receipt === receipt)?.marks).toEqual(marks[n]);
  expect(recountFile(file).differs).toEqual([]);
  expect(file.ballots).toHaveLength(6);
  expect(file.tally.stages[0]?.votes).toEqual(['2', '2', '2']);
  await seatWinners(operator, id);
  await expect(seatWinners(operator, id)).rejects.toMatchObject({ code: 'conflict' });
  const winner = people[file.tally.winners[0]!]!;
  expect(await mayAsStaff(winner.ctx, 'community.election.call')).toBe(true);
  expect((await getCommittee(nobody, 'board')).seats).toMatchObject([
    { office: 'chair', origin: 'elected', member: { handle: winner.member.handle } },
  ]);
});

test('whoever reads every row at every moment joins no ballot to a voter', async () => {
  const { id, people } = await openElection(8, 3, { method: 'approval' });
  await forget();
  const look = async () => {
    const { rows: voters } = await sql<{ id: string; xmin: string; place: string; voted: boolean }>`
      select member_id as id, xmin::text, ctid::text as place, has_voted as voted
      from community.election_voter where election_id = ${id} order by ctid`.execute(db);
    const { rows: ballots } = await sql<{ id: string; xmin: string; place: string; sealed: Buffer }>`
      select encode(id, 'hex') as id, xmin::text, ctid::text as place, sealed
      from community.election_ballot where election_id = ${id} order by ctid`.execute(db);
    return { voters, ballots };
  };
  const cast: { voter: string; receipt: string; marks: number[] }[] = [];
  for (const [n, person] of people.slice(0, 6).entries()) {
    const marks = [n % 3];
    const { receipt } = await castBallot(person.ctx, id, { marks });
    cast.push({ voter: person.member.id, receipt, marks });
    const { voters, ballots } = await look();
    // No transaction wrote both, ever.
    const byVoters = new Set(voters.map(({ xmin }) => xmin));
    expect(ballots.filter(({ xmin }) => byVoters.has(xmin))).toEqual([]);
    // What lies in the box is of one length and opens with no key that the database holds.
    expect(new Set(ballots.map(({ sealed }) => sealed.length)).size).toBe(1);
  }
  const { rows: tokens } =
    await sql`select * from community.election_token where election_id = ${id}`.execute(db);
  expect(tokens).toEqual([]);
  const { rows: keys } = await sql<{
    key: Buffer;
  }>`select ballot_key as key from community.election where id = ${id}`.execute(db);
  const sealed = (await look()).ballots[0]!.sealed;
  expect(() => openBallot(keys[0]!.key.subarray(0, 32), id, sealed)).toThrow();
  await tend();
  const mixed = await look();
  // After a mix all rows are of one moment, and lie in an order that has nothing to do with who came first.
  expect(new Set(mixed.voters.map(({ xmin }) => xmin)).size).toBe(1);
  expect(new Set(mixed.ballots.map(({ xmin }) => xmin)).size).toBe(1);
  expect(mixed.voters.map((one) => one.id)).toEqual(mixed.voters.map((one) => one.id).toSorted());
  expect(mixed.ballots.map((one) => one.id)).toEqual(mixed.ballots.map((one) => one.id).toSorted());
  await moveTo(id, 'closed');
  await tend();
  const { rows: papers } = await sql<{ receipt: string; xmin: string }>`
    select receipt, xmin::text from community.election_paper where election_id = ${id} order by ctid`.execute(
    db,
  );
  expect(papers.map(({ receipt }) => receipt)).toEqual(cast.map(({ receipt }) => receipt).toSorted());
  expect(new Set(papers.map(({ xmin }) => xmin)).size).toBe(1);
  expect((await look()).ballots).toEqual([]);
  const { rows: gone } = await sql<{
    key: Buffer | null;
  }>`select ballot_key as key from community.election where id = ${id}`.execute(db);
  expect(gone[0]?.key).toBeNull();
  // No row of any table names a voter beside a receipt: not the audit log, not the queue, not a notice.
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('community', 'platform', 'identity', 'graphile_worker')`.execute(
    db,
  );
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t
      where t::text ~ ${cast.map(({ receipt }) => receipt).join('|')}`.execute(db);
    if (name === 'community.election_paper') expect(rows).toHaveLength(6);
    else expect(rows, name).toEqual([]);
    for (const { voter } of cast)
      expect(
        rows.filter(({ row }) => row.includes(voter)),
        name,
      ).toEqual([]);
  }
});

test('a voter casts one ballot, also by twenty requests at once; one whose ballot never arrived casts it again', async () => {
  const { id, people } = await openElection(3, 2);
  await forget();
  const [one, two] = people;
  const all = await Promise.allSettled(
    Array.from({ length: 20 }, () => castBallot(one!.ctx, id, { marks: [1] })),
  );
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  // As a crash between the two transactions would leave it.
  await castBallot(two!.ctx, id, { marks: [0] });
  await sql`delete from community.election_ballot where election_id = ${id}`.execute(db);
  await expect(castBallot(two!.ctx, id, { marks: [0] })).rejects.toMatchObject({ code: 'conflict' });
  const { rows } = await sql<{
    key: Buffer;
  }>`select ballot_key as key from community.election where id = ${id}`.execute(db);
  const { theVault } = await import('#src/platform/server/secrets.ts');
  const key = theVault().open(rows[0]!.key, `community.election.ballot-key:${id}`);
  await db
    .insertInto('community.election_token')
    .values({ election_id: id, hash: tokenOf(key, two!.member.id) })
    .execute();
  await castBallot(two!.ctx, id, { marks: [0] });
  await moveTo(id, 'closed');
  await tend();
  expect((await getElectionFile(nobody, id)).ballots.map(({ marks }) => marks)).toEqual([[0]]);
});

test('a person of two accounts that were found to be one votes once', async () => {
  const { id, people } = await openElection(3, 1);
  await forget();
  const [from, into] = people;
  await castBallot(from!.ctx, id, { marks: [0] });
  await sql`update community.member set merged_into = ${into!.member.id} where id = ${from!.member.id}`.execute(
    db,
  );
  await expect(castBallot(into!.ctx, id, { marks: [0] })).rejects.toMatchObject({ code: 'conflict' });
  await expect(castBallot(from!.ctx, id, { marks: [0] })).rejects.toMatchObject({ code: 'conflict' });
});

test('only those who may call elections; what is cancelled is destroyed unread', async () => {
  const { id, people } = await openElection(3, 2, { method: 'score', maxScore: 5 });
  await forget();
  const [one, two] = people;
  await expect(callElection(one!.ctx, wish())).rejects.toMatchObject({ code: 'forbidden' });
  await expect(callElection(operator, wish({ opensAt: '2020-01-01T00:00:00Z' }))).rejects.toMatchObject({
    code: 'invalid',
  });
  await expect(castBallot(one!.ctx, id, { marks: [6, 0] })).rejects.toMatchObject({ code: 'invalid' });
  await castBallot(one!.ctx, id, { marks: [5, 0] });
  await expect(cancelElection(two!.ctx, id)).rejects.toMatchObject({ code: 'forbidden' });
  await cancelElection(operator, id);
  await expect(castBallot(two!.ctx, id, { marks: [5, 0] })).rejects.toMatchObject({ code: 'conflict' });
  await expect(cancelElection(operator, id)).rejects.toMatchObject({ code: 'conflict' });
  const { rows } = await sql`select from community.election_ballot where election_id = ${id}`.execute(db);
  expect(rows).toEqual([]);
  expect((await listElections(nobody)).items.find((each) => each.id === id)?.state).toBe('cancelled');
});

test('a sealed ballot opens with its key for its election, and is as long as every other', () => {
  const key = Buffer.alloc(32, 7);
  const ballot = { receipt: '0123456789ABCDEFGHJK', marks: [2, 0, 1] };
  const sealed = sealBallot(key, 5, ballot);
  expect(openBallot(key, 5, sealed)).toEqual(ballot);
  expect(() => openBallot(key, 6, sealed)).toThrow();
  expect(() => openBallot(Buffer.alloc(32, 8), 5, sealed)).toThrow();
  const longest = { receipt: ballot.receipt, marks: Array.from({ length: 100 }, () => 1000) };
  expect(sealBallot(key, 5, longest)).toHaveLength(sealed.length);
  expect(openBallot(key, 5, sealBallot(key, 5, longest))).toEqual(longest);
  expect(ballotIdOf(ballot.receipt)).toHaveLength(32);
});
