import { createHmac, timingSafeEqual } from 'node:crypto';

/** RFC 4648 §6: what authenticator apps read. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** RFC 6238's defaults, which every app knows: SHA-1, 30 s, 6 digits. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** Clocks of phones differ: the step before and the one after are taken too (RFC 6238 §5.2). */
const WINDOW_STEPS = [0, -1, 1];
/** As long as the hash, as RFC 4226 §4 recommends. */
export const TOTP_SECRET_BYTES = 20;

/** The time step that a moment lies in. */
export function stepAt(atMs: number): number {
  return Math.floor(atMs / STEP_MS);
}

/** The code of a time step (RFC 4226 §5.3, RFC 6238 §4). */
export function totpCode(secret: Uint8Array, step: number, digits: number = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/** The time step around `atMs` whose code this is, or undefined. Takes as long for every code of six digits. */
export function stepOfCode(secret: Uint8Array, code: string, atMs: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const given = Buffer.from(code);
  const steps = WINDOW_STEPS.map((by) => stepAt(atMs) + by);
  const matches = steps.filter((step) => timingSafeEqual(Buffer.from(totpCode(secret, step)), given));
  return matches[0];
}

/** A secret as a person may have to type it. */
export function toTotpText(secret: Uint8Array): string {
  let bits = '';
  for (const byte of secret) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** What a QR code for an authenticator app holds (github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export function otpauthUri(issuer: string, account: string, secret: Uint8Array): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${toTotpText(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
