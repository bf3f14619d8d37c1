/** A program that speaks S3, as its User-Agent names it. */
export interface ClientProgram {
  /** `restic`, or `other`: for grouping, never shown. */
  readonly id: string;
  /** As its makers write it; for `other` the first word of the header. */
  readonly name: string;
  /** Undefined where the header says none. */
  readonly version: string | undefined;
}

interface Known {
  readonly id: string;
  readonly name: string;
  /** The first group, where there is one, is the version. */
  readonly pattern: RegExp;
}

const VERSION = '[/ ]v?([0-9][\\w.+-]*)';

function known(id: string, name: string, word: string): Known {
  return { id, name, pattern: new RegExp(`(?:^|[\\s;(/])${word}(?:${VERSION})?(?=[\\s;,)#/]|$)`, 'i') };
}

/** Programs before the libraries they are made with, because a header names both. */
const PROGRAMS: readonly Known[] = [
  { id: 'veeam', name: 'Veeam', pattern: /\bVeeam\b.*?(?:\bBackup\/([0-9][\w.]*)|$)/i },
  known('restic', 'restic', 'restic'),
  known('rclone', 'rclone', 'rclone'),
  known('kopia', 'Kopia', 'kopia'),
  known('duplicati', 'Duplicati', 'duplicati'),
  known('duplicacy', 'Duplicacy', 'duplicacy'),
  known('borg', 'Borg', 'borg(?:backup|store)?'),
  known('proxmox', 'Proxmox Backup Server', 'proxmox-backup[\\w-]*'),
  known('hyper-backup', 'Synology Hyper Backup', '(?:synology|hyper ?backup)'),
  known('arq', 'Arq', 'arq'),
  known('velero', 'Velero', 'velero'),
  known('cyberduck', 'Cyberduck', '(?:cyberduck|duck)'),
  known('mountain-duck', 'Mountain Duck', 'mountain duck'),
  known('winscp', 'WinSCP', 'winscp'),
  known('s3cmd', 's3cmd', 's3cmd'),
  known('s5cmd', 's5cmd', 's5cmd'),
  known('s3fs', 's3fs', 's3fs'),
  known('goofys', 'goofys', 'goofys'),
  known('mc', 'MinIO Client', 'mc'),
  known('warp', 'warp', 'warp'),
  known('aws-cli', 'AWS CLI', 'aws-cli'),
  known('boto3', 'boto3', 'boto3'),
  known('botocore', 'botocore', 'botocore'),
  known('aws-sdk-js', 'AWS SDK for JavaScript', 'aws-sdk-(?:js|nodejs)'),
  known('aws-sdk-java', 'AWS SDK for Java', 'aws-sdk-java'),
  known('aws-sdk-go', 'AWS SDK for Go', 'aws-sdk-go(?:-v2)?'),
  known('aws-sdk-net', 'AWS SDK for .NET', 'aws-sdk-dotnet[\\w-]*'),
  known('aws-sdk-rust', 'AWS SDK for Rust', 'aws-sdk-rust'),
  known('aws-sdk-php', 'AWS SDK for PHP', 'aws-sdk-php'),
  known('aws-sdk-cpp', 'AWS SDK for C++', 'aws-sdk-cpp'),
  known('minio-go', 'minio-go', 'minio-go'),
  known('minio-js', 'minio-js', 'minio-js'),
  known('minio-py', 'minio-py', 'minio-py'),
  known('curl', 'curl', 'curl'),
  known('wget', 'Wget', 'wget'),
  { id: 'browser', name: 'Browser', pattern: /^Mozilla\/5\.0\b/ },
];

const NAME_LENGTH_MAX = 40;
/** Of a client nobody knows, only what a product token may hold (RFC 9110 §10.1.5) is shown. */
const PRODUCT = /^([A-Za-z0-9][\w.+-]*)(?:\/v?([0-9][\w.+-]*))?/;

/** Whose User-Agent this is. A header that is absent, or none of a known program, is `other`. */
export function clientProgram(userAgent: string | undefined): ClientProgram {
  if (userAgent === undefined || userAgent === '') return { id: 'other', name: '', version: undefined };
  for (const { id, name, pattern } of PROGRAMS) {
    const match = pattern.exec(userAgent);
    if (match !== null) return { id, name, version: match[1] };
  }
  const product = PRODUCT.exec(userAgent);
  return { id: 'other', name: (product?.[1] ?? '').slice(0, NAME_LENGTH_MAX), version: product?.[2] };
}
