import { createHash } from 'node:crypto';

/** The ARN of a user; its path begins and ends in a slash. */
export function userArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:user${path}${name}`;
}

/** The ARN of a group. */
export function groupArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:group${path}${name}`;
}

/** The ARN of a role. */
export function roleArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:role${path}${name}`;
}

/** The ARN of a managed policy. */
export function policyArn(accountId: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:policy${path}${name}`;
}

/** The ARN of a role's session; it does not show the role's path. */
export function sessionArn(accountId: string, roleName: string, sessionName: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
}

/** The ARN of the account's own root. */
export function rootArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}

/** The ARN of a bucket, or of an object in it. */
export function s3Arn(bucket: string, key?: string): string {
  return key === undefined ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`;
}

/** What a unique id begins with (IAM user guide, "Understanding unique ID prefixes"). */
export type UniqueIdPrefix = 'AIDA' | 'AGPA' | 'AROA' | 'ANPA';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const UNIQUE_ID_LETTERS = 17;

/** A unique id made of 17 random bytes or more. */
export function uniqueIdFrom(prefix: UniqueIdPrefix, random: Uint8Array): string {
  let letters = '';
  for (const byte of random.subarray(0, UNIQUE_ID_LETTERS)) letters += BASE32.charAt(byte % BASE32.length);
  return prefix + letters;
}

/** The unique id of a user, which its canonical id decides: both are random and stay for life. */
export function userUniqueId(canonicalId: string): string {
  return uniqueIdFrom('AIDA', createHash('sha256').update(canonicalId).digest());
}
