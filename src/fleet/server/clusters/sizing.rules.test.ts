import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveSettings, ownedSettings } from './sizing.rules.ts';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;
const size = { memoryBytes: 16 * GiB, cores: 4, dataDiskFreeBytes: 100 * GiB, serversOnHost: 1 };
const valueOf = (settings: ReturnType<typeof deriveSettings>, name: string) =>
  settings.find((s) => s.name === name)?.value;

test('gives a 16 GiB host a quarter of its memory as shared buffers, and the reason', () => {
  const settings = deriveSettings(size, 17);
  expect(valueOf(settings, 'shared_buffers')).toBe('4096MB');
  expect(settings.find((s) => s.name === 'shared_buffers')?.reason.en).toContain('16384 MiB');
});

test('shares the memory among the servers of a host', () => {
  expect(valueOf(deriveSettings({ ...size, serversOnHost: 4 }, 17), 'shared_buffers')).toBe('1024MB');
});

test('asks for lz4 only where PostgreSQL has it', () => {
  expect(valueOf(deriveSettings(size, 14), 'wal_compression')).toBe('on');
  expect(valueOf(deriveSettings(size, 15), 'wal_compression')).toBe('lz4');
});

test('never promises more memory than there is, and never touches what Patroni owns', () => {
  const sizes = fc.record({
    memoryBytes: fc.integer({ min: 1, max: 512 }).map((g) => g * GiB),
    cores: fc.integer({ min: 1, max: 128 }),
    dataDiskFreeBytes: fc.integer({ min: 0, max: 4096 }).map((g) => g * GiB),
    serversOnHost: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 13, max: 18 }), (s, version) => {
      const settings = deriveSettings(s, version);
      const bytes = (name: string) => Number.parseInt(valueOf(settings, name) ?? '', 10) * MiB;
      const share = s.memoryBytes / s.serversOnHost;
      expect(bytes('shared_buffers')).toBeLessThanOrEqual(Math.max(128 * MiB, share / 4));
      expect(bytes('work_mem') * Number(valueOf(settings, 'max_connections'))).toBeLessThanOrEqual(
        Math.max(400 * 4 * MiB, share / 4),
      );
      const owned = new Set(
        [...ownedSettings].filter((n) => n !== 'wal_log_hints' && n !== 'password_encryption'),
      );
      expect(
        settings.every((row) => !owned.has(row.name) && row.reason.en !== '' && row.reason['zh-CN'] !== ''),
      ).toBe(true);
    }),
  );
});
