import type { PersonalExport, Privacy } from '#src/community/contract/privacy.ts';
import { privacyText } from '#src/community/contract/privacy.text.ts';
import {
  accountColumns,
  exportAccount,
  listOwnedAlone,
  listPersonalRows,
} from '#src/identity/server/public.ts';
import type { Context } from '#src/platform/server/context.ts';
import { findMember } from '../members/queries.ts';
import { requirePerson } from '../members/require-member.ts';
import { consentsOf, getOwnAccess, listDecisions, listSelves } from './queries.ts';
import { memberColumns } from './rules.ts';

/** Everything about the person who asks: every row of schema identity and community that refers to them. */
export async function exportEverything(ctx: Context): Promise<PersonalExport> {
  requirePerson(ctx);
  const accountId = ctx.actor.id!;
  const member = await findMember(ctx.db, accountId);
  const parts: PersonalExport['parts'] = { account: await exportAccount(ctx.db, accountId) };
  for (const id of member ? await listSelves(ctx.db, member.id) : []) {
    for (const one of memberColumns) {
      if (one.keptBack !== undefined) continue;
      const tables = (parts[one.part] ??= {});
      const known = (tables[one.table] ??= []);
      const seen = new Set(known.map((row) => JSON.stringify(row)));
      for (const row of await listPersonalRows(ctx.db, one, id))
        if (!seen.has(JSON.stringify(row))) known.push(row);
    }
  }
  const keptBack = [...accountColumns, ...memberColumns].flatMap(({ table, column, keptBack: reason }) =>
    reason === undefined ? [] : [[`${table}.${column}`, reason]],
  );
  return {
    exportedAt: new Date().toISOString(),
    about: privacyText.exportAbout(member?.handle ?? ctx.actor.name)[ctx.locale],
    parts,
    keptBack: Object.fromEntries(keptBack),
  };
}

/** What the privacy page shows: consents, the size of an export, and what stands in the way of leaving. */
export async function showPrivacy(ctx: Context): Promise<Privacy> {
  requirePerson(ctx);
  const accountId = ctx.actor.id!;
  const member = await findMember(ctx.db, accountId);
  const decisions = await listDecisions(ctx.db, member?.id);
  const { email, hasPassword } = await getOwnAccess(ctx.db, accountId);
  const { parts } = await exportEverything(ctx);
  return {
    confirm: member?.handle ?? email,
    hasPassword,
    consents: consentsOf(decisions),
    decisions,
    ownedAlone: await listOwnedAlone(ctx.db, accountId),
    parts: Object.entries(parts).map(([part, tables]) => ({
      part,
      rows: Object.values(tables).reduce((sum, rows) => sum + rows.length, 0),
    })),
  };
}
