import type { ChecksumAlgorithm, StoredChecksum } from '../../domain/checksum.ts';
import { etagOfMd5 } from '../../domain/etag.ts';
import { isFailure } from '../../domain/failure.ts';
import type { ETag } from '../../domain/ids.ts';
import { OutcomeUnknown } from '../../engine/commit-engine.ts';
import type { DigestAlgorithm, StagedBody, StageRequest } from '../../storage/body-store.ts';
import type { ServiceContext } from '../context.ts';
import type { IncomingBody } from './incoming-body.ts';

/** A staged body whose digests agree with everything that was claimed of it. */
export interface VerifiedBody {
  readonly staged: StagedBody;
  readonly etag: ETag;
  /** Of the algorithm that was asked for, over all bytes. */
  readonly checksum: StoredChecksum;
}

/**
 * Brings a body to where a command can name it, and checks it. When this rejects, nothing is left of it; when it resolves,
 * `commitStaged` must follow.
 *
 * @param algorithm of the checksum to be stored
 * @throws Failure of the body (IncompleteBody, BadDigest, …), InsufficientStorage
 */
export async function stageBody(
  context: ServiceContext,
  body: IncomingBody,
  algorithm: ChecksumAlgorithm,
  request: Omit<StageRequest, 'expectedSizeBytes' | 'digests'>,
): Promise<VerifiedBody> {
  const digests = [...new Set<DigestAlgorithm>(['MD5', algorithm, ...body.neededDigests])];
  const staged = await takeBytes(context, body, { ...request, expectedSizeBytes: body.sizeBytes, digests });
  try {
    body.verify(staged.digests);
    return {
      staged,
      etag: etagOfMd5(digestOf(staged, 'MD5')),
      checksum: { algorithm, type: 'FULL_OBJECT', value: base64(digestOf(staged, algorithm)) },
    };
  } catch (error) {
    await staged.discard();
    throw error;
  }
}

async function takeBytes(context: ServiceContext, body: IncomingBody, request: StageRequest): Promise<StagedBody> {
  const writer = context.bodies.stage(request);
  try {
    for await (const bytes of body.chunks()) {
      const full = writer.write(bytes);
      if (full !== undefined) await full;
    }
    return await writer.finish();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

function digestOf(staged: StagedBody, algorithm: DigestAlgorithm): Uint8Array {
  const digest = staged.digests[algorithm];
  if (digest === undefined) throw new Error(`the body store did not compute ${algorithm}`);
  return digest;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * Runs the submit that names a staged body, then gives its buffers back. Drops the body where the submit is known to have
 * changed nothing; where that is not known its files stay, for a record may name them (what none names is quarantined).
 */
export async function commitStaged<T>(staged: StagedBody, submit: () => Promise<T>): Promise<T> {
  let output: T;
  try {
    output = await submit();
  } catch (error) {
    if (isFailure(error) && !(error instanceof OutcomeUnknown)) await staged.discard();
    else staged.release();
    throw error;
  }
  staged.release();
  return output;
}
