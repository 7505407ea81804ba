/**
 * It may be run again while it still runs: as soon as the database is there, again once Patroni settled, and once more by whoever
 * goes on after a death. The second waits for the first in each database, until its session leaves it.
 */
const oneAtATime = `do 'begin perform pg_advisory_lock(hashtext(''elepherd accounts'')); end';`;

/**
 * Run in template1, so that every database made later has it: PgBouncer's way to check a password without seeing it.
 * `:'name'` is psql's own quoting; running it twice changes nothing.
 */
const templateScript = `
${oneAtATime}
set synchronous_commit = off;
select 'create role pgbouncer login' where not exists (select from pg_roles where rolname = 'pgbouncer') \\gexec
set password_encryption = 'scram-sha-256';
alter role pgbouncer login password :'pooler_password';
create schema if not exists pgbouncer authorization postgres;
revoke all on schema pgbouncer from public;
grant usage on schema pgbouncer to pgbouncer;
create or replace function pgbouncer.find_user(wanted text) returns table (username text, verifier text)
language sql security definer set search_path = pg_catalog as $$
  select rolname::text, rolpassword from pg_authid where rolname = wanted and rolcanlogin and not rolsuper
$$;
revoke all on function pgbouncer.find_user(text) from public;
grant execute on function pgbouncer.find_user(text) to pgbouncer;
create extension if not exists pg_stat_statements;
revoke all on database template1 from public;
`;

/** The first database and its owner: what most applications need, and nothing more. */
const databaseScript = `
${oneAtATime}
set synchronous_commit = off;
set password_encryption = 'scram-sha-256';
select 'create role app login' where not exists (select from pg_roles where rolname = 'app') \\gexec
alter role app login password :'app_password';
select 'create database app owner app' where not exists (select from pg_database where datname = 'app') \\gexec
revoke connect on database app from public;
revoke connect on database postgres from public;
-- pg_rewind reads the new primary through this database; shut out, a deposed primary could only be copied anew.
select 'grant connect on database postgres to rewinder' where exists (select from pg_roles where rolname = 'rewinder') \\gexec
set synchronous_commit = local;
grant connect on database app to pgbouncer;
`;

/**
 * Both, begun in template1. The replicas come afterwards, so a commit must not wait for one: in a strict cluster it would wait
 * for ever. The last commit alone waits for this server's disk, and what went before is on it then too.
 */
export const accountsScript = `${templateScript}\\connect postgres\n${databaseScript}`;
