import type { SiteSettings } from '#src/community/contract/site.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireStaff } from '../members/require-staff.ts';
import { keepSetting } from '../settings/keep-setting.ts';
import { getSiteSettings } from './queries.ts';

/** Decides about the site as a whole: where strangers arrive, and the law it follows. Refuses all but who may change settings. */
export async function changeSiteSettings(ctx: Context, settings: SiteSettings): Promise<SiteSettings> {
  await requireStaff(ctx, 'community.setting.change');
  return inTransaction(ctx, async (tx) => {
    const before = await getSiteSettings(tx.db);
    await keepSetting(tx.db, 'site', settings);
    await audit(tx, 'community.setting.change', null, { name: 'site', before, after: settings });
    return settings;
  });
}
