import type { Conflict, FlagKind, ModerationSettings } from '#src/community/contract/moderation.ts';
import { contains, isUnder, normalise } from './text.rules.ts';

/** An organisation that somebody works for or manages. */
export type Employer = { id: string; name: string; slug: string; website: string };

export type Judged = {
  authorId: string;
  /** Where the author worked when it was published, and where now. */
  organisationIds: readonly (string | null)[];
  title: string;
  /** As look-at-text gives it: words in one form. */
  plain: string;
  hosts: readonly string[];
  tags: readonly string[];
};

/**
 * Why a reviewer may not decide about a writing: it is their own, by a colleague, or about who employs them. Undefined when
 * nothing stands between them.
 */
export function conflictOf(
  reviewer: { id: string; employers: readonly Employer[] },
  judged: Judged,
): Conflict | undefined {
  if (judged.authorId === reviewer.id) return { kind: 'self', organisation: '' };
  const by = reviewer.employers.find(({ id }) => judged.organisationIds.includes(id));
  if (by) return { kind: 'colleague', organisation: by.name };
  const about = reviewer.employers.find((employer) => isAbout(employer, judged));
  return about && { kind: 'employer', organisation: about.name };
}

function isAbout({ name, slug, website }: Employer, { plain, hosts, tags }: Judged): boolean {
  const named = normalise(name);
  if (named.length >= 2 && contains(plain, named)) return true;
  if (tags.some((tag) => tag === slug || tag === named)) return true;
  const host = URL.canParse(website) ? new URL(website).hostname.replace(/^www\./, '') : '';
  return host !== '' && hosts.some((one) => isUnder(one, host));
}

/** How much a flag counts, in tenths: by the flagger's trust, and by how often their flags were right. */
export function weightOf(trustLevel: number, record: { agreed: number; declined: number }): number {
  const base = [5, 10, 12, 15, 20][trustLevel] ?? 10;
  const decided = record.agreed + record.declined;
  // From five decided flags on it is known whether somebody flags well.
  const factor = decided < 5 ? 1 : 0.5 + record.agreed / decided;
  return Math.max(1, Math.round(base * factor));
}

/** Whether the open flags hide a writing until somebody looks. */
export function flagsHide(
  flags: readonly { kind: FlagKind; weight: number; flaggerLevel: number }[],
  authorLevel: number,
  settings: ModerationSettings,
): boolean {
  if (flags.length >= settings.flaggersToHide) return true;
  if (flags.reduce((sum, { weight }) => sum + weight, 0) >= settings.flagWeightToHide) return true;
  // A regular who sees spam of somebody unknown is believed at once.
  return authorLevel === 0 && flags.some(({ kind, flaggerLevel }) => kind === 'spam' && flaggerLevel >= 3);
}
