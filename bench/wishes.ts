/**
 * npm run bench -- wishes [seconds]
 * A wall of ten thousand wishes and a thousand members who have it open at once, each on a connection of their own: every ten
 * seconds or so each reads the wall or gives one of its wishes a vote, half of the votes for the ten wishes on top.
 */
import { createPool } from '#src/platform/server/db.ts';
import { ensureWebBuild } from '#src/platform/server/setup/web-build.ts';
import { startElepherd } from './support/elepherd.ts';
import { cpuSeconds, print, rounded, say } from './support/figures.ts';
import { type LoadRequest, runLoad } from './support/load.ts';
import { signInMembers } from './support/sign-in.ts';

const [seconds = 60] = process.argv.slice(2).map(Number);
const voters = 1000;
const wishes = 10_000;
const restMilliseconds = 10_000;
/** As many wishes as a member of the bench's trust level votes for without having to take one back. */
const votesEach = 10;

await ensureWebBuild((line) => say(line.en));
// Everything comes from one address here.
const elepherd = await startElepherd({ RATE_ANONYMOUS: '0' });
try {
  const ids = await makeWishes();
  const requests = requestsOf(await signInMembers(elepherd, voters), ids);
  const load = { url: elepherd.url, headers: {}, connections: voters, requests, restMilliseconds };
  // As a server is that has run for some minutes: its code is compiled, its heap has grown.
  await runLoad({ ...load, restMilliseconds: 3000, seconds: 30 });
  const before = cpuSeconds(elepherd.pids.server);
  const seen = await runLoad({ ...load, seconds });
  const cpu = ((cpuSeconds(elepherd.pids.server) - before) * 1000) / seen.requests;
  for (const [name, method] of [
    ['wishes/list', 'GET'],
    ['wishes/vote', 'PUT'],
  ] as const)
    print({
      name: `${name}/p99`,
      ours: seen.p99ByMethod[method] ?? Number.POSITIVE_INFINITY,
      unit: 'ms',
      bar: 30,
      voters,
      wishes,
      p50OfAll: rounded(seen.p50Milliseconds),
      p95OfAll: rounded(seen.p95Milliseconds),
      requestsPerSecond: rounded(seen.requestsPerSecond),
      cpu: rounded(cpu),
    });
} finally {
  await elepherd.stop();
}

/** Puts the wishes on the wall; answers their numbers, the ones with most votes first. */
async function makeWishes(): Promise<number[]> {
  const pool = createPool(elepherd.databaseUrl, 1);
  try {
    await pool.query(`insert into community.member (handle, name)
      select 'wisher-' || n, 'Wisher ' || n from generate_series(1, 1000) n`);
    await pool.query(
      `insert into community.wish (author_id, locale, title, slug, industry, capability, problem, votes, weight)
       select m.id, 'en', 'Wish ' || n || ' for the planner', 'wish-' || n, 'software',
         repeat('Estimates across columns that depend on one another. ', 6), repeat('Joins of such columns are slow. ', 12),
         10000 / n, 100 * (10000 / n)
       from generate_series(1, $1::int) n
       join (select id, row_number() over (order by handle) - 1 as at from community.member where handle like 'wisher-%') m
         on m.at = n % 1000`,
      [wishes],
    );
    await pool.query('analyze');
    const { rows } = await pool.query<{ id: number }>(
      'select id from community.wish order by votes desc, id desc',
    );
    return rows.map(({ id }) => id);
  } finally {
    await pool.end();
  }
}

/** Every member reads, then votes; each vote says something else than the one before, so that each is written. */
function requestsOf(members: readonly string[], ids: readonly number[]): LoadRequest[] {
  const requests: LoadRequest[] = [];
  for (let round = 0; round < 2 * votesEach; round += 1)
    for (const [at, cookie] of members.entries()) {
      const turn = round % votesEach;
      const wish = turn % 2 === 0 ? ids[turn / 2 + (at % 2) * 5] : ids[10 + ((at * 31 + turn * 977) % 9000)];
      requests.push(
        { method: 'GET', path: '/api/community/wishes', headers: { cookie } },
        {
          method: 'PUT',
          path: `/api/community/wishes/${wish}/vote`,
          headers: { cookie, 'content-type': 'application/json', 'x-elepherd-csrf': '1' },
          body: JSON.stringify({ strength: round < votesEach ? 'must' : 'nice' }),
        },
      );
    }
  return requests;
}
