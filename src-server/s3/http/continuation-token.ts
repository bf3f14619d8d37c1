import { Failure } from '../../domain/failure.ts';

const PREFIX = '1.';

/** What ListObjectsV2 hands out to go on behind a key or common prefix. Opaque to clients. */
export function formatContinuationToken(after: string): string {
  return PREFIX + Buffer.from(after, 'utf8').toString('base64url');
}

/** The key or common prefix that a token stands for. Throws InvalidArgument for what `formatContinuationToken` did not make. */
export function parseContinuationToken(token: string): string {
  const after = token.startsWith(PREFIX) ? Buffer.from(token.slice(PREFIX.length), 'base64url').toString('utf8') : '';
  if (after !== '' && formatContinuationToken(after) === token) return after;
  throw new Failure('InvalidArgument', 'The continuation token provided is incorrect', {
    fields: { ArgumentName: 'continuation-token', ArgumentValue: token.slice(0, 1024) },
  });
}
