import { awsVariables, HELLO, hostOf, isHttps, quoted, type SnippetOf } from './snippet.ts';

export const awsCli: SnippetOf = (facts) => {
  const aws = `aws --endpoint-url ${quoted(facts.endpoint)} s3`;
  const target = quoted(`s3://${facts.bucket}/`);
  return [
    { kind: 'shell', text: `${awsVariables(facts)}\n${HELLO}\n${aws} cp hello.txt ${target}\n${aws} ls ${target}` },
  ];
};

export const s3cmd: SnippetOf = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }) => {
  const host = hostOf(endpoint);
  const lines = [
    '[default]',
    `access_key = ${accessKeyId}`,
    `secret_key = ${secretAccessKey}`,
    `host_base = ${host}`,
    `host_bucket = ${host}`,
    `bucket_location = ${region}`,
    `use_https = ${isHttps(endpoint) ? 'True' : 'False'}`,
  ];
  const command = 's3cmd -c ~/.s3cfg-stowage';
  const target = quoted(`s3://${bucket}/`);
  return [
    { kind: 'file', path: '~/.s3cfg-stowage', text: `${lines.join('\n')}\n` },
    { kind: 'shell', text: `${HELLO}\n${command} put hello.txt ${target}\n${command} ls ${target}` },
  ];
};

export const rclone: SnippetOf = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }) => {
  const lines = [
    '[stowage]',
    'type = s3',
    'provider = Other',
    `endpoint = ${endpoint}`,
    `region = ${region}`,
    `access_key_id = ${accessKeyId}`,
    `secret_access_key = ${secretAccessKey}`,
    // Without it rclone asks whether the bucket may be made, which a key for one bucket may not.
    'no_check_bucket = true',
  ];
  const target = quoted(`stowage:${bucket}`);
  return [
    { kind: 'file', path: '~/.config/rclone/rclone.conf', text: `${lines.join('\n')}\n` },
    { kind: 'shell', text: `${HELLO}\nrclone copy hello.txt ${target}\nrclone ls ${target}` },
  ];
};

export const restic: SnippetOf = (facts) => [
  {
    kind: 'shell',
    text: [
      awsVariables(facts),
      `export RESTIC_REPOSITORY=${quoted(`s3:${facts.endpoint}/${facts.bucket}`)}`,
      `export RESTIC_PASSWORD='a passphrase of your own, kept elsewhere too'`,
      HELLO,
      'restic init',
      'restic backup hello.txt',
      'restic snapshots',
    ].join('\n'),
  },
];

export const kopia: SnippetOf = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }) => [
  {
    kind: 'shell',
    text: [
      'kopia repository create s3 \\',
      `  --endpoint=${quoted(hostOf(endpoint))}${isHttps(endpoint) ? '' : ' --disable-tls'} --region=${quoted(region)} \\`,
      `  --bucket=${quoted(bucket)} \\`,
      `  --access-key=${quoted(accessKeyId)} --secret-access-key=${quoted(secretAccessKey)}`,
      'kopia snapshot create ~/Documents',
      'kopia snapshot list',
    ].join('\n'),
  },
];

export const duplicati: SnippetOf = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }) => {
  const query = new URLSearchParams({
    's3-server-name': hostOf(endpoint),
    's3-location-constraint': region,
    's3-client': 'minio',
    'use-ssl': String(isHttps(endpoint)),
    'auth-username': accessKeyId,
    'auth-password': secretAccessKey,
  });
  const target = `s3://${bucket}/duplicati?${query}`;
  return [
    {
      kind: 'values',
      rows: [
        ['Storage type', 'S3 Compatible'],
        ['Use SSL', isHttps(endpoint) ? 'yes' : 'no'],
        ['Server', `Custom server url: ${hostOf(endpoint)}`],
        ['Bucket name', bucket],
        ['Bucket create region', region],
        ['Folder path', 'duplicati'],
        ['AWS Access ID', accessKeyId],
        ['AWS Access Key', secretAccessKey],
        ['Client library', 'Minio SDK'],
      ],
    },
    { kind: 'shell', text: `duplicati-cli backup ${quoted(target)} ~/Documents` },
  ];
};

export const curl: SnippetOf = ({ endpoint, region, bucket, accessKeyId, secretAccessKey }) => {
  const sign = [
    `--aws-sigv4 ${quoted(`aws:amz:${region}:s3`)}`,
    `--user ${quoted(`${accessKeyId}:${secretAccessKey}`)}`,
    `-H 'x-amz-content-sha256: UNSIGNED-PAYLOAD'`,
  ].join(' \\\n  ');
  const url = `${endpoint}/${bucket}`;
  return [
    {
      kind: 'shell',
      text: [
        HELLO,
        `curl --fail-with-body ${sign} \\\n  --upload-file hello.txt ${quoted(`${url}/hello.txt`)}`,
        `curl --fail-with-body ${sign} \\\n  ${quoted(`${url}/hello.txt`)}`,
      ].join('\n'),
    },
  ];
};
