/**
 * npm run bench -- cluster-create [runs of one member] [runs of three]
 * A cluster from the request to the first query, and until all members stream, beside the same Patroni started by hand on the same lab
 * hosts. Both find their packages installed; the runs take turns. The hand-made one looks every two seconds, as ours does while it is
 * being built: with Patroni's own ten seconds its replicas would join later.
 */
import { ClusterPreview, recoveryTimes } from '#src/fleet/contract/clusters.ts';
import { makeHandPatroni, removeHandPatroni } from '#tests/lab/floor/hand-patroni.ts';
import { median, print, roundedAll, say } from './support/figures.ts';
import { makeCluster, startLab } from './support/lab.ts';

const [runsOfOne = 5, runsOfThree = 3] = process.argv.slice(2).map(Number);
const { ttl, retryTimeout } = recoveryTimes.normal;

interface Times {
  firstQuerySeconds: number;
  allStreamingSeconds: number;
}

const elepherd = await startLab('create', 3);
try {
  await compare(1, runsOfOne, 1.3);
  await compare(3, runsOfThree, 1.5);
} finally {
  await elepherd.destroy();
}

async function compare(members: number, runs: number, barRatio: number): Promise<void> {
  if (runs === 0) return;
  const ours: (Times & { readySeconds: number })[] = [];
  const peers: Times[] = [];
  const parameters = await settingsOf(members);
  for (let run = 1; run <= runs; run += 1) {
    ours.push(await makeOurs(members));
    peers.push(await makePeer(members, parameters));
    say(`run ${run}: ours ${JSON.stringify(ours.at(-1))}, by hand ${JSON.stringify(peers.at(-1))}`);
  }
  const figure = (what: string, of: (times: Times) => number): void =>
    print({
      name: `cluster-create/${members}/${what}`,
      ours: median(ours.map(of)),
      peer: median(peers.map(of)),
      unit: 's',
      barRatio,
      runs,
      oursEach: roundedAll(ours.map(of)),
      peerEach: roundedAll(peers.map(of)),
    });
  figure('first-query', (times) => times.firstQuerySeconds);
  if (members > 1) figure('all-streaming', (times) => times.allStreamingSeconds);
  print({
    name: `cluster-create/${members}/ready`,
    ours: median(ours.map((times) => times.readySeconds)),
    unit: 's',
    runs,
    note: 'routers and poolers included, which the hand-made cluster does not have',
  });
}

/** PostgreSQL's settings that ours has for the size of these hosts: a gigabyte of shared memory more takes its time to start. */
async function settingsOf(members: number): Promise<Record<string, string>> {
  const wish = { name: 'bench', hostIds: await hostIds(members) };
  const { settings } = await elepherd.ask('POST', '/fleet/clusters/preview', ClusterPreview, wish);
  return Object.fromEntries(settings.map(({ name, value }) => [name, value]));
}

function hostIds(members: number): Promise<string[]> {
  return Promise.all(elepherd.lab.hosts.slice(0, members).map((host) => elepherd.hostId(host.name)));
}

async function makeOurs(members: number): Promise<Times & { readySeconds: number }> {
  const made = await makeCluster(elepherd, {
    name: 'bench',
    hostIds: await hostIds(members),
    recovery: 'normal',
  });
  for (const line of made.trace) say(line);
  await elepherd.deleteCluster('bench');
  return made.timings;
}

/** By hand, too, the first query is the application's. */
async function makePeer(members: number, parameters: Record<string, string>): Promise<Times> {
  const cluster = await makeHandPatroni(elepherd.lab, {
    hosts: elepherd.lab.hosts.slice(0, members),
    ttlSeconds: ttl,
    loopWaitSeconds: 2,
    retryTimeoutSeconds: retryTimeout,
    synchronousMode: false,
    parameters,
  });
  await removeHandPatroni(cluster);
  return { ...cluster.timings, firstQuerySeconds: cluster.timings.applicationQuerySeconds };
}
