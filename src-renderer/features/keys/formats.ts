/** A key and where it is good, as programs want to read it. */
export interface KeyFacts {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `https://host:port` of the S3 port. */
  readonly endpoint: string;
  readonly region: string;
}

/** A file to be downloaded. */
export interface KeyFile {
  readonly name: string;
  readonly text: string;
}

/** Variables as the AWS SDKs and most S3 programs read them. */
export function dotEnvFile({ accessKeyId, secretAccessKey, endpoint, region }: KeyFacts): KeyFile {
  const text = [
    `AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `AWS_ENDPOINT_URL_S3=${endpoint}`,
    `AWS_REGION=${region}`,
  ];
  return { name: 'stowage.env', text: lines(text) };
}

/** A profile for ~/.aws/credentials; such a file may hold the settings too (AWS CLI guide, "Configuration and credential file settings"). */
export function awsProfileFile({ accessKeyId, secretAccessKey, endpoint, region }: KeyFacts): KeyFile {
  const text = [
    '[stowage]',
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    `endpoint_url = ${endpoint}`,
    `region = ${region}`,
  ];
  return { name: 'aws-credentials', text: lines(text) };
}

/** A remote for rclone.conf (rclone.org/s3). */
export function rcloneFile({ accessKeyId, secretAccessKey, endpoint, region }: KeyFacts): KeyFile {
  const text = [
    '[stowage]',
    'type = s3',
    'provider = Other',
    `access_key_id = ${accessKeyId}`,
    `secret_access_key = ${secretAccessKey}`,
    `endpoint = ${endpoint}`,
    `region = ${region}`,
    'force_path_style = true',
  ];
  return { name: 'rclone.conf', text: lines(text) };
}

export function jsonFile({ accessKeyId, secretAccessKey, endpoint, region }: KeyFacts): KeyFile {
  const text = JSON.stringify({ accessKeyId, secretAccessKey, endpoint, region }, undefined, 2);
  return { name: 'stowage-key.json', text: `${text}\n` };
}

function lines(text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}
