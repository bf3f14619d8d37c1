import * as z from 'zod';
import { Failure } from './failure.ts';
import { type PolicyKind, PolicySyntaxError, parsePolicy } from './policy/policy-document.ts';
import type { PolicyHolder } from './policy-holder.ts';

/** IAM's names of policies, groups and sessions (IAM API reference). */
const NAME = /^[\w+=,.@-]+$/;
const PATH = /^\/([!-~]+\/)?$/;
const MAX_PATH_LENGTH = 512;
const MAX_TAGS = 50;
const MAX_TAG_KEY_LENGTH = 128;
const MAX_TAG_VALUE_LENGTH = 256;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** IAM's quotas ("IAM and AWS STS quotas"), in characters without white space. */
export const MAX_MANAGED_POLICY = 6144;
export const MAX_TRUST_POLICY = 4096;
export const MAX_INLINE_POLICIES: Readonly<Record<PolicyHolder, number>> = { user: 2048, group: 5120, role: 10_240 };
export const MAX_ATTACHED_POLICIES = 20;
export const MAX_POLICY_VERSIONS = 5;
export const MAX_ROLES = 1000;
export const MAX_MANAGED_POLICIES = 1500;
/** Whose policies come with the product: nobody changes them. */
export const BUILT_IN_ACCOUNT = 'aws';

/** @throws Failure ValidationError */
export function checkIamName(name: string, parameter: string, maxLength: number): string {
  if (NAME.test(name) && name.length <= maxLength) return name;
  throw invalid(parameter);
}

/** @throws Failure ValidationError */
export function checkIamPath(path: string): string {
  if (PATH.test(path) && path.length <= MAX_PATH_LENGTH) return path;
  throw invalid('path');
}

function invalid(parameter: string): Failure {
  return new Failure('ValidationError', `The specified value for ${parameter} is invalid.`);
}

/** How much of a quota a policy takes: white space is free. */
export function policyWeight(document: string): number {
  return document.replace(/\s/g, '').length;
}

/**
 * A policy that may be stored.
 *
 * @param maxWeight characters without white space
 * @throws Failure MalformedPolicyDocument with what is wrong, LimitExceeded
 */
export function checkPolicyText(document: string, kind: PolicyKind, maxWeight: number): string {
  try {
    parsePolicy(document, kind);
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    throw new Failure('MalformedPolicyDocument', error.message);
  }
  if (policyWeight(document) > maxWeight) throw policyTooLarge(maxWeight);
  return document;
}

export function policyTooLarge(maxWeight: number): Failure {
  return new Failure('LimitExceeded', `Cannot exceed quota for PolicySize: ${maxWeight}`);
}

export type IamTags = Readonly<Record<string, string>>;

/**
 * Tags of IAM's things and of sessions.
 *
 * @throws Failure ValidationError, LimitExceeded
 */
export function checkIamTags(tags: readonly { readonly key: string; readonly value: string }[]): IamTags {
  const seen = new Set<string>();
  for (const { key, value } of tags) {
    const isGood = key !== '' && key.length <= MAX_TAG_KEY_LENGTH && value.length <= MAX_TAG_VALUE_LENGTH;
    if (!isGood || !TAG_TEXT.test(key) || !TAG_TEXT.test(value) || key.toLowerCase().startsWith('aws:')) {
      throw invalid('tags');
    }
    // A key in two cases would be two tags of one meaning.
    if (seen.has(key.toLowerCase())) throw new Failure('ValidationError', 'Duplicate tag keys found.');
    seen.add(key.toLowerCase());
  }
  if (tags.length > MAX_TAGS)
    throw new Failure('LimitExceeded', `Cannot exceed quota for TagsPerResource: ${MAX_TAGS}`);
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** Tags after some were put and some taken away. @throws Failure LimitExceeded */
export function changedTags(stand: IamTags, put: IamTags, removed: readonly string[]): IamTags {
  const tags: Record<string, string> = { ...stand };
  for (const [key, value] of Object.entries(put)) {
    for (const known of Object.keys(tags)) if (known.toLowerCase() === key.toLowerCase()) delete tags[known];
    tags[key] = value;
  }
  for (const key of removed) delete tags[key];
  if (Object.keys(tags).length > MAX_TAGS)
    throw new Failure('LimitExceeded', `Cannot exceed quota for TagsPerResource: ${MAX_TAGS}`);
  return tags;
}

const tagsColumn = z.record(z.string(), z.string());

/** Tags as a column of the catalogue has them. */
export function readIamTags(column: string | null): IamTags {
  return column === null ? {} : tagsColumn.parse(JSON.parse(column));
}
