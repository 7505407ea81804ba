import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { receiptDigits } from '#src/community/contract/count-ballots.ts';
import type { Marks } from '#src/community/contract/tallies.ts';

export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** Every ballot is as long as the longest can be: a length must tell nothing. */
const contentBytes = 640;

/** A new receipt: a hundred bits, in digits that nobody takes for one another. */
export const newReceipt = (): string => [...randomBytes(20)].map((byte) => receiptDigits[byte % 32]).join('');

/** The name of a ballot in the box: it tells the voter who holds the receipt that the ballot is there, and nobody else anything. */
export const ballotIdOf = (receipt: string): Buffer => createHash('sha256').update(receipt).digest();

/** What lets one ballot of a voter in; without the key of the election nobody tells whose it is. */
export const tokenOf = (key: Buffer, voterId: string): Buffer =>
  createHash('sha256')
    .update(createHmac('sha256', key).update(`token ${voterId}`).digest())
    .digest();

/** Seals a ballot for the box. */
export function sealBallot(
  key: Buffer,
  electionId: number,
  ballot: { receipt: string; marks: Marks },
): Buffer {
  const content = Buffer.alloc(contentBytes, ' ');
  const written = Buffer.from(JSON.stringify([ballot.receipt, ballot.marks]));
  if (written.length > contentBytes) throw new Error('a ballot is longer than any can be');
  written.copy(content);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(String(electionId)));
  const body = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Opens a ballot; throws for anything that was not sealed with this key for this election. */
export function openBallot(
  key: Buffer,
  electionId: number,
  sealed: Buffer,
): { receipt: string; marks: Marks } {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(String(electionId)))
    .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const content = Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  const [receipt, marks] = JSON.parse(content.toString()) as [string, Marks];
  return { receipt, marks };
}
