import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { findSessionById } from '../../db/tables/session.ts';
import type { BucketId, BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { identityOf } from '../access/user-identity.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { Catalogue, ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { endOfSession } from '../sessions/session-rules.ts';

export interface ContentLinkRequest {
  /** The session that asks; the link ends with it. */
  readonly sessionId: string;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  /** Undefined: whichever is current. */
  readonly versionId: VersionId | undefined;
  /** To be saved, never shown. */
  readonly download: boolean;
}

/** What a link leads to, and on whose behalf: the caller still has to ask whether that user may read it. */
export interface ContentLink extends ContentLinkRequest {
  readonly user: UserIdentity;
}

interface Kept extends ContentLinkRequest {
  readonly bucketId: BucketId;
  readonly expiresAtMs: number;
}

export const CONTENT_LINK_MS = 300_000;
const TOKEN_BYTES = 32;
const MAX_LINKS = 10_000;
const kept = new WeakMap<Catalogue, LRUCache<string, Kept>>();

/**
 * Makes a token that reads one object for five minutes, for what a browser loads without the session's cookie. In memory
 * only. Throws NoSuchBucket.
 */
export async function makeContentLink(context: ServiceContext, request: ContentLinkRequest): Promise<string> {
  const { id } = await requireBucket(context, request.bucket);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  linksOf(context).set(token, { ...request, bucketId: id, expiresAtMs: context.now() + CONTENT_LINK_MS });
  return token;
}

/** The link of a token; undefined once it is too old, its session has ended, its user is disabled or the bucket another. */
export async function findContentLink(context: ServiceContext, token: string): Promise<ContentLink | undefined> {
  const link = linksOf(context).get(token);
  if (link === undefined || context.now() >= link.expiresAtMs) return undefined;
  const found = await context.catalogue.read((tx) => findSessionById(tx, link.sessionId));
  if (found === undefined || context.now() >= endOfSession(found.session)) return undefined;
  const bucket = await requireBucket(context, link.bucket);
  return bucket.id === link.bucketId ? { ...link, user: identityOf(found.user, null) } : undefined;
}

function linksOf({ catalogue }: ServiceContext): LRUCache<string, Kept> {
  let links = kept.get(catalogue);
  if (links === undefined) {
    links = new LRUCache<string, Kept>({ max: MAX_LINKS });
    kept.set(catalogue, links);
  }
  return links;
}
