import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { OfferedPostgres, PostgresSource, ServerRun } from '#src/community/contract/runs.ts';
import { runSql } from '#src/main/run-sql.ts';
import { createPool } from '#src/platform/server/db.ts';

/**
 * The tests' own PostgreSQL as if it were several: each order runs in a database made for it, which finds the version by
 * which it was called in the setting `app.version`. What is offered can be changed at any time.
 */
export function namedPostgres(offered: OfferedPostgres[]): PostgresSource & { orders: number[] } {
  const serverUrl = inject('testServerUrl');
  const orders: number[] = [];
  return {
    orders,
    listOffered: async () => offered,
    async runAll(major, wishes) {
      const pool = createPool(serverUrl, 1);
      const version = offered.find((one) => one.major === major)?.version ?? '';
      const runs: ServerRun[] = [];
      try {
        for (const wish of wishes) {
          const name = `run_${randomBytes(6).toString('hex')}`;
          await pool.query(`create database ${name} template template0`);
          await pool.query(`alter database ${name} set app.version = '${version}'`);
          runs.push(await runSql({ connectionString: serverUrl.replace('/postgres?', `/${name}?`) }, wish));
          await pool.query(`drop database ${name} with (force)`);
          orders.push(major);
        }
      } finally {
        await pool.end();
      }
      return runs;
    },
  };
}
