import { ApiError } from '../../../lib/api.ts';
import type { TransferError } from './transfer.ts';

/** A file of this computer that cannot be read as it was when it was added. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: 'FileChanged' | 'FileUnreadable';

  constructor(code: FileError['code'], cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** What is to be done about an error. */
export type Fault =
  | { readonly kind: 'aborted' | 'offline' | 'signed-out' | 'busy' | 'exists' | 'upload-gone' | 'wrong-bytes' }
  | { readonly kind: 'final'; readonly error: TransferError };

export function faultOf(error: unknown, signal?: AbortSignal): Fault {
  if (signal?.aborted === true) return { kind: 'aborted' };
  if (error instanceof FileError) return final(error.code);
  if (!(error instanceof ApiError)) return final('Unknown', error instanceof Error ? error.message : String(error));
  if (error.status === 0) return { kind: 'offline' };
  return faultOfCode(error.code, error.message, error.status);
}

/** Of what the server said; the status where it is known. */
export function faultOfCode(code: string, message: string, status = 400): Fault {
  if (code === 'SignInNeeded' || code === 'RequestForged') return { kind: 'signed-out' };
  if (code === 'PreconditionFailed') return { kind: 'exists' };
  if (code === 'NoSuchUpload' || code === 'InvalidPart') return { kind: 'upload-gone' };
  if (code === 'BadDigest' || code === 'IncompleteBody') return { kind: 'wrong-bytes' };
  const isOver = ['SlowDown', 'ServiceUnavailable', 'RequestTimeout', 'InternalError', 'OperationAborted'].includes(
    code,
  );
  if (isOver || status === 408 || status === 429 || (status >= 500 && status !== 507 && status !== 501)) {
    return { kind: 'busy' };
  }
  return final(code, message);
}

function final(code: string, message = ''): Fault {
  return { kind: 'final', error: { code, message } };
}
