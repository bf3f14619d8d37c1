import { matchesETag } from '../../domain/etag.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketId, ETag, ObjectKey } from '../../domain/ids.ts';
import { type ByteRange, parseRange } from '../../domain/ranges.ts';
import type { BodyChunk } from '../../storage/body-store.ts';
import type { ServiceContext } from '../context.ts';
import type { WantedBytes } from '../objects/select-bytes.ts';
import { type EntryReader, requireChosenVersions } from './open-entry.ts';
import type { PlanFacts } from './plan-format.ts';
import { readZip, type ZipWindow } from './read-zip.ts';
import { openPlan } from './zip-links.ts';
import type { ZipPlan } from './zip-plan.ts';

/** What of an archive answers a request. `open` is called at most once. */
export interface ServedZip {
  readonly facts: PlanFacts;
  /** Undefined where it is the whole. */
  readonly range: ByteRange | undefined;
  /** Of this answer. */
  readonly sizeBytes: number;
  open(signal: AbortSignal): AsyncIterable<BodyChunk>;
}

export interface ZipUse {
  /** Closed by the time this resolves. */
  readonly plan: ZipPlan;
  /** Asked for every object, before its bytes are read. Throws AccessDenied. */
  mayRead(key: ObjectKey): Promise<void>;
}

/**
 * Decides which bytes of a planned archive answer a request, and looks whether what comes next is still there.
 *
 * @throws Failure PreconditionFailed (412) where a chosen version is gone, AccessDenied, InvalidRange (416)
 */
export async function answerZip(context: ServiceContext, use: ZipUse, wanted: WantedBytes): Promise<ServedZip> {
  const { plan, mayRead } = use;
  const { facts, id } = plan;
  // Planned with this very id.
  const reader: EntryReader = { context, bucketId: facts.bucketId as BucketId, mayRead };
  try {
    const range = rangeOf(facts, wanted);
    const window =
      range === undefined ? { start: 0, end: facts.sizeBytes } : { start: range.start, end: range.end + 1 };
    await requireChosenVersions(reader, plan.entriesFrom(window.start));
    const open = (signal: AbortSignal) => readAgain(reader, id, window, signal);
    return { facts, range, sizeBytes: window.end - window.start, open };
  } finally {
    await plan.close();
  }
}

function rangeOf({ etag, sizeBytes }: PlanFacts, wanted: WantedBytes): ByteRange | undefined {
  if (wanted.kind !== 'range') return undefined;
  const { ifRange, header } = wanted;
  // Minted by the plan, from all versions it chose.
  if (ifRange !== undefined && (ifRange.kind === 'date' || !matchesETag(ifRange.condition, etag as ETag))) {
    return undefined;
  }
  return parseRange(header, sizeBytes);
}

/** With files of its own: an answer without a body, to HEAD, must leave none open. */
async function* readAgain(
  reader: EntryReader,
  id: string,
  window: ZipWindow,
  signal: AbortSignal,
): AsyncGenerator<BodyChunk> {
  const plan = await openPlan(reader.context, id);
  if (plan === undefined) throw new Failure('PreconditionFailed');
  try {
    yield* readZip(reader, plan, window, signal);
  } finally {
    await plan.close();
  }
}
