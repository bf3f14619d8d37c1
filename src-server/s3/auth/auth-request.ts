import type { EpochMs } from '../../domain/ids.ts';
import type { RequestEnvironment } from '../../services/identity.ts';
import type { Target } from '../operation.ts';
import type { SignedRequest } from './canonical-request.ts';

/** Everything authentication looks at. */
export interface AuthRequest extends SignedRequest {
  readonly target: Target;
  /** The bucket of a virtual-hosted request: SigV2 signs it in front of the path. */
  readonly hostBucket: string | undefined;
  readonly now: EpochMs;
  /** How the request came. Without it, no condition about that holds, and keys that are bound to addresses are refused. */
  readonly environment?: RequestEnvironment;
  /** Of a request of IAM or STS, whose whole body was read: what it is signed for, and the SHA-256 of its body in hex. */
  readonly queryApi?: { readonly service: 'iam' | 'sts'; readonly bodySha256: string };
}

/** Which key a request names, and how to check that its holder signed it. Nothing here is proven yet. */
export interface PresentedSignature<Proof> {
  readonly accessKeyId: string;
  /** Throws SignatureDoesNotMatch; answers what follows from a good signature. */
  prove(secret: string): Proof;
}

/** AWS's allowance between the client's clock and ours. */
export const MAX_SKEW_MS = 15 * 60 * 1000;
/** AWS's longest life of a SigV4 URL: a week. */
export const MAX_EXPIRES_SECONDS = 604_800;
