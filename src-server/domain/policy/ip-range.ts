/** Addresses that a policy's `aws:SourceIp` value or a key's limit names: one address or a CIDR block. */
export interface IpRange {
  readonly source: string;
  /** False too for what is no address. */
  contains(address: string): boolean;
}

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const IPV6_GROUP = /^[0-9a-f]{1,4}$/i;
const IPV6_GROUPS = 8;

/** Reads `203.0.113.0/24`, `2001:db8::/32` or a single address; undefined for anything else. */
export function parseIpRange(source: string): IpRange | undefined {
  const [text = '', length, ...rest] = source.split('/');
  const base = parseAddress(text);
  if (base === undefined || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const prefix = length === undefined ? base.bits : Number(length);
  if (prefix > base.bits) return undefined;
  const shift = BigInt(base.bits - prefix);
  return {
    source,
    contains: (candidate) => {
      const address = parseAddress(plainAddress(candidate));
      return address !== undefined && address.bits === base.bits && address.value >> shift === base.value >> shift;
    },
  };
}

/** An IPv4 address that came over an IPv6 socket (`::ffff:192.0.2.1`) as itself. */
export function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address);
  return mapped?.[1] ?? address;
}

function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  if (value === undefined) return undefined;
  return { bits: text.includes(':') ? 128 : 32, value };
}

function parseIpv4(text: string): bigint | undefined {
  const octets = IPV4.exec(text)?.slice(1).map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

/** RFC 4291 §2.2, without zones; the last 32 bits may be in IPv4's form. */
function parseIpv6(text: string): bigint | undefined {
  const last = text.slice(text.lastIndexOf(':') + 1);
  const embedded = last.includes('.') ? parseIpv4(last) : undefined;
  if (last.includes('.') && embedded === undefined) return undefined;
  const whole =
    embedded === undefined
      ? text
      : `${text.slice(0, -last.length)}${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`;
  const halves = whole.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail] = halves;
  if (halves.length > 2) return undefined;
  const missing = IPV6_GROUPS - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...(tail === undefined ? [] : [...Array<string>(missing).fill('0'), ...tail])];
  if (!groups.every((group) => IPV6_GROUP.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
