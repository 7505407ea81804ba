/** What the rows say of a nominee, in the year of a round or ever. */
export type Dossier = {
  growth: number;
  articles: number;
  featured: number;
  answers: number;
  accepted: number;
  edits: number;
};
export type Judged = { id: number; scores: readonly number[]; dossier: Dossier };
export type Placed = { id: number; mean: number | null; place: number | null; isWinner: boolean };

/** Scores below this many say too little: who has fewer gets no place. */
export const scoresAtLeast = 2;

/**
 * The order of nominees: by the mean of the jury; of two alike the one who earned more reputation in the time, then the one
 * with more accepted answers; alike in all of that they share a place, and the next ones follow after as many. Who shares the
 * last winning place wins.
 */
export function placesOf(nominees: readonly Judged[], winners: number): Placed[] {
  const judged = nominees.map(({ id, scores, dossier }) => ({
    id,
    dossier,
    mean: scores.length < scoresAtLeast ? null : scores.reduce((sum, one) => sum + one, 0) / scores.length,
  }));
  const keyOf = ({ mean, dossier }: (typeof judged)[number]) => [mean ?? 0, dossier.growth, dossier.accepted];
  const isBefore = (a: number[], b: number[]) => {
    const at = a.findIndex((one, index) => one !== b[index]);
    return at !== -1 && a[at]! > b[at]!;
  };
  return judged.map((one) => {
    if (one.mean === null) return { id: one.id, mean: null, place: null, isWinner: false };
    const before = judged.filter((other) => other.mean !== null && isBefore(keyOf(other), keyOf(one)));
    const place = before.length + 1;
    return { id: one.id, mean: one.mean, place, isWinner: place <= winners };
  });
}

/** Why a juror may not score a nominee: it is themself, whom they nominated, or whom they work with. */
export function conflictOfJuror(
  juror: { id: string; employers: readonly string[] },
  nominee: { memberId: string; nominatedBy: string; employers: readonly string[] },
): 'self' | 'nominator' | 'colleague' | undefined {
  if (juror.id === nominee.memberId) return 'self';
  if (juror.id === nominee.nominatedBy) return 'nominator';
  return juror.employers.some((one) => nominee.employers.includes(one)) ? 'colleague' : undefined;
}

export type Phase = 'nominating' | 'scoring' | 'counting' | 'published';

/** Where a round stands at a moment. */
export function phaseOf(
  round: { nominateUntil: Date; scoreUntil: Date; publishedAt: Date | null },
  now: Date,
): Phase {
  if (round.publishedAt !== null) return 'published';
  if (now < round.nominateUntil) return 'nominating';
  return now < round.scoreUntil ? 'scoring' : 'counting';
}
