import { sql } from 'kysely';
import { Liveness, Readiness } from '../../contract/health.ts';
import type { Db } from '../db.ts';
import { json, newRoutes, route } from '../http.ts';
import { findPendingMigrations } from '../migrate.ts';

const workerSeenSeconds = 15;
const answerWithinMs = 3000;

/** Whether this process lives and is ready to serve; for load balancers, so nobody needs to sign in. */
export function healthRoutes(db: Db) {
  const routes = newRoutes();
  let checking: Promise<Readiness> | undefined;
  routes.use(async (c, next) => {
    c.header('cache-control', 'no-store');
    await next();
  });
  routes.openapi(
    route('open', {
      method: 'get',
      path: '/live',
      summary: 'Whether this process answers',
      responses: { 200: json(Liveness, 'It does') },
    }),
    (c) => c.json({ status: 'live' as const }, 200),
  );
  routes.openapi(
    route('open', {
      method: 'get',
      path: '/ready',
      summary: 'Whether this process can serve: database, migrations, a worker',
      responses: { 200: json(Readiness, 'All is well'), 503: json(Readiness, 'Something is missing') },
    }),
    async (c) => {
      // Nobody has to sign in here: however many ask at once, the database is asked once.
      checking ??= checkReadiness(db).finally(() => (checking = undefined));
      const answer = await checking;
      return answer.status === 'ready' ? c.json(answer, 200) : c.json(answer, 503);
    },
  );
  return routes;
}

/** What a server process needs to serve, each checked now. */
export async function checkReadiness(db: Db, withinMs = answerWithinMs): Promise<Readiness> {
  const yes = async (check: Promise<boolean>) => {
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), withinMs);
    const answer = await Promise.race([check.catch(() => false), late.promise]);
    clearTimeout(timer);
    return answer;
  };
  const [database, migrations, worker] = await Promise.all([
    yes(sql`select 1`.execute(db).then(() => true)),
    yes(findPendingMigrations(db).then((names) => names.length === 0)),
    yes(
      sql`select from platform.worker where seen_at > now() - make_interval(secs => ${workerSeenSeconds}) limit 1`
        .execute(db)
        .then(({ rows }) => rows.length > 0),
    ),
  ]);
  return {
    status: database && migrations && worker ? 'ready' : 'not-ready',
    checks: { database, migrations, worker },
  };
}
