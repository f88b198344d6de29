import dns from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

// Addresses of this machine and of networks behind it (RFC 6890), and those that carry an IPv4 address inside an IPv6 one:
// another system cannot make us knock there. ::ffff:0:0/96 is not among them: a BlockList holds a mapped address to the
// rules for IPv4 by itself, and with that subnet it would take every IPv4 address for one inside.
const INSIDE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv6');

/** Whether a host as a URL writes it can be told to lie inside without asking the name service. */
export function isInside(host: string): boolean {
  const name = host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (isIP(name) !== 0) return isInsideAddress(name);
  return name.endsWith('.localhost') || name.endsWith('.local') || !name.includes('.');
}

function isInsideAddress(address: string): boolean {
  return INSIDE.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/** Looks a name up for one connection: the very addresses that are judged are those that are connected to. */
const outsideAlone: LookupFunction = (host, options, done) => {
  dns.lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 0);
    if (addresses.length === 0 || addresses.some(({ address }) => isInsideAddress(address)))
      return done(new Error('the address lies inside this network'), '', 0);
    if (options.all) return done(null, addresses);
    return done(null, addresses[0]!.address, addresses[0]!.family);
  });
};

export type Outside = {
  headers: Record<string, string>;
  body: string | Uint8Array;
  inside: boolean;
  patience_ms: number;
  /** How much of the answer is read; nothing without it. */
  answer_bytes?: number;
};

/**
 * Posts a body to another system and gives the HTTP status of its answer; redirects are not followed, nothing of the
 * answer is read. Without `inside` an address within this machine's own networks is refused, also when a name that was
 * harmless a moment ago now leads there. Errors: whatever keeps the answer from coming within `patience_ms`.
 */
export async function postOutside(url: URL, message: Outside): Promise<number> {
  return (await askOutside(url, message)).status;
}

/** Like `postOutside`, with the beginning of the answer, at most `answer_bytes` of it. */
export function askOutside(url: URL, message: Outside): Promise<{ status: number; body: string }> {
  if (!message.inside && isInside(url.hostname))
    return Promise.reject(new Error('the address lies inside this network'));
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, {
      method: 'POST',
      headers: { ...message.headers, 'content-length': String(Buffer.byteLength(message.body)) },
      signal: AbortSignal.timeout(message.patience_ms),
      // A connection of its own each time: a kept one would pass the judging by.
      agent: false,
      ...(!message.inside && { lookup: outsideAlone }),
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const status = response.statusCode ?? 0;
      const parts: Buffer[] = [];
      let length = 0;
      const done = () => {
        resolve({ status, body: Buffer.concat(parts).subarray(0, message.answer_bytes).toString() });
        response.destroy();
      };
      if (!message.answer_bytes) return done();
      response.on('data', (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length >= message.answer_bytes!) done();
      });
      response.once('error', reject);
      response.once('end', done);
    });
    request.end(message.body);
  });
}
