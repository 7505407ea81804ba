import type { SettingRow } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { ownedSettings, sharedMemorySettings } from '#src/fleet/server/clusters/sizing.rules.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

/** A row of pg_settings, as texts. */
export type PgSetting = {
  name: string;
  setting: string;
  unit: string | null;
  vartype: string;
  context: string;
  short_desc: string;
  min_val: string | null;
  max_val: string | null;
  enumvals: string | null;
  pending_restart: string;
};

/** Rows of pg_settings that a person may see; run on the primary. */
export const settingsScript = `
select name, setting, unit, vartype, context, short_desc, min_val, max_val,
  array_to_string(enumvals, ',') as enumvals, pending_restart::text
from pg_settings where context <> 'internal' order by name
`;

const bytes: Record<string, number> = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };
const milliseconds: Record<string, number> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A number with an optional unit, in the setting's own unit; undefined when it is no such number. */
export function inUnit(value: string, unit: string | null): number | undefined {
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*(B|kB|MB|GB|TB|us|ms|s|min|h|d)?\s*$/.exec(value);
  if (!match) return undefined;
  const number = Number(match[1]);
  const given = match[2];
  if (given === undefined) return number;
  const base = /^(\d*)(B|kB|MB|GB|TB|us|ms|s|min|h|d)$/.exec(unit ?? '');
  if (!base) return undefined;
  const ownUnit = base[2] ?? '';
  const table = ownUnit in bytes ? bytes : milliseconds;
  const [from, to] = [table[given], table[ownUnit]];
  if (from === undefined || to === undefined) return undefined;
  return (number * from) / (Number(base[1] || 1) * to);
}

/** Why a value cannot be given to a setting; undefined when it can. */
export function refusalOf(name: string, value: string, row: PgSetting | undefined): Text | undefined {
  if (ownedSettings.has(name)) return upkeepText.settingOwned(name);
  // A setting of an extension is unknown until the extension is loaded; PostgreSQL keeps it for then.
  if (!row) return name.includes('.') ? undefined : upkeepText.settingUnknown(name);
  if (row.context === 'internal') return upkeepText.settingOwned(name);
  const why = whyWrong(value, row);
  return why && upkeepText.settingWrong(name, why);
}

function whyWrong(value: string, row: PgSetting): Text | undefined {
  if (row.vartype === 'bool') {
    const choices = ['on', 'off', 'true', 'false', 'yes', 'no', '1', '0'];
    return choices.includes(value.toLowerCase()) ? undefined : upkeepText.notOneOf('on, off');
  }
  if (row.vartype === 'enum') {
    const choices = (row.enumvals ?? '').split(',');
    return choices.includes(value.toLowerCase()) ? undefined : upkeepText.notOneOf(choices.join(', '));
  }
  if (row.vartype === 'integer' || row.vartype === 'real') {
    const number = inUnit(value, row.unit);
    if (number === undefined) return upkeepText.notANumber;
    const [low, high] = [Number(row.min_val), Number(row.max_val)];
    if (number < low || number > high)
      return upkeepText.outOfRange(String(row.min_val), String(row.max_val), row.unit ?? '');
  }
  return undefined;
}

/** True when a value in shared memory becomes smaller: then the primary must go first, or replicas would refuse to start. */
export function lowersSharedMemory(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): boolean {
  return sharedMemorySettings.some(
    (name) => Number(after[name] ?? Number.NaN) < Number(before[name] ?? Number.NaN),
  );
}

/** The editor's rows: what was wished, by whom, what runs, and whether a restart is due. */
export function settingRows(
  rows: readonly PgSetting[],
  derived: readonly { name: string; value: string; reason: Text }[],
  chosen: Readonly<Record<string, string>>,
): SettingRow[] {
  const reasons = new Map(derived.map((d) => [d.name, d]));
  return rows
    .filter((row) => !ownedSettings.has(row.name))
    .map((row) => {
      const by = reasons.get(row.name);
      const person = chosen[row.name];
      return {
        name: row.name,
        value: person ?? by?.value ?? row.setting,
        source: person !== undefined ? 'person' : by ? 'derived' : 'default',
        running: row.setting,
        unit: row.unit,
        context: row.context,
        description: row.short_desc,
        reason: person === undefined ? (by?.reason ?? null) : null,
        needsRestart: row.pending_restart === 'true' || row.pending_restart === 't',
        minimum: row.min_val,
        maximum: row.max_val,
        choices: row.enumvals === null ? null : row.enumvals.split(','),
      };
    });
}
