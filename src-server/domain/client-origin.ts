import { type IpRange, parseIpRange, plainAddress } from './policy/ip-range.ts';

/** What is known of a connection and of what the nearest hop says of the ones before it. */
export interface Hop {
  readonly socketAddress: string | undefined;
  readonly isTls: boolean;
  /** All lines of the header, joined by `,`. */
  readonly forwardedFor: string | undefined;
  readonly forwardedProto: string | undefined;
}

/** Where a request came from. */
export interface ClientOrigin {
  /** Lower-case; an IPv4 address that came over an IPv6 socket as itself. */
  readonly address: string | undefined;
  /** Did the client speak TLS, to us or to the proxy before us? */
  readonly isSecure: boolean;
}

export type OriginRule = (hop: Hop) => ClientOrigin;

/**
 * The rule for a list of trusted proxies (addresses and CIDR blocks). `X-Forwarded-For` and `X-Forwarded-Proto` count only from those,
 * the first one read from the right up to the first hop that is not trusted: what stands further left anybody may have written
 * (RustFS CVE-2026-21862). With an empty list the socket alone is believed.
 */
export function originRule(trustedProxies: readonly string[]): OriginRule {
  const trusted = trustedProxies.map(parseIpRange).filter((range): range is IpRange => range !== undefined);
  const isTrusted = (address: string): boolean => trusted.some((range) => range.contains(address));
  return ({ socketAddress, isTls, forwardedFor, forwardedProto }) => {
    const peer = socketAddress === undefined ? undefined : plainAddress(socketAddress.toLowerCase());
    if (trusted.length === 0 || peer === undefined || !isTrusted(peer)) return { address: peer, isSecure: isTls };
    return { address: firstStranger(peer, forwardedFor, isTrusted), isSecure: saysHttps(forwardedProto, isTls) };
  };
}

function firstStranger(
  peer: string,
  forwardedFor: string | undefined,
  isTrusted: (address: string) => boolean,
): string {
  let nearest = peer;
  for (const entry of (forwardedFor ?? '').split(',').reverse()) {
    const address = hopAddress(entry.trim());
    // A hop that cannot be read ends what can be believed.
    if (address === undefined) return nearest;
    nearest = address;
    if (!isTrusted(address)) return nearest;
  }
  return nearest;
}

/** `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`. */
function hopAddress(entry: string): string | undefined {
  const bare = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(entry)?.[1] ?? entry;
  const address = plainAddress(bare.toLowerCase());
  return address.includes('/') || parseIpRange(address) === undefined ? undefined : address;
}

/** Every hop has to say so: one of them without TLS and the way is not secure. */
function saysHttps(forwardedProto: string | undefined, isTls: boolean): boolean {
  if (forwardedProto === undefined) return isTls;
  return forwardedProto.split(',').every((proto) => proto.trim().toLowerCase() === 'https');
}
