import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

/** DER, as much of it as a certificate request needs. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? Buffer.of(body.length)
      : body.length < 256
        ? Buffer.of(0x81, body.length)
        : Buffer.of(0x82, body.length >> 8, body.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, body]);
}
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
// ecdsa-with-SHA256 and commonName.
const ecdsaWithSha256 = der(0x06, Buffer.from('2a8648ce3d040302', 'hex'));
const commonName = der(0x06, Buffer.from('550403', 'hex'));

const pem = (label: string, bytes: Buffer) =>
  `-----BEGIN ${label}-----\n${bytes
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END ${label}-----\n`;

/** A new private key of a host (P-256, PEM). */
export function newKey(): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
}

/** A certificate request (PKCS #10, PEM) for a private key, signed by it. The name in it is only for readers: the server decides. */
export function certificateRequest(key: string, name: string): string {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const subject = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name.slice(0, 60))))));
  const info = sequence(der(0x02, Buffer.of(0)), subject, publicKey, der(0xa0));
  const signature = sign('sha256', info, key);
  return pem(
    'CERTIFICATE REQUEST',
    sequence(info, sequence(ecdsaWithSha256), der(0x03, Buffer.of(0), signature)),
  );
}
