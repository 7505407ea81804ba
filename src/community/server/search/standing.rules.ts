/** What is known of a post's worth when it is indexed. */
export type Worth = {
  score: number;
  isAccepted: boolean;
  isVerified: boolean;
  isFeatured: boolean;
  /** Milliseconds since 1970. */
  publishedAt: number;
};

const yearMs = 365.25 * 86_400_000;
/** Standing counts from here, so that a single-precision number keeps hours apart. */
const epoch = Date.UTC(2020, 0, 1);

/**
 * A number that orders documents which fit a search equally well. Two years of age weigh as much as an acceptance, four
 * times the votes as much as another half; a fixed number for a fixed post, because newness is the date and not the age.
 */
export function standingOf({ score, isAccepted, isVerified, isFeatured, publishedAt }: Worth): number {
  const worth = Math.sign(score) * Math.log2(1 + Math.abs(score)) * 0.25;
  const marks = (isAccepted ? 1 : 0) + (isVerified ? 1 : 0) + (isFeatured ? 0.75 : 0);
  return worth + marks + (publishedAt - epoch) / (2 * yearMs);
}
