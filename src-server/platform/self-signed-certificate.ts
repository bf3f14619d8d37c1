import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import {
  derBitString,
  derElement,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derSet,
  derTime,
  derUtf8,
} from './der.ts';

const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
};
const DER_TRUE = Buffer.from([0x01, 0x01, 0xff]);

export interface SelfSignedRequest {
  readonly commonName: string;
  /** DNS names and IP addresses that clients will use. */
  readonly names: readonly string[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/**
 * Makes a P-256 key and a server certificate for it, signed by itself (X.509 v3, RFC 5280). It is no CA, because strict
 * clients refuse a CA's certificate as a server's.
 *
 * @returns both as PEM
 */
export function makeSelfSignedCertificate(request: SelfSignedRequest): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = certificateBody(request, publicKey);
  const signature = sign('sha256', body, privateKey);
  const certificate = derSequence(body, derSequence(derOid(OID.ecdsaWithSha256)), derBitString(signature));
  return { cert: pem('CERTIFICATE', certificate), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function certificateBody(
  { commonName, names, notBeforeMs, notAfterMs }: SelfSignedRequest,
  publicKey: KeyObject,
): Buffer {
  const name = derSequence(derSet(derSequence(derOid(OID.commonName), derUtf8(commonName))));
  const version3 = derElement(0xa0, derInteger(Buffer.from([2])));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return derSequence(
    version3,
    derInteger(serial),
    derSequence(derOid(OID.ecdsaWithSha256)),
    name,
    derSequence(derTime(notBeforeMs), derTime(notAfterMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    derElement(0xa3, derSequence(...extensions(names))),
  );
}

function extensions(names: readonly string[]): Buffer[] {
  const digitalSignature = derBitString(Buffer.from([0x80]), 7);
  return [
    derSequence(derOid(OID.basicConstraints), DER_TRUE, derOctetString(derSequence())),
    derSequence(derOid(OID.keyUsage), DER_TRUE, derOctetString(digitalSignature)),
    derSequence(derOid(OID.extendedKeyUsage), derOctetString(derSequence(derOid(OID.serverAuth)))),
    derSequence(derOid(OID.subjectAltName), derOctetString(derSequence(...names.map(generalName)))),
  ];
}

function generalName(name: string): Buffer {
  const kind = isIP(name);
  if (kind === 0) return derElement(0x82, Buffer.from(name, 'ascii'));
  return derElement(0x87, kind === 4 ? Buffer.from(name.split('.').map(Number)) : ipv6Bytes(name));
}

function ipv6Bytes(address: string): Buffer {
  // A URL writes every IPv6 address in one canonical form, with IPv4 tails turned into groups.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'));
  const left = groups(head);
  const right = groups(tail);
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const bytes = Buffer.alloc(16);
  [...left, ...zeros, ...right].forEach((group, index) => {
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2);
  });
  return bytes;
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
