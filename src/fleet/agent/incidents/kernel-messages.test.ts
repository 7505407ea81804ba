import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Happenings } from './happenings.ts';
import { classify, KernelMessages } from './kernel-messages.ts';

/** As kernels printed them. */
const recorded: Record<string, string[]> = {
  oom: [
    'Out of memory: Killed process 2310 (postgres) total-vm:4431120kB, anon-rss:3821000kB, file-rss:0kB, shmem-rss:130kB, UID:113 pgtables:7800kB oom_score_adj:0',
    'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/system.slice,task=postgres,pid=2310,uid=113',
    'Memory cgroup out of memory: Killed process 991 (python3) total-vm:2120kB',
  ],
  'read-only': [
    'EXT4-fs (sdb1): Remounting filesystem read-only',
    'XFS (dm-0): Log I/O Error (0x2) detected at xlog_ioend_work+0x6b. Shutting down filesystem.',
    'Aborting journal on device sdb1-8.',
    'BTRFS info (device sdb state E): forced readonly',
  ],
  'file-system': [
    'EXT4-fs error (device sdb1): ext4_lookup:1700: inode #131075: comm postgres: deleted inode referenced: 131080',
    'XFS (sdb1): Corruption of in-memory data (0x8) detected at xfs_defer_finish_noroll',
  ],
  io: [
    'blk_update_request: I/O error, dev sdb, sector 2048 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 0',
    'critical medium error, dev sda, sector 976773120 op 0x0:(READ) flags 0x0 phys_seg 1',
    'Buffer I/O error on dev dm-1, logical block 0, async page read',
    'ata1.00: failed command: READ FPDMA QUEUED',
    'nvme nvme0: I/O 323 QID 4 timeout, aborting',
  ],
  hardware: [
    'mce: [Hardware Error]: Machine check events logged',
    'EDAC MC0: 1 CE memory read error on CPU_SrcID#0',
  ],
  hung: ['INFO: task jbd2/sda1-8:240 blocked for more than 120 seconds.'],
  crash: [
    'postgres[2311]: segfault at 0 ip 000055d2c1a0 sp 00007ffc error 4 in postgres[55d2c1600000+500000]',
  ],
};
const dull = [
  'eth0: Link is Up - 1000/Full',
  'audit: type=1400 apparmor="ALLOWED" operation="open"',
  'EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: errors=remount-ro',
  'chrome[2311]: segfault at 0 ip 000055d2c1a0',
  'systemd[1]: Started Journal Service.',
];

test('tells trouble by its class and leaves the rest alone', () => {
  for (const [name, messages] of Object.entries(recorded))
    for (const message of messages) expect([message, classify(message)?.name]).toEqual([message, name]);
  for (const message of dull) expect([message, classify(message)?.name]).toEqual([message, undefined]);
});

test('the same trouble counts once in a while, and a flood is bounded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'elepherd-kernel-'));
  const happenings = new Happenings(join(folder, 'happenings.json'), () => {});
  const kernel = new KernelMessages(join(folder, 'kernel.json'), happenings);
  const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString();
  for (let n = 0; n < 50; n += 1)
    kernel.note({ at: at(n), text: `blk_update_request: I/O error, dev sdb, sector ${n * 8}` });
  expect(happenings.waiting()).toHaveLength(1);
  kernel.note({ at: at(700), text: 'blk_update_request: I/O error, dev sdb, sector 9' });
  expect(happenings.waiting()).toHaveLength(2);
  for (let n = 0; n < 50; n += 1) kernel.note({ at: at(800), text: `I/O error on dev ${'x'.repeat(n + 1)}` });
  expect(happenings.waiting().length).toBe(20);
  const [first] = happenings.waiting();
  expect(first).toMatchObject({ kind: 'kernel', severity: 'critical', detail: { class: 'io' } });
  // Told and forgotten: another life of the agent tells the rest.
  happenings.forget(happenings.waiting().slice(0, 5));
  const later = async () => {
    const next = new Happenings(join(folder, 'happenings.json'), () => {});
    await next.open();
    return next.waiting();
  };
  await expect.poll(later).toHaveLength(15);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});
