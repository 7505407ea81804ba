import { readFileSync } from 'node:fs';
import { run } from '../programs.ts';
import { labelsOf, type Sheet } from './sheet.ts';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
/** Ticks the kernel counts processor time in; the same on every Linux we run on. */
const ticksPerSecond = 100;
const sectorBytes = 512;

/** What node_exporter shows of a machine, from the kernel's own files. `root` is another place to read them from, for tests. */
export function readHostFigures(sheet: Sheet, root = ''): void {
  const at = (path: string) => read(`${root}${path}`);
  cpu(sheet, at('/proc/stat'));
  const [load1, load5, load15] = at('/proc/loadavg').split(' ');
  sheet.add('node_load1', load1);
  sheet.add('node_load5', load5);
  sheet.add('node_load15', load15);
  memory(sheet, at('/proc/meminfo'));
  disks(sheet, at('/proc/diskstats'));
  network(sheet, at('/proc/net/dev'));
  const vm = wordsOf(at('/proc/vmstat'));
  for (const name of ['pgmajfault', 'pswpin', 'pswpout', 'oom_kill'])
    sheet.add(`node_vmstat_${name}`, vm.get(name));
  pressure(sheet, at);
  const files = at('/proc/sys/fs/file-nr').trim().split(/\s+/);
  sheet.add('node_filefd_allocated', files[0]);
  sheet.add('node_filefd_maximum', files[2]);
  netstat(sheet, at('/proc/net/snmp'));
  sheet.add('node_time_seconds', (Date.now() / 1000).toFixed(3));
  const word = (path: string) => at(`/proc/sys/kernel/${path}`).trim();
  sheet.add(
    'node_uname_info',
    1,
    labelsOf({ sysname: word('ostype'), release: word('osrelease'), nodename: word('hostname') }),
  );
}

function cpu(sheet: Sheet, stat: string): void {
  const modes = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'];
  for (const line of stat.split('\n')) {
    const [name = '', ...values] = line.split(/\s+/);
    const number = /^cpu(\d+)$/.exec(name)?.[1];
    if (number !== undefined) {
      for (const [at, mode] of modes.entries())
        sheet.add(
          'node_cpu_seconds_total',
          Number(values[at] ?? 0) / ticksPerSecond,
          labelsOf({ cpu: number, mode }),
        );
    } else if (name === 'ctxt') sheet.add('node_context_switches_total', values[0]);
    else if (name === 'btime') sheet.add('node_boot_time_seconds', values[0]);
    else if (name === 'processes') sheet.add('node_forks_total', values[0]);
    else if (name === 'procs_running' || name === 'procs_blocked') sheet.add(`node_${name}`, values[0]);
  }
}

const memoryNames = new Set([
  'MemTotal',
  'MemFree',
  'MemAvailable',
  'Buffers',
  'Cached',
  'SwapTotal',
  'SwapFree',
  'Dirty',
  'Writeback',
  'Shmem',
  'HugePages_Total',
  'HugePages_Free',
]);

function memory(sheet: Sheet, meminfo: string): void {
  for (const line of meminfo.split('\n')) {
    const [, name, value, unit] = /^(\w+):\s+(\d+)( kB)?/.exec(line) ?? [];
    if (name === undefined || !memoryNames.has(name)) continue;
    if (unit) sheet.add(`node_memory_${name}_bytes`, Number(value) * 1024);
    else sheet.add(`node_memory_${name}`, value);
  }
}

function disks(sheet: Sheet, diskstats: string): void {
  for (const line of diskstats.split('\n').slice(0, 200)) {
    const [
      ,
      ,
      device = '',
      reads,
      ,
      sectorsRead,
      msReading,
      writes,
      ,
      sectorsWritten,
      msWriting,
      ,
      msBusy,
      msWeighted,
    ] = line.trim().split(/\s+/);
    if (!device || /^(?:ram|loop|fd|sr|zram)\d+$|^(?:sd|vd|xvd|hd)[a-z]+\d+$|^nvme\d+n\d+p\d+$/.test(device))
      continue;
    const labels = labelsOf({ device });
    sheet.add('node_disk_reads_completed_total', reads, labels);
    sheet.add('node_disk_read_bytes_total', Number(sectorsRead) * sectorBytes, labels);
    sheet.add('node_disk_read_time_seconds_total', Number(msReading) / 1000, labels);
    sheet.add('node_disk_writes_completed_total', writes, labels);
    sheet.add('node_disk_written_bytes_total', Number(sectorsWritten) * sectorBytes, labels);
    sheet.add('node_disk_write_time_seconds_total', Number(msWriting) / 1000, labels);
    sheet.add('node_disk_io_time_seconds_total', Number(msBusy) / 1000, labels);
    sheet.add('node_disk_io_time_weighted_seconds_total', Number(msWeighted) / 1000, labels);
  }
}

function network(sheet: Sheet, dev: string): void {
  for (const line of dev.split('\n').slice(2, 66)) {
    const [device = '', rest = ''] = line.trim().split(':');
    const values = rest.trim().split(/\s+/);
    if (device === '' || device === 'lo' || values.length < 12) continue;
    const labels = labelsOf({ device });
    for (const [at, name] of ['bytes', 'packets', 'errs', 'drop'].entries()) {
      sheet.add(`node_network_receive_${name}_total`, values[at], labels);
      sheet.add(`node_network_transmit_${name}_total`, values[8 + at], labels);
    }
  }
}

function pressure(sheet: Sheet, at: (path: string) => string): void {
  for (const what of ['cpu', 'io', 'memory']) {
    for (const line of at(`/proc/pressure/${what}`).split('\n')) {
      const [, kind, total] = /^(some|full) .*total=(\d+)/.exec(line) ?? [];
      if (kind === undefined || (kind === 'full' && what === 'cpu')) continue;
      const name = kind === 'some' ? 'waiting' : 'stalled';
      sheet.add(`node_pressure_${what}_${name}_seconds_total`, Number(total) / 1e6);
    }
  }
}

function netstat(sheet: Sheet, snmp: string): void {
  const [names, values] = snmp.split('\n').filter((line) => line.startsWith('Tcp:'));
  const list = (line = '') => line.split(' ').slice(1);
  const known = new Map(list(names).map((name, at) => [name, list(values)[at]]));
  for (const name of ['CurrEstab', 'RetransSegs']) sheet.add(`node_netstat_Tcp_${name}`, known.get(name));
}

const wordsOf = (text: string) =>
  new Map(text.split('\n').map((line) => line.split(' ') as [string, string]));

const notDisks =
  /^(?:autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|fuse\.\w+|hugetlbfs|mqueue|nsfs|proc|procfs|pstore|ramfs|rpc_pipefs|securityfs|squashfs|sysfs|tracefs|tmpfs|iso9660)$/;
const remote = /^(?:nfs|cifs|9p|virtiofs|ceph|glusterfs)/;

/** Room on disks. `df` runs as a process of its own: a mount that hangs blocks only that, and the others are still told. */
export async function readFileSystems(sheet: Sheet, timeoutSeconds: number): Promise<void> {
  const mounts = new Map<string, { device: string; fstype: string; options: string }>();
  for (const line of read('/proc/self/mounts').split('\n')) {
    const [device = '', mount = '', fstype = '', options = ''] = line.split(' ');
    const plain = mount.replaceAll('\\040', ' ');
    if (fstype === '' || notDisks.test(fstype) || /^\/(?:proc|sys|dev|run)(?:\/|$)/.test(plain)) continue;
    mounts.set(plain, { device, fstype, options });
  }
  const all = [...mounts].slice(0, 60);
  const local = all.filter(([, { fstype }]) => !remote.test(fstype)).map(([mount]) => mount);
  const groups = [local, ...all.filter(([, m]) => remote.test(m.fstype)).map(([mount]) => [mount])];
  const results = await Promise.all(
    groups
      .filter((group) => group.length > 0)
      .map((group) =>
        run(['df', '--block-size=1', '--output=size,avail,used,itotal,iavail,target', '--', ...group], {
          timeoutSeconds,
        }),
      ),
  );
  for (const line of results.flatMap(({ stdout }) => stdout.split('\n').slice(1))) {
    const [, size, available, used, inodes, freeInodes, target = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+|-)\s+(\d+|-)\s+(.*)$/.exec(line) ?? [];
    const mount = mounts.get(target);
    if (!mount) continue;
    const labels = labelsOf({ device: mount.device, fstype: mount.fstype, mountpoint: target });
    sheet.add('node_filesystem_size_bytes', size, labels);
    sheet.add('node_filesystem_avail_bytes', available, labels);
    sheet.add('node_filesystem_free_bytes', Number(size) - Number(used), labels);
    if (inodes !== '-') sheet.add('node_filesystem_files', inodes, labels);
    if (freeInodes !== '-') sheet.add('node_filesystem_files_free', freeInodes, labels);
    sheet.add('node_filesystem_readonly', /(?:^|,)ro(?:,|$)/.test(mount.options) ? 1 : 0, labels);
  }
  if (results.some(({ timedOut }) => timedOut)) throw new Error('a mounted file system does not answer');
}
