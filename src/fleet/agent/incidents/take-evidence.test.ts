import { expect, test } from 'vitest';
import { withoutSecrets } from './take-evidence.ts';

test('passwords stay on the host', () => {
  const lines = [
    `STATEMENT:  alter role app password 'hunter2'`,
    `STATEMENT:  create role x with encrypted PASSWORD E'hunter2''s' login`,
    `primary_conninfo = 'user=replicator password=hunter2 host=10.0.0.1'`,
    `connecting to postgresql://app:hunter2@10.0.0.1:5432/app`,
    `password: "hunter2"`,
    `SCRAM-SHA-256$4096:hunter2$x:y`,
  ];
  const said = withoutSecrets(lines.join('\n'));
  expect(said.split('\n')).toHaveLength(lines.length);
  expect(said).toContain('alter role app password •••');
  expect(said).toContain('host=10.0.0.1');
  expect(said).not.toContain('hunter2');
});
