/** A bucket of tokens: `limit` at most, filled again evenly over `windowSeconds`. */
export type Rate = { limit: number; windowSeconds: number };

/** Buckets in this process's memory, for what is plenty; scarce things use `takeRate`. */
export type RateLimiter = {
  /** Takes one token; returns 0, or the seconds until there will be one. */
  take(key: string, rate: Rate): number;
  /** Whole tokens that are left now. */
  left(key: string, rate: Rate): number;
  size(): number;
};

/** More callers than this at once are an attack; the longest unseen are forgotten. */
const keysAtMost = 100_000;

/** An empty set of buckets. */
export function createRateLimiter(nowSeconds: () => number = () => performance.now() / 1000): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const tokensOf = (key: string, { limit, windowSeconds }: Rate, now: number) => {
    const bucket = buckets.get(key) ?? { tokens: limit, at: now };
    return Math.min(limit, bucket.tokens + ((now - bucket.at) * limit) / windowSeconds);
  };
  return {
    size: () => buckets.size,
    left: (key, rate) => Math.floor(tokensOf(key, rate, nowSeconds())),
    take(key, rate) {
      const { limit, windowSeconds } = rate;
      const now = nowSeconds();
      const tokens = tokensOf(key, rate, now);
      // Put in again at the end, so that the front of the map is what was not seen for longest.
      buckets.delete(key);
      const taken = tokens >= 1;
      buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at: now });
      if (buckets.size > keysAtMost) buckets.delete(buckets.keys().next().value ?? '');
      return taken ? 0 : ((1 - tokens) * windowSeconds) / limit;
    },
  };
}

/** The part of an address that one customer has: all of IPv4, the first 64 bits of IPv6. */
export function addressKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped) return mapped[1] ?? ip;
  if (!ip.includes(':')) return ip;
  const [front = '', back = ''] = ip.toLowerCase().split('::');
  const head = front === '' ? [] : front.split(':');
  const tail = back === '' ? [] : back.split(':');
  const zeros = ip.includes('::') ? Array.from({ length: 8 - head.length - tail.length }, () => '0') : [];
  const groups = [...head, ...zeros, ...tail].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.join(':')}::/64`;
}
