/**
 * npm run bench -- backup-restore [runs] [scale of pgbench]
 * A full backup ordered of Elepherd beside `pgbackrest backup` run by hand, on the same host, into the same repository, with the same
 * settings; then a restore of the newest backup beside `pgbackrest restore` run by hand, into an empty directory each. The runs take
 * turns. Measured are the seconds the tool ran, from the start of its process to its end. How much longer the whole operation took, with
 * all it looks at and writes down, is printed beside it; that of a restore also starts the server and replays its WAL.
 */
import { ClusterBackups, Policy, Repository } from '#src/fleet/contract/backups.ts';
import { Started } from '#src/fleet/contract/clusters.ts';
import { Restore, RestoreStarted } from '#src/fleet/contract/restores.ts';
import { median, print, roundedAll, say } from './support/figures.ts';
import { startLab } from './support/lab.ts';

const [runs = 3, scale = 500] = process.argv.slice(2).map(Number);
const elepherd = await startLab('backup', 1);
try {
  const cluster = await elepherd.createCluster({ name: 'bench', members: 1 });
  const [host] = cluster.hosts;
  const port = String(cluster.made.ports.postgres);
  const pgbench = '/usr/lib/postgresql/17/bin/pgbench';
  await host!.run([pgbench, '-i', '-q', '-s', String(scale), '-p', port, 'app'], {
    user: 'postgres',
    timeoutSeconds: 600,
  });
  await elepherd.ask('POST', '/fleet/repositories', Repository, {
    name: 'local',
    place: { kind: 'path', path: '/var/lib/pgbackrest/bench' },
  });
  await elepherd.ask('POST', '/fleet/backup-policies', Policy, {
    name: 'bench',
    schedule: { full: '0 0 1 1 *' },
    retention: { days: 1, weeks: 0, months: 0 },
  });
  const path = '/fleet/clusters/bench/backups';
  await elepherd.operate('POST', `${path}/enable`, { policy: 'bench', repositories: ['local'] });
  const { plan } = await elepherd.ask('GET', path, ClusterBackups);
  // The first one reads the database into the cache for both.
  await elepherd.waitForOperation(plan!.operationId!, 600);

  const ours: number[] = [];
  const whole: number[] = [];
  const peers: number[] = [];
  let bytes = 0;
  for (let run = 1; run <= runs; run += 1) {
    // Whoever goes first in a round finds the disk as the other left it.
    for (const whose of run % 2 === 1 ? ['ours', 'bare'] : ['bare', 'ours']) {
      const began = performance.now();
      if (whose === 'bare') {
        await host!.run(
          ['pgbackrest', `--stanza=${cluster.made.scope}`, '--repo=1', '--type=full', 'backup'],
          { user: 'postgres', timeoutSeconds: 600 },
        );
        peers.push((performance.now() - began) / 1000);
        continue;
      }
      const { operationId } = await elepherd.ask('POST', path, Started, { type: 'full' });
      await elepherd.waitForOperation(operationId, 600);
      whole.push((performance.now() - began) / 1000);
      const said = (await elepherd.logOf(operationId)).map((line) => line.text.en).join('\n');
      ours.push(Number(/Backed up into local in ([\d.]+) s/.exec(said)?.[1]));
      bytes = (await elepherd.ask('GET', path, ClusterBackups)).backups[0]!.databaseBytes;
    }
    say(`run ${run}: ours ${ours.at(-1)?.toFixed(2)} s, bare ${peers.at(-1)?.toFixed(2)} s`);
  }
  const megabytes = bytes / 1024 ** 2;
  const rate = (seconds: number[]) => roundedAll(seconds.map((one) => megabytes / one));
  print({
    name: 'backup-restore/backup',
    ours: median(ours),
    peer: median(peers),
    unit: 's',
    // 0.95 of the throughput.
    barRatio: 1.05,
    runs,
    databaseMb: Math.round(megabytes),
    oursMbPerSecond: rate(ours),
    peerMbPerSecond: rate(peers),
    wholeOperationSeconds: roundedAll(whole),
  });

  const { scope } = cluster.made;
  const newest = (await elepherd.ask('GET', path, ClusterBackups)).backups[0]!;
  const hostId = await elepherd.hostId(host!.name);
  const restored = { ours: [] as number[], whole: [] as number[], peers: [] as number[] };
  const bare = '/var/lib/postgresql/17/bare';
  for (let run = 1; run <= runs; run += 1) {
    for (const whose of run % 2 === 1 ? ['ours', 'bare'] : ['bare', 'ours']) {
      // What the one before wrote must not be written back in the time of this one.
      await host!.run(['sync']);
      if (whose === 'bare') {
        await host!.run([
          'install',
          '--directory',
          '--mode=0700',
          '--owner=postgres',
          '--group=postgres',
          bare,
        ]);
        const began = performance.now();
        await host!.run(
          [
            'pgbackrest',
            `--stanza=${scope}`,
            '--repo=1',
            `--set=${newest.label}`,
            `--pg1-path=${bare}`,
            '--type=immediate',
            'restore',
          ],
          { user: 'postgres', timeoutSeconds: 600 },
        );
        restored.peers.push((performance.now() - began) / 1000);
        await host!.run(['rm', '--recursive', bare]);
        continue;
      }
      const began = performance.now();
      const { id, operationId } = await elepherd.ask(
        'POST',
        '/fleet/clusters/bench/restores',
        RestoreStarted,
        {
          target: { backup: newest.label },
          place: { kind: 'scratch', hostId, hours: 1 },
        },
      );
      await elepherd.waitForOperation(operationId, 600);
      restored.whole.push((performance.now() - began) / 1000);
      restored.ours.push((await elepherd.ask('GET', `/fleet/restores/${id}`, Restore)).restoreSeconds!);
      await elepherd.operate('POST', `/fleet/restores/${id}/clean`);
    }
    say(
      `restore ${run}: ours ${restored.ours.at(-1)?.toFixed(2)} s, bare ${restored.peers.at(-1)?.toFixed(2)} s`,
    );
  }
  print({
    name: 'backup-restore/restore',
    ours: median(restored.ours),
    peer: median(restored.peers),
    unit: 's',
    barRatio: 1.05,
    runs,
    databaseMb: Math.round(newest.databaseBytes / 1024 ** 2),
    oursMbPerSecond: rate(restored.ours),
    peerMbPerSecond: rate(restored.peers),
    wholeOperationSeconds: roundedAll(restored.whole),
  });
} finally {
  await elepherd.destroy();
}
