import { hostOf, isHttps, type SnippetFacts, type SnippetOf } from './snippet.ts';

export const boto3: SnippetOf = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }) => [
  {
    kind: 'file',
    path: 'stowage.py',
    text: `import boto3

s3 = boto3.client(
    "s3",
    endpoint_url=${JSON.stringify(endpoint)},
    region_name=${JSON.stringify(region)},
    aws_access_key_id=${JSON.stringify(accessKeyId)},
    aws_secret_access_key=${JSON.stringify(secretAccessKey)},
)
s3.put_object(Bucket=${JSON.stringify(bucket)}, Key="hello.txt", Body=b"hello from Stowage")
for item in s3.list_objects_v2(Bucket=${JSON.stringify(bucket)})["Contents"]:
    print(item["Key"], item["Size"])
`,
  },
  { kind: 'shell', text: 'python3 stowage.py' },
];

export const javascript: SnippetOf = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }) => [
  {
    kind: 'file',
    path: 'stowage.mjs',
    text: `import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const client = new S3Client({
  endpoint: ${JSON.stringify(endpoint)},
  region: ${JSON.stringify(region)},
  forcePathStyle: true,
  credentials: {
    accessKeyId: ${JSON.stringify(accessKeyId)},
    secretAccessKey: ${JSON.stringify(secretAccessKey)},
  },
});
const Bucket = ${JSON.stringify(bucket)};
await client.send(new PutObjectCommand({ Bucket, Key: 'hello.txt', Body: 'hello from Stowage' }));
const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
for (const { Key, Size } of Contents) console.log(Key, Size);
`,
  },
  { kind: 'shell', text: 'node stowage.mjs' },
];

/**
 * What Veeam's wizard "Object storage repository, S3 compatible" asks, page by page. Immutability is left off until there is
 * Object Lock.
 */
export const veeam: SnippetOf = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }) => [
  {
    kind: 'values',
    rows: [
      ['Service point', endpoint],
      ['Region', region],
      ['Access key', accessKeyId],
      ['Secret key', secretAccessKey],
      ['Bucket', bucket],
      ['Folder', 'veeam'],
      ['Make recent backups immutable for', 'not ticked'],
    ],
  },
];

export const cyberduck: SnippetOf = (facts) => [
  { kind: 'file', path: 'Stowage.cyberduckprofile', text: cyberduckProfile(facts) },
];

/** A connection profile (docs.cyberduck.io, "Connection profiles"); the secret is asked for by Cyberduck itself. */
function cyberduckProfile({ endpoint, region, bucket, accessKeyId }: SnippetFacts): string {
  const { hostname, port, protocol } = new URL(endpoint);
  const scheme = protocol.replace(':', '');
  const entries: readonly (readonly [string, string])[] = [
    ['Protocol', 's3'],
    ['Vendor', 'stowage'],
    ['Description', 'Stowage'],
    ['Scheme', scheme],
    ['Default Hostname', hostname],
    ['Default Port', port === '' ? (isHttps(endpoint) ? '443' : '80') : port],
    ['Default Path', `/${bucket}`],
    ['Default Username', accessKeyId],
    ['Region', region],
    ['Default Nickname', `${bucket} on ${hostOf(endpoint)}`],
  ];
  const lines = entries.flatMap(([key, value]) => [`  <key>${key}</key>`, `  <string>${escapeXml(value)}</string>`]);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${lines.join('\n')}
  <key>Properties</key>
  <array>
    <string>s3.bucket.virtualhost.disable=true</string>
  </array>
</dict>
</plist>
`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
