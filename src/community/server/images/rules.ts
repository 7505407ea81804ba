/** Larger than what a camera phone writes after its own compression. */
export const imageBytesAtMost = 8 * 1024 ** 2;

/** What a member of a trust level may upload. Newcomers have room for a question with screenshots, not for a store of pictures. */
export function imageLimits(trustLevel: number): { aDay: number; bytesAltogether: number } {
  if (trustLevel <= 0) return { aDay: 10, bytesAltogether: 50 * 1024 ** 2 };
  if (trustLevel === 1) return { aDay: 50, bytesAltogether: 500 * 1024 ** 2 };
  return { aDay: 200, bytesAltogether: 5 * 1024 ** 3 };
}
