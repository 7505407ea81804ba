/**
 * node scripts/demo.ts: what `npm start -- --demo` does once Elepherd is ready. Fills it, by its own API, with what a company of some size
 * would have: people, keys, and on three or more online hosts two clusters. A second run changes nothing.
 */
import { z } from 'zod';
import { Cluster, type CreateCluster } from '#src/fleet/contract/clusters.ts';
import { Host } from '#src/fleet/contract/hosts.ts';
import { firstAdminText } from '#src/identity/contract/first-admin.text.ts';
import {
  ApiKey,
  type CreateKey,
  Invitation,
  type InviteMember,
  NewKey,
  Organisation,
} from '#src/identity/contract/organisations.ts';
import { page } from '#src/platform/contract/pages.ts';
import { setupText } from '#src/platform/contract/setup.text.ts';
import { terminalLocale } from '#src/platform/contract/i18n.ts';
import { complain, say } from '#src/platform/server/setup/terminal.ts';
import { ask, local } from './local-api.ts';

const here = local.parse(process.env);
const isChinese = terminalLocale(process.env) === 'zh-CN';

const company = isChinese ? '晨光零售' : 'Morninglight Retail';

const people: InviteMember[] = [
  { email: 'chen.wei@morninglight.example', role: 'admin' },
  { email: 'liu.yang@morninglight.example', role: 'operator' },
  { email: 'maria.santos@morninglight.example', role: 'operator' },
  { email: 'zhang.min@morninglight.example', role: 'developer' },
  { email: 'tom.becker@morninglight.example', role: 'developer' },
  { email: 'audit@morninglight.example', role: 'viewer' },
];

const keys: CreateKey[] = [
  { name: 'Nightly report', scopes: ['fleet.*.read', 'platform.operation.read'], daysValid: 90 },
  { name: 'Continuous integration', scopes: ['fleet.sandbox.*', 'fleet.*.read'], daysValid: 365 },
];

const clustersOn = (hostIds: string[]): CreateCluster[] => [
  { name: 'orders', hostIds, protection: 'sync' },
  { name: 'reports', hostIds: hostIds.slice(-1) },
];

try {
  await main();
} catch (error) {
  complain(setupText.demoFailed((error as Error).message));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const organisation = await ask(here, 'GET', '/api/identity/organisations/current', Organisation);
  const fresh: string[] = Object.values(firstAdminText.organisation);
  if (fresh.includes(organisation.name)) {
    await ask(here, 'PATCH', '/api/identity/organisations/current', Organisation, { name: company });
  }
  await addMissing('/api/identity/invitations', Invitation, people, ({ email }) => email, z.unknown());
  await addMissing('/api/identity/keys', ApiKey, keys, ({ name }) => name, NewKey);
  const hostIds = await findAlikeHosts(3);
  if (hostIds === undefined) return say(setupText.demoWithoutClusters);
  const clusters = clustersOn(hostIds);
  await addMissing('/api/fleet/clusters', Cluster, clusters, ({ name }) => name, z.unknown());
  say(setupText.demoWithClusters(clusters.map(({ name }) => name).join(', ')));
}

/** Online hosts that run the same system, as the members of one cluster should; undefined when there are fewer than wished. */
async function findAlikeHosts(count: number): Promise<string[] | undefined> {
  const hosts = await list('/api/fleet/hosts', Host);
  const usable = hosts.filter(({ online, phase, facts }) => online && phase === 'active' && facts !== null);
  const groups = Object.values(Object.groupBy(usable, ({ facts }) => `${facts?.os.id} ${facts?.os.version}`));
  const group = groups.find((one) => one !== undefined && one.length >= count);
  return group?.slice(0, count).map(({ id }) => id);
}

/** Short lists come whole, long ones in pages. */
async function list<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>[]> {
  const answer = await ask(here, 'GET', path, z.union([z.array(schema), page(schema)]));
  return Array.isArray(answer) ? answer : (answer.items as z.output<T>[]);
}

/** Creates what is not there yet, told apart by `key`. */
async function addMissing<T extends z.ZodType, W extends object>(
  path: string,
  schema: T,
  wishes: W[],
  key: (one: W | z.output<T>) => string,
  answer: z.ZodType,
): Promise<void> {
  const there = new Set((await list(path, schema)).map(key));
  for (const wish of wishes) if (!there.has(key(wish))) await ask(here, 'POST', path, answer, wish);
}
