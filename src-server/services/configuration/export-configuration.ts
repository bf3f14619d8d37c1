import type { FactorProof } from '../../commands/support/second-factor.ts';
import { authorize } from '../access/authorize.ts';
import { type NotProven, provePassword } from '../account/prove-self.ts';
import { changedBy } from '../buckets/bucket-change.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';
import { findFactorInUse, proofOf } from '../second-factor/prove.ts';
import { forgiveCodeTries, takeCodeTry } from '../sessions/sign-in.ts';
import { gatherDocument } from './gather-document.ts';
import { sealFile } from './sealed-file.ts';

export interface ExportRequest {
  /** Of the caller's account. */
  readonly password: string;
  /** Of the second factor, where one is on. */
  readonly code: string | undefined;
  /** That the file opens with. */
  readonly passphrase: string;
  /** Of the client. */
  readonly address: string;
}

export type ExportOutcome =
  | { readonly kind: 'sealed'; readonly file: Buffer; readonly madeAtMs: number }
  | { readonly kind: 'code-needed' }
  | NotProven;

/**
 * The configuration of the install in one sealed file, with all secrets: for an admin of the install who proves again who they
 * are. The history notes it before the file is made. Throws AccessDenied; UnreadableFile where there is too much of it.
 */
export async function exportConfiguration(
  context: ServiceContext,
  identity: UserIdentity & Identity,
  request: ExportRequest,
): Promise<ExportOutcome> {
  await authorize(context, { identity, iamAction: 'stowage:MoveConfiguration' });
  const proven = await prove(context, identity, request);
  if (proven.kind !== 'proven') return proven;
  const noted = await context.engine.submit('note-export', { proof: proven.proof, ...changedBy(context, identity) });
  if (!noted) return { kind: 'wrong' };
  if (proven.proof !== null) forgiveCodeTries(context, identity.name);
  context.events.publish({ kind: 'settings' }, 'operators');
  const document = await gatherDocument(context);
  const file = await sealFile(Buffer.from(JSON.stringify(document), 'utf8'), request.passphrase);
  return { kind: 'sealed', file, madeAtMs: document.madeAtMs };
}

async function prove(
  context: ServiceContext,
  caller: UserIdentity,
  { password, code, address }: ExportRequest,
): Promise<
  { readonly kind: 'proven'; readonly proof: FactorProof | null } | { readonly kind: 'code-needed' } | NotProven
> {
  const asker = await provePassword(context, caller, { password, address });
  if (asker.kind !== 'proven') return asker;
  const factor = await findFactorInUse(context, caller.userId);
  if (factor === undefined) return { kind: 'proven', proof: null };
  if (code === undefined) return { kind: 'code-needed' };
  const waitMs = takeCodeTry(context, caller.name);
  if (waitMs > 0) return { kind: 'wait', waitMs };
  const proof = proofOf(context, factor, code);
  return proof === undefined ? { kind: 'wrong' } : { kind: 'proven', proof };
}
