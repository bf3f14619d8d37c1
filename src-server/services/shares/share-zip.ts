import { isFailure } from '../../domain/failure.ts';
import type { ObjectKey } from '../../domain/ids.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { WantedBytes } from '../objects/select-bytes.ts';
import { answerZip, type ServedZip } from '../zip/answer-zip.ts';
import { planZip } from '../zip/plan-zip.ts';
import { openPlan } from '../zip/zip-links.ts';
import type { OpenShare } from './open-share.ts';
import { startDownload, TICKET_LIFE_MS } from './share-download.ts';
import { itemsOfShare, nameOfKey, prefixOfPath } from './share-items.ts';
import { hashShareToken, newShareToken } from './share-token.ts';
import type { ShareVisitor } from './share-use.ts';

/** A download of a folder, or of all that was chosen, as one archive. */
export interface StartedZip {
  readonly ticket: string;
  readonly fileName: string;
}

/**
 * Plans an archive of a folder of a link, or of all that was chosen for it, and counts one download. Undefined where the link
 * has none left. Throws NoSuchKey where there is nothing in it, SlowDown where others are being planned,
 * RequestTimeout where the visitor left.
 */
export async function startZip(
  context: ServiceContext,
  open: OpenShare,
  path: string,
  visitor: ShareVisitor,
  signal: AbortSignal,
): Promise<StartedZip | undefined> {
  const ticket = newShareToken();
  const { share, bucket, identity } = open;
  const chosen = selectionOf(open, path);
  const fileName = `${nameOfKey(chosen.base) || share.bucket_name}.zip`;
  await planZip(context, {
    ...chosen,
    atMs: undefined,
    id: planOf(ticket),
    bucket,
    fileName,
    holder: holderOf(open),
    asker: 'links',
    signal,
    expiresAtMs: context.now() + TICKET_LIFE_MS,
    mayRead: (key) => authorize(context, { identity, iamAction: 's3:GetObject', bucket, key }),
  });
  const isStarted = await startDownload(context, open, { ticket, path, subject: fileName, visitor });
  return isStarted ? { ticket, fileName } : undefined;
}

/** The archive of a ticket that `resumeDownload` knows; undefined where its plan is gone. Throws as `answerZip`. */
export async function resumeZip(
  context: ServiceContext,
  open: OpenShare,
  ticket: string,
  wanted: WantedBytes,
): Promise<ServedZip | undefined> {
  const plan = await openPlan(context, planOf(ticket));
  if (plan === undefined) return undefined;
  const { identity, bucket } = open;
  if (plan.facts.holder !== holderOf(open) || plan.facts.bucketId !== open.share.bucket_id) {
    await plan.close();
    return undefined;
  }
  const mayRead = (key: ObjectKey) => authorize(context, { identity, iamAction: 's3:GetObject', bucket, key });
  try {
    return await answerZip(context, { plan, mayRead }, wanted);
  } catch (error) {
    if (isFailure(error, 'AccessDenied', 'NoSuchBucket')) return undefined;
    throw error;
  }
}

function selectionOf({ share }: OpenShare, path: string): { base: string; keys: string[]; prefixes: string[] } {
  if (share.kind !== 'selection' || path !== '') {
    const prefix = prefixOfPath(share, path);
    return { base: prefix, keys: [], prefixes: [prefix] };
  }
  const items = itemsOfShare(share);
  const prefixes = items.filter((item) => item.endsWith('/'));
  return { base: share.base, keys: items.filter((item) => !item.endsWith('/')), prefixes };
}

function holderOf({ share }: OpenShare): string {
  return `share:${share.id}`;
}

function planOf(ticket: string): string {
  return hashShareToken(ticket).toString('hex');
}
