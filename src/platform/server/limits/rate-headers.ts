import type { Rate } from './rate-limit.ts';

/** What a limit is and what is left of it, as programs read it (draft-ietf-httpapi-ratelimit-headers-10). */
export function rateHeaders(
  name: string,
  { limit, windowSeconds }: Rate,
  { left, fullInSeconds }: { left: number; fullInSeconds: number },
): Record<string, string> {
  return {
    'ratelimit-policy': `"${name}";q=${limit};w=${Math.ceil(windowSeconds)}`,
    ratelimit: `"${name}";r=${left};t=${Math.ceil(fullInSeconds)}`,
  };
}
