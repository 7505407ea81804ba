import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** Roles that PostgreSQL, Patroni or Elepherd own. */
const reservedRoles = new Set([
  'postgres',
  'replicator',
  'rewinder',
  'pgbouncer',
  'public',
  'none',
  'elepherd',
]);
const reservedDatabases = new Set(['postgres', 'template0', 'template1']);

export const isReservedRole = (name: string) => reservedRoles.has(name) || name.startsWith('pg_');
export const isReservedDatabase = (name: string) => reservedDatabases.has(name);

/** PostgreSQL's own default number of rounds. */
const iterations = 4096;

/** What PostgreSQL keeps of a password (RFC 5803), so that the password itself never reaches a statement or a log. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

export const listScript = `
select 'database' as kind, d.datname as name, r.rolname as owner, pg_database_size(d.oid)::text as size,
  d.datconnlimit::text as connection_limit, pg_encoding_to_char(d.encoding) as encoding,
  null as can_login, null as superuser, null as member_of
from pg_database d join pg_roles r on r.oid = d.datdba where d.datallowconn and not d.datistemplate
union all
select 'role', r.rolname, null, null, r.rolconnlimit::text, null, r.rolcanlogin::text, r.rolsuper::text,
  (select string_agg(g.rolname, ',' order by g.rolname) from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid)
from pg_roles r where r.rolname !~ '^pg_'
order by 1, 2
`;

export const extensionsScript = `
select 'installed' as kind, e.extname as name, e.extversion as version, a.default_version as newest, a.comment
from pg_extension e left join pg_available_extensions a on a.name = e.extname where e.extname <> 'plpgsql'
union all
select 'offered', a.name, a.default_version, null, a.comment from pg_available_extensions a where a.installed_version is null
order by 1, 2
`;

/** Ends a script with what a person reads, when `where` holds for some role `r`. */
const refuseWhen = (where: string, says: string) =>
  `\\set SHOW_CONTEXT never
select format('do $refusal$ begin raise exception %L; end $refusal$', format('${says}', r.rolname))
from pg_roles r where ${where} limit 1 \\gexec`;

/** Whoever may change roles may not become more than that by them: no role that rules the server or reaches its host's files. */
const powerful = `(r.rolsuper or r.rolcreaterole or r.rolreplication or r.rolbypassrls
  or pg_has_role(r.oid, 'pg_execute_server_program', 'member') or pg_has_role(r.oid, 'pg_write_server_files', 'member')
  or pg_has_role(r.oid, 'pg_read_server_files', 'member'))`;
const says = {
  powerful: 'The role %s may do more than an application should. Change it with psql on its host.',
  exists: 'There is a role %s already. Nothing was changed; choose another name.',
};

/** Scripts of the changes, by name; each may run twice. Names are psql variables, quoted by psql as identifiers or texts. */
export const scripts = {
  'create-database': `
select format('create database %I owner %I', :'name', :'owner') where not exists (select from pg_database where datname = :'name') \\gexec
revoke connect on database :"name" from public;
grant connect on database :"name" to pgbouncer;
grant connect on database :"name" to :"owner";
`,
  'drop-database': `select format('drop database if exists %I with (force)', :'name') where exists (select from pg_database where datname = :'name') \\gexec\n`,
  // The mark in the comment tells a second run of the same change from a role that somebody else has.
  'create-role': `
begin;
${refuseWhen(`r.rolname = any(string_to_array(:'member_of', ',')) and ${powerful}`, says.powerful)}
${refuseWhen(`r.rolname = :'name' and coalesce(shobj_description(r.oid, 'pg_authid'), '') <> 'elepherd ' || :'mark'`, says.exists)}
select format('create role %I', :'name') where not exists (select from pg_roles where rolname = :'name') \\gexec
select format('comment on role %I is %L', :'name', 'elepherd ' || :'mark') \\gexec
select format('alter role %I %s connection limit %s', :'name', case when :'can_login' = 'true' then 'login' else 'nologin' end, (:'connection_limit')::int) \\gexec
select format('alter role %I password %L', :'name', :'verifier') where :'verifier' <> '' \\gexec
select format('grant %I to %I', g, :'name') from unnest(string_to_array(nullif(:'member_of', ''), ',')) as g \\gexec
commit;
`,
  'set-password': `
${refuseWhen(`r.rolname = :'name' and ${powerful}`, says.powerful)}
select format('alter role %I password %L', :'name', :'verifier') \\gexec\n`,
  'drop-role': `
${refuseWhen(`r.rolname = :'name' and ${powerful}`, says.powerful)}
select format('drop role if exists %I', :'name') \\gexec\n`,
  'create-extension': `select format('create extension if not exists %I cascade', :'name') \\gexec\n`,
  'drop-extension': `select format('drop extension if exists %I', :'name') \\gexec\n`,
} as const;
export type ScriptName = keyof typeof scripts;
