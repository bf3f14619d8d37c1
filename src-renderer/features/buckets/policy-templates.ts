/** Policies to begin with. */
export const POLICY_TEMPLATES = ['everybody-reads', 'user-reads', 'user-writes', 'only-encrypted'] as const;
export type PolicyTemplate = (typeof POLICY_TEMPLATES)[number];

export interface TemplateFacts {
  readonly bucket: string;
  /** The ARN of a user; of templates that name one. */
  readonly who: string;
  /** Of what a user may write: everything whose name begins so. */
  readonly prefix: string;
}

/** The policy of a template as text, ready to be changed. */
export function templateText(template: PolicyTemplate, facts: TemplateFacts): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statementsOf(template, facts) }, null, 2);
}

function statementsOf(template: PolicyTemplate, { bucket, who, prefix }: TemplateFacts): object[] {
  const own = `arn:aws:s3:::${bucket}`;
  const Principal = { AWS: who };
  switch (template) {
    case 'everybody-reads':
      return [{ Sid: 'EverybodyReads', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${own}/*` }];
    case 'user-reads':
      return [
        { Sid: 'Reads', Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `${own}/*` },
        { Sid: 'Lists', Effect: 'Allow', Principal, Action: 's3:ListBucket', Resource: own },
      ];
    case 'user-writes':
      return [
        {
          Sid: 'Writes',
          Effect: 'Allow',
          Principal,
          Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
          Resource: `${own}/${prefix}*`,
        },
        {
          Sid: 'Lists',
          Effect: 'Allow',
          Principal,
          Action: 's3:ListBucket',
          Resource: own,
          ...(prefix === '' ? {} : { Condition: { StringLike: { 's3:prefix': `${prefix}*` } } }),
        },
      ];
    case 'only-encrypted':
      return [
        {
          Sid: 'OnlyOverTls',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [own, `${own}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ];
  }
}
