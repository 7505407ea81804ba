import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { createAuthority, issueKeyPair } from '#src/platform/server/x509.ts';

/** An object store that speaks S3 over TLS, as a company would run one; everything in it lies in `folder`. */
export type S3Store = {
  port: number;
  bucket: string;
  /** PEM of the authority that signed its certificate. */
  authority: string;
  accessKeyId: string;
  secretAccessKey: string;
  folder: string;
  stop(): Promise<void>;
};

/** Starts an S3 server on this machine's loopback that answers to these names. */
export async function startS3Store(names: readonly string[]): Promise<S3Store> {
  const authority = await createAuthority('Store of the lab');
  const pair = await issueKeyPair(authority, {
    commonName: names[0]!,
    names,
    validMs: 24 * 3600 * 1000,
    usages: ['server'],
  });
  const folder = await mkdtemp(join(tmpdir(), 'elepherd-s3-'));
  const bucket = 'herd';
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    vhostBuckets: false,
    key: pair.key,
    cert: pair.certificate,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await server.run();
  return {
    port,
    bucket,
    authority: authority.certificate,
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    folder,
    async stop() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
