/** What a key may do at most, as the dialog asks for it. */
export type KeyScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'read' }
  | { readonly kind: 'bucket'; readonly bucket: string }
  | { readonly kind: 'policy'; readonly text: string };

const VERSION = '2012-10-17';
const READ_ONLY = policy([{ Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' }]);

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: VERSION, Statement: statements });
}

function inBucket(bucket: string): string {
  const arn = `arn:aws:s3:::${bucket}`;
  return policy([
    { Effect: 'Allow', Action: ['s3:ListBucket*', 's3:GetBucket*'], Resource: arn },
    {
      Effect: 'Allow',
      Action: ['s3:*Object*', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      Resource: `${arn}/*`,
    },
  ]);
}

/** The policy for a scope; null: no limit. */
export function policyOf(scope: KeyScope): string | null {
  switch (scope.kind) {
    case 'all':
      return null;
    case 'read':
      return READ_ONLY;
    case 'bucket':
      return inBucket(scope.bucket);
    case 'policy':
      return scope.text.trim();
  }
}

/** The scope that a policy is for: one of ours, or any other text. */
export function scopeOf(text: string | null): KeyScope {
  if (text === null) return { kind: 'all' };
  if (text === READ_ONLY) return { kind: 'read' };
  const bucket = /"Resource":"arn:aws:s3:::([^"*/]+)"/.exec(text)?.[1];
  if (bucket !== undefined && text === inBucket(bucket)) return { kind: 'bucket', bucket };
  return { kind: 'policy', text: pretty(text) };
}

/** Indented, where it is JSON. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** Addresses and networks out of a line of text; null for none. */
export function sourceIpsOf(text: string): string[] | null {
  const sources = text.split(/[\s,;]+/).filter((source) => source !== '');
  return sources.length === 0 ? null : sources;
}
