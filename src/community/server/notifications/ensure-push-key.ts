import type { Db } from '#src/platform/server/db.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { makePushKey, type PushKey } from './web-push.rules.ts';

const place = 'community.push-key';

/** The key by which push services know this Elepherd, made by the first who needs it; two at once make one. */
export async function ensurePushKey(db: Db): Promise<PushKey> {
  const found = await findKey(db);
  if (found) return found;
  const made = makePushKey();
  await db
    .insertInto('community.push_key')
    .values({
      public_key: made.publicKey.toString('base64url'),
      sealed: theVault().seal(made.privateKey, place),
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const kept = await findKey(db);
  if (!kept) throw new Error('the push key was not kept');
  return kept;
}

async function findKey(db: Db): Promise<PushKey | undefined> {
  const row = await db.selectFrom('community.push_key').select(['public_key', 'sealed']).executeTakeFirst();
  return (
    row && {
      publicKey: Buffer.from(row.public_key, 'base64url'),
      privateKey: theVault().open(row.sealed, place),
    }
  );
}
