import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { findJson, findText, writeJson, writeWhole } from './files.ts';

/** What an agent knows of the server it belongs to. */
export const Membership = z.object({
  url: z.string(),
  keyPin: z.string(),
  hostId: z.uuid(),
  hostName: z.string(),
  authority: z.string(),
  releaseKey: z.string(),
});
export type Membership = z.infer<typeof Membership>;

/** The folder in which an agent keeps everything: who it is, its certificate, its tasks, the services it minds. */
export class AgentHome {
  readonly folder: string;
  constructor(folder: string) {
    this.folder = folder;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o755 });
    for (const name of ['tasks', 'services', 'jobs'])
      await mkdir(this.path(name), { recursive: true, mode: 0o700 });
  }

  findMembership(): Promise<Membership | undefined> {
    return findJson(this.path('agent.json'), Membership);
  }

  /** The key and certificate; undefined when either is missing. They are kept in one file, so that they always fit one another. */
  async findIdentity(): Promise<{ key: string; certificate: string } | undefined> {
    const text = await findText(this.path('identity.pem'));
    const key = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(text ?? '')?.[0];
    const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text ?? '')?.[0];
    return key && certificate ? { key, certificate } : undefined;
  }

  async keepIdentity(identity: { key: string; certificate: string }): Promise<void> {
    await writeWhole(this.path('identity.pem'), `${identity.key.trim()}\n${identity.certificate.trim()}\n`);
  }

  async keepMembership(membership: Membership): Promise<void> {
    await writeJson(this.path('agent.json'), membership);
  }

  /** The JSON files of a sub-folder that fit a schema; others are left out. */
  async listJson<T extends z.ZodType>(folder: string, schema: T): Promise<z.infer<T>[]> {
    const names = await readdir(this.path(folder)).catch(() => []);
    const found = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => findJson(this.path(folder, name), schema)),
    );
    return found.filter((one) => one !== undefined);
  }

  async remove(...parts: string[]): Promise<void> {
    await rm(this.path(...parts), { force: true });
  }
}
