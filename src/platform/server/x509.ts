import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

const provider = webcrypto as unknown as Crypto;
x509.cryptoProvider.set(provider);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** Clocks of hosts differ; a certificate is valid a little before it was made. */
const backdateMs = 5 * 60 * 1000;
const dayMs = 86_400_000;

/** A certificate and its private key, both PEM. */
export type KeyPair = { certificate: string; key: string };

async function newKeys(): Promise<CryptoKeyPair> {
  return provider.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
}

async function keyPem(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await provider.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

async function importKey(pem: string): Promise<CryptoKey> {
  return provider.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), algorithm, true, ['sign']);
}

function newSerial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

/** A new authority that can sign certificates, P-256, valid for `years`. */
export async function createAuthority(commonName: string, years = 20): Promise<KeyPair> {
  const keys = await newKeys();
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: [commonName] }],
    notBefore: new Date(now - backdateMs),
    notAfter: new Date(now + years * 365 * dayMs),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await keyPem(keys.privateKey) };
}

export type CertificateWish = {
  commonName: string;
  /** Names and addresses a server with it answers to. */
  names?: readonly string[];
  validMs: number;
  usages: readonly ('server' | 'client')[];
};

/** Signs a certificate for a public key; returns it with its serial (hex) and its life. */
export async function signCertificate(
  authority: KeyPair,
  publicKey: x509.PublicKeyType,
  wish: CertificateWish,
): Promise<{ certificate: string; serial: string; notBefore: Date; notAfter: Date }> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const now = Date.now();
  const names = (wish.names ?? []).map((value) => ({
    type: isIP(value) ? ('ip' as const) : ('dns' as const),
    value,
  }));
  const usage = { server: x509.ExtendedKeyUsage.serverAuth, client: x509.ExtendedKeyUsage.clientAuth };
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: [{ CN: [wish.commonName] }],
    issuer: issuer.subject,
    notBefore: new Date(now - backdateMs),
    notAfter: new Date(now + wish.validMs),
    publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(wish.usages.map((u) => usage[u])),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  return {
    certificate: certificate.toString('pem'),
    serial: certificate.serialNumber,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
  };
}

/** A new key with a certificate signed by the authority. */
export async function issueKeyPair(authority: KeyPair, wish: CertificateWish): Promise<KeyPair> {
  const keys = await newKeys();
  const signed = await signCertificate(authority, keys.publicKey, wish);
  return { certificate: signed.certificate, key: await keyPem(keys.privateKey) };
}

/** The public key of a certificate request whose self-signature is right; throws otherwise. */
export async function readCertificateRequest(pem: string): Promise<x509.PublicKey> {
  const request = new x509.Pkcs10CertificateRequest(pem);
  if (!(await request.verify())) throw new Error('the certificate request is not signed by its own key');
  return request.publicKey;
}

/** SHA-256 of a certificate as hex, the way agents and the certificate table know it. */
export function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
}
