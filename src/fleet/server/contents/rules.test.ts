import { expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { isReservedDatabase, isReservedRole, scramVerifier } from './rules.ts';

test('makes the same verifier as PostgreSQL for the same password and salt', async () => {
  const name = 'verifier_probe';
  const { pool } = database;
  await pool.query(`set password_encryption = 'scram-sha-256'`);
  await pool.query(`create role ${name} password 'correct horse é 電池'`);
  try {
    const { rows } = await pool.query('select rolpassword from pg_authid where rolname = $1', [name]);
    const theirs = String(rows[0].rolpassword);
    const salt = /^SCRAM-SHA-256\$4096:([^$]+)\$/.exec(theirs)?.[1] ?? '';
    expect(scramVerifier('correct horse é 電池', Buffer.from(salt, 'base64'))).toBe(theirs);
  } finally {
    await pool.query(`drop role ${name}`);
  }
});

test('a verifier does not tell the password', () => {
  expect(scramVerifier('secret-password')).not.toContain('secret');
  expect(scramVerifier('a')).not.toBe(scramVerifier('a'));
});

test('keeps the names that others own', () => {
  expect(['postgres', 'replicator', 'pgbouncer', 'pg_monitor'].every(isReservedRole)).toBe(true);
  expect(['template0', 'template1', 'postgres'].every(isReservedDatabase)).toBe(true);
  expect(isReservedRole('app')).toBe(false);
});
