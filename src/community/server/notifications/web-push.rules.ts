import { createCipheriv, createECDH, createPrivateKey, hkdfSync, randomBytes, sign } from 'node:crypto';

/** A browser as it subscribed: where to send, and the keys it reads by. */
export type PushTarget = { endpoint: string; p256dh: Buffer; auth: Buffer };

/** A key pair on P-256 as raw numbers: the public point, uncompressed, and the private scalar. */
export type PushKey = { publicKey: Buffer; privateKey: Buffer };

/** A new key by which push services know this Elepherd (RFC 8292). */
export function makePushKey(): PushKey {
  const ecdh = createECDH('prime256v1');
  const publicKey = ecdh.generateKeys();
  // Leading zeros are left out otherwise.
  const privateKey = Buffer.alloc(32);
  const bare = ecdh.getPrivateKey();
  bare.copy(privateKey, 32 - bare.length);
  return { publicKey, privateKey };
}

const recordSize = 4096;
/** A record has its delimiter and its tag beside the words; the head of the body comes on top. */
export const pushBytesAtMost = recordSize - 17 - 86;

/** Encrypts for one browser by RFC 8291 (aes128gcm, one record): nobody between can read it. Throws for more than fits. */
export function encryptPush(
  target: Pick<PushTarget, 'p256dh' | 'auth'>,
  plain: Buffer,
  given: { sender?: PushKey; salt?: Buffer } = {},
): Buffer {
  if (plain.length > pushBytesAtMost) throw new Error('too long for a push message');
  const sender = given.sender ?? makePushKey();
  const salt = given.salt ?? randomBytes(16);
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(sender.privateKey);
  const shared = ecdh.computeSecret(target.p256dh);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), target.p256dh, sender.publicKey]);
  const input = Buffer.from(hkdfSync('sha256', shared, target.auth, info, 32));
  const derive = (name: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', input, salt, `Content-Encoding: ${name}\0`, bytes));
  const cipher = createCipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  // The delimiter 2 says that this record is the last one.
  const body = Buffer.concat([cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final()]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(recordSize);
  head.writeUInt8(sender.publicKey.length, 4);
  return Buffer.concat([salt, head, sender.publicKey, body, cipher.getAuthTag()]);
}

const base64 = (bytes: Buffer) => bytes.toString('base64url');

/** What a push service believes for twelve hours: that the request comes from the holder of the key (RFC 8292). */
export function vapidHeader(endpoint: string, key: PushKey, subject: string, now: Date): string {
  const head = base64(Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'ES256' })));
  const claims = base64(
    Buffer.from(
      JSON.stringify({
        aud: new URL(endpoint).origin,
        exp: Math.floor(now.getTime() / 1000) + 12 * 3600,
        sub: subject,
      }),
    ),
  );
  const signed = sign('sha256', Buffer.from(`${head}.${claims}`), {
    key: createPrivateKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: base64(key.publicKey.subarray(1, 33)),
        y: base64(key.publicKey.subarray(33)),
        d: base64(key.privateKey),
      },
    }),
    dsaEncoding: 'ieee-p1363',
  });
  return `vapid t=${head}.${claims}.${base64(signed)}, k=${base64(key.publicKey)}`;
}
