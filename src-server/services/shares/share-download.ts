import { findShareTicket } from '../../db/tables/share-ticket.ts';
import { Failure } from '../../domain/failure.ts';
import type { EpochMs } from '../../domain/ids.ts';
import type { BodyChunk } from '../../storage/body-store.ts';
import type { Catalogue, ServiceContext } from '../context.ts';
import { MovedBytes } from './moved-bytes.ts';
import { type OpenShare, openShare } from './open-share.ts';
import { publishShare } from './publish-share.ts';
import { hashShareToken, isShareToken } from './share-token.ts';
import { type ShareVisitor, shortVisitor } from './share-use.ts';

/** A download that began can be gone on with for so long. */
export const TICKET_LIFE_MS = 24 * 3_600_000;
/** What one download may move: enough for broken ones that are resumed, too little to pass the ticket on. */
const TICKET_BYTES_FACTOR = 3;
const TICKET_BYTES_EXTRA = 4096;
const moved = new WeakMap<Catalogue, MovedBytes>();

export interface DownloadStart {
  /** What its bytes will be got with: ranges and resumes with it are the same download. */
  readonly ticket: string;
  /** What of the link, relative to its base; a folder, as an archive, ends with `/` or is `''`. */
  readonly path: string;
  /** What it is called. */
  readonly subject: string;
  readonly visitor: ShareVisitor;
}

/** Counts a download, durably. False where the link has none left: of many at once no more than the limit get one. */
export async function startDownload(
  context: ServiceContext,
  { share }: OpenShare,
  { ticket, path, subject, visitor }: DownloadStart,
): Promise<boolean> {
  const nowMs = context.now();
  const started = await context.engine.submit('start-share-download', {
    shareId: share.id,
    ticketHash: hashShareToken(ticket),
    path,
    subject,
    nowMs,
    // A time, as its parts are.
    dropBeforeMs: (nowMs - TICKET_LIFE_MS) as EpochMs,
    ...shortVisitor(visitor),
  });
  if (started) publishShare(context, share, 'downloaded');
  return started;
}

/** The link of a ticket and what of it is downloaded; undefined for a ticket that is too old, or whose link is dead. */
export async function resumeDownload(
  context: ServiceContext,
  token: string,
  ticket: string,
): Promise<{ readonly open: OpenShare; readonly path: string } | undefined> {
  const open = await openShare(context, token, 'used-up');
  if (open === undefined || !isShareToken(ticket)) return undefined;
  const row = await context.catalogue.read((tx) => findShareTicket(tx, hashShareToken(ticket)));
  if (row === undefined || row.share_id !== open.share.id) return undefined;
  return context.now() < row.started_ms + TICKET_LIFE_MS ? { open, path: row.path } : undefined;
}

/** A ticket, the link it is of, and the size of what it downloads. */
export interface MeteredDownload {
  readonly open: OpenShare;
  readonly ticket: string;
  readonly wholeBytes: number;
}

/**
 * Passes the bytes of a ticket's download on, and counts them. Broken downloads that are resumed have enough; where one ticket
 * is handed around they run out, and the connection breaks. Remembered by this process only: what was counted durably is the download.
 */
export async function* meterTicket(
  context: ServiceContext,
  { open: { share }, ticket, wholeBytes }: MeteredDownload,
  chunks: AsyncIterable<BodyChunk>,
): AsyncGenerator<BodyChunk> {
  const known = movedOf(context);
  for await (const chunk of chunks) {
    const sum = known.add(ticket, chunk.sizeBytes, share.download_limit !== null, context.now());
    if (sum > wholeBytes * TICKET_BYTES_FACTOR + TICKET_BYTES_EXTRA) {
      chunk.release();
      throw new Failure('SlowDown', 'one download moved its bytes several times');
    }
    yield chunk;
  }
}

/** Has this ticket any bytes left? */
export function hasBytesLeft(context: ServiceContext, { ticket, wholeBytes }: MeteredDownload): boolean {
  return movedOf(context).get(ticket) < wholeBytes * TICKET_BYTES_FACTOR + TICKET_BYTES_EXTRA;
}

function movedOf({ catalogue }: ServiceContext): MovedBytes {
  let known = moved.get(catalogue);
  if (known === undefined) {
    known = new MovedBytes(TICKET_LIFE_MS);
    moved.set(catalogue, known);
  }
  return known;
}
