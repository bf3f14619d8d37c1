import {
  type ChecksumAlgorithm,
  type ChecksumPlan,
  type ChecksumType,
  DEFAULT_CHECKSUM_PLAN,
  type StoredChecksum,
} from './checksum.ts';
import { Failure } from './failure.ts';

/** What a CompleteMultipartUpload says the object must be. Cloneable: it crosses to the command. */
export interface FinalClaims {
  /** `x-amz-checksum-*`, as it stands in the header: base64, for a composite one with or without `-N`. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
  /** `x-amz-checksum-type`. */
  readonly type: ChecksumType | undefined;
  /** `x-amz-mp-object-size`, in bytes. */
  readonly sizeBytes: number | undefined;
}

/**
 * Holds the claims against the object about to be made of the parts.
 *
 * @param plan as the upload was created, undefined where the client chose no checksum
 * @throws Failure BadDigest for another checksum or type, InvalidRequest for another size or an algorithm that the upload
 *   does not have
 */
export function checkFinalClaims(
  claims: FinalClaims,
  plan: ChecksumPlan | undefined,
  actual: { readonly checksum: StoredChecksum; readonly sizeBytes: number },
): void {
  const type = (plan ?? DEFAULT_CHECKSUM_PLAN).type;
  if (claims.type !== undefined && claims.type !== type) {
    const message = `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`;
    throw new Failure('BadDigest', message);
  }
  if (claims.checksum !== undefined) checkChecksum(claims.checksum, plan, actual.checksum);
  if (claims.sizeBytes !== undefined && claims.sizeBytes !== actual.sizeBytes) {
    const message =
      `The provided 'x-amz-mp-object-size' header value ${claims.sizeBytes} does not match what was computed: ` +
      `${actual.sizeBytes}`;
    throw new Failure('InvalidRequest', message);
  }
}

function checkChecksum(
  claimed: NonNullable<FinalClaims['checksum']>,
  plan: ChecksumPlan | undefined,
  actual: StoredChecksum,
): void {
  const name = claimed.algorithm.toLowerCase();
  if (claimed.algorithm !== actual.algorithm && plan === undefined) {
    // What cannot be verified is not accepted: the parts carry CRC64NVME only.
    throw new Failure(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: null, actual checksum Type: ${name}`,
    );
  }
  const same =
    claimed.algorithm === actual.algorithm &&
    (claimed.value === actual.value || isBareComposite(claimed.value, actual));
  if (!same) throw new Failure('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
}

/** AWS takes a composite checksum without its `-N` as well. */
function isBareComposite(value: string, actual: StoredChecksum): boolean {
  return actual.type === 'COMPOSITE' && actual.value.startsWith(`${value}-`);
}
