import type { OperationStep } from '../../commands/support/operation-progress.ts';
import type { OperationRow } from '../../db/tables/operation.ts';
import { isFailure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import type { OperationPosition, OperationProblem } from '../../domain/operation.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';

/** Keys of one command, and bytes: so many that each costs little, so few that others get their turn between. */
export const KEYS_A_BATCH = 400;
export const BYTES_A_BATCH = 16 * 1024 ** 3;

/** One operation while it is worked on. */
export interface OperationWork {
  readonly context: ServiceContext;
  readonly operation: OperationRow;
  readonly identity: UserIdentity & Identity;
  /** The server stops: finish soon. */
  readonly signal: AbortSignal;
}

/** What one look at an operation led to. `end`: there is nothing left of it to do. */
export type WorkOutcome = 'more' | 'end';

/** What a command has to write down beside what it does itself. */
export function stepOf(
  { operation }: OperationWork,
  position: OperationPosition,
  problems: readonly OperationProblem[] = [],
  skipped = 0,
): OperationStep {
  return { operationId: operation.id, position, skipped, problems };
}

/** One thing that is to be allowed. */
export interface Permission {
  readonly iamAction: string;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
}

/** Are all of these allowed to who the operation acts for? */
export async function isAllowed({ context, identity }: OperationWork, wanted: readonly Permission[]): Promise<boolean> {
  try {
    for (const permission of wanted) await authorize(context, { identity, ...permission });
    return true;
  } catch (error) {
    if (isFailure(error, 'AccessDenied')) return false;
    throw error;
  }
}
