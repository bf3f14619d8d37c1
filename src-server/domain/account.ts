/** Names of users: IAM's rule, since they stand in ARNs (IAM/latest/APIReference, CreateUser). */
export const USER_NAME = /^[A-Za-z0-9+=,.@_-]{1,64}$/;
/** The name of the break-glass user; nobody else can have it. */
export const ROOT_USER_NAME = 'root';
/** AWS account ids. */
export const ACCOUNT_ID = /^[0-9]{12}$/;
/** Canonical user ids, as ACLs and Owner elements show them. */
export const CANONICAL_ID = /^[0-9a-f]{64}$/;

const TEN_TO_12 = 1_000_000_000_000n;

/** An account id made of random bytes (at least eight). */
export function accountIdFrom(random: Uint8Array): string {
  const value = Buffer.from(random).readBigUInt64BE(0) % TEN_TO_12;
  return value.toString().padStart(12, '0');
}

/** A canonical id made of 32 random bytes. */
export function canonicalIdFrom(random: Uint8Array): string {
  return Buffer.from(random).toString('hex');
}
