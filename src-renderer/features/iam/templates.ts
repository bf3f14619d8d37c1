/** What a policy can begin with. */
export const TEMPLATES = ['readAll', 'readBucket', 'writeBucket', 'backup', 'network'] as const;
export type Template = (typeof TEMPLATES)[number];

/** What a template is filled in with. */
export interface TemplateFill {
  readonly bucket: string;
  /** CIDR block. */
  readonly network: string;
}

export function needsBucket(template: Template): boolean {
  return template === 'readBucket' || template === 'writeBucket' || template === 'backup';
}

const READS = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging'];
const LISTS = ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'];
const WRITES = ['s3:PutObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
const DELETES = ['s3:DeleteObject', 's3:DeleteObjectVersion'];

/** The text of a policy by template, as people read it. */
export function fillTemplate(template: Template, fill: TemplateFill): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statementsOf(template, fill) }, undefined, 2);
}

function statementsOf(template: Template, { bucket, network }: TemplateFill): readonly object[] {
  const whole = `arn:aws:s3:::${bucket}`;
  const inside = (actions: readonly string[], sid: string) => allow(sid, actions, `${whole}/*`);
  const list = allow('List', LISTS, whole);
  switch (template) {
    case 'readAll':
      return [allow('ReadEverything', ['s3:Get*', 's3:List*'], '*')];
    case 'readBucket':
      return [list, inside(READS, 'Read')];
    case 'writeBucket':
      return [list, inside([...READS, ...WRITES, ...DELETES], 'ReadAndWrite')];
    case 'backup':
      return [
        list,
        inside([...READS, ...WRITES], 'ReadAndWrite'),
        { Sid: 'NeverDelete', Effect: 'Deny', Action: DELETES, Resource: `${whole}/*` },
      ];
    case 'network':
      return [
        {
          Sid: 'OnlyFromTheOffice',
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { NotIpAddress: { 'aws:SourceIp': network } },
        },
      ];
  }
}

function allow(sid: string, actions: readonly string[], resource: string): object {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resource };
}

/** A stored policy with a line for each part; as it stands where it is no JSON. */
export function spreadOut(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), undefined, 2);
  } catch {
    return document;
  }
}

/** Who may take a role: users of an account. */
export function trustAccount(accountId: string): string {
  const principal = { AWS: `arn:aws:iam::${accountId}:root` };
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2);
}
