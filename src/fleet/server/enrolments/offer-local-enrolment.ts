import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { localEnrolmentFile, type LocalEnrolment } from '#src/fleet/contract/local-enrolment.ts';
import type { Db } from '#src/platform/server/db.ts';
import { hashToken, newToken } from './rules.ts';

const createdBy = 'npm start';

/**
 * Leaves a one-time token in `<home>/run/local-enrolment` (only its owner may read it), with which the agent of this machine
 * enrols it for the first organisation. An agent that is enrolled already leaves it alone.
 * False while there is no organisation yet.
 */
export async function offerLocalEnrolment(
  db: Db,
  home: string,
  port: { url: string; keyPin: string },
): Promise<boolean> {
  const org = await db
    .selectFrom('identity.organisation')
    .select('id')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  if (!org) return false;
  const token = newToken();
  // Offers of earlier starts are void; nobody else may find one lying about.
  await db
    .updateTable('fleet.enrolment')
    .set({ expires_at: sql<Date>`now()` })
    .where('created_by', '=', createdBy)
    .where('used_at', 'is', null)
    .execute();
  await db
    .insertInto('fleet.enrolment')
    .values({
      org_id: org.id,
      token_hash: hashToken(token),
      created_by: createdBy,
      expires_at: sql<Date>`now() + interval '1 year'`,
    })
    .execute();
  const file = join(home, localEnrolmentFile);
  await mkdir(dirname(file), { recursive: true });
  const content: LocalEnrolment = { url: port.url, keyPin: port.keyPin, token };
  await writeFile(`${file}.next`, JSON.stringify(content), { mode: 0o600 });
  await rename(`${file}.next`, file);
  return true;
}
