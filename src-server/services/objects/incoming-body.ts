import type { ChecksumAlgorithm } from '../../domain/checksum.ts';
import type { DigestAlgorithm, Digests } from '../../storage/body-store.ts';

/** The bytes of an object on their way in, whoever brings them: an S3 request, a form, the console. Pulled once. */
export interface IncomingBody {
  /** Where announced. */
  readonly sizeBytes: number | undefined;
  /** What `verify` needs computed. */
  readonly neededDigests: readonly DigestAlgorithm[];
  /** The checksum algorithm that the client chose. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  chunks(): AsyncIterable<Uint8Array>;
  /** Compares what was computed with what the client claimed; throws the failure of the first difference. */
  verify(computed: Digests): unknown;
}
