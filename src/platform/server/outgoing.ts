import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** An answer from outside: its status and the beginning of its body. */
export type OutsideAnswer = { status: number; body: string; retryAfterSeconds: number | undefined };

/** The request was not sent, or nothing came back in time. */
export class OutgoingProblem extends Error {
  override name = 'OutgoingProblem';
  /** True when the address is one that must not be asked, now or later. */
  readonly refused: boolean;
  constructor(message: string, refused = false, options?: ErrorOptions) {
    super(message, options);
    this.refused = refused;
  }
}

const timeoutMs = 10_000;
const answerBytesAtMost = 64 * 1024;

/** Networks that are not the public internet (RFC 6890 and its kin). */
const closed: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
];

const closedList = new BlockList();
for (const [address, prefix, family] of closed) closedList.addSubnet(address, prefix, family);
/** Of IPv6 only what is given out as public; addresses that wrap an IPv4 one say so in other ways than they look. */
const openSix = new BlockList();
openSix.addSubnet('2000::', 3, 'ipv6');
const closedSix = new BlockList();
for (const [address, prefix] of [
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['64:ff9b::', 96],
] as const) {
  closedSix.addSubnet(address, prefix, 'ipv6');
}

/** Which addresses may be asked: public ones, and those of the networks named (`10.0.0.0/8,fd00::/8`); throws for what is no network. */
export function allowedAddresses(networks: string): (address: string) => boolean {
  const allowed = new BlockList();
  for (const network of networks.split(',').map((one) => one.trim())) {
    if (network === '') continue;
    const [address = '', prefix = ''] = network.split('/');
    const family = isIP(address);
    if (family === 0 || !/^\d{1,3}$/.test(prefix)) {
      throw new Error(`OUTGOING_NETWORKS: ${network} is no network such as 10.0.0.0/8`);
    }
    allowed.addSubnet(address, Number(prefix), family === 6 ? 'ipv6' : 'ipv4');
  }
  return (given) => {
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(given)?.[1];
    const address = mapped ?? given;
    const family = isIP(address);
    if (family === 0) return false;
    if (allowed.check(address, family === 6 ? 'ipv6' : 'ipv4')) return true;
    return family === 4
      ? !closedList.check(address, 'ipv4')
      : openSix.check(address, 'ipv6') && !closedSix.check(address, 'ipv6');
  };
}

let isAllowed = allowedAddresses('');

/** Says which networks that are not public may be asked all the same; each program that asks calls it once, at its start. */
export function setOutgoingNetworks(networks: string): void {
  isAllowed = allowedAddresses(networks);
}

/**
 * Posts to an address that a person gave: only to public ones and the networks set, with the address that was looked at and no
 * other, without following redirects, ten seconds at most. Throws an OutgoingProblem when there is no answer.
 */
export async function postOutside(
  url: string,
  wish: { headers: Record<string, string>; body: string | Uint8Array },
): Promise<OutsideAnswer> {
  const { protocol, hostname } = new URL(url);
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:' && protocol !== 'http:') {
    throw new OutgoingProblem('only http and https are asked', true);
  }
  if (isIP(bare) !== 0 && !isAllowed(bare)) throw notAllowed(bare);
  const start = protocol === 'https:' ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const request = start(url, {
      method: 'POST',
      headers: {
        ...wish.headers,
        'content-length': String(Buffer.byteLength(wish.body)),
        'user-agent': 'Elepherd',
      },
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      // The very address that was checked is the one connected to: a name that changes its mind in between gains nothing.
      lookup: (name, options, callback) => {
        resolveName(name, { ...options, all: true }, (error, found) => {
          if (error) return callback(error, [] as LookupAddress[]);
          const open = found.filter(({ address }) => isAllowed(address));
          if (open.length < found.length || open.length === 0) {
            return callback(notAllowed(name), [] as LookupAddress[]);
          }
          if (options.all) return callback(null, open);
          callback(null, open[0]?.address ?? '', open[0]?.family);
        });
      },
    });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= answerBytesAtMost) chunks.push(chunk);
        else response.destroy();
      });
      const end = () => {
        const after = Number(response.headers['retry-after']);
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          retryAfterSeconds: Number.isFinite(after) && after > 0 ? after : undefined,
        });
      };
      response.on('close', end);
    });
    request.on('error', (error) => {
      reject(
        error instanceof OutgoingProblem
          ? error
          : new OutgoingProblem(
              error.name === 'TimeoutError' || error.name === 'AbortError'
                ? 'no answer within ten seconds'
                : error.message,
              false,
              { cause: error },
            ),
      );
    });
    request.end(wish.body);
  });
}

const notAllowed = (host: string) => new OutgoingProblem(`${host} is not a public address`, true);
