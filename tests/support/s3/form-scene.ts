import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { type BucketScene, openBucketScene } from './bucket-scene.ts';
import { dayKey, hmac, timestampOf } from './sign.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: the variable of AWS's forms, not a template's
export const FILE_NAME = '${filename}';

export type Condition = readonly unknown[] | Record<string, unknown>;

export interface FormOptions {
  readonly fields?: Record<string, string>;
  /** Added to those that cover the fields. */
  readonly conditions?: readonly Condition[];
  /** Fields that no condition shall cover. */
  readonly uncovered?: readonly string[];
  readonly expiresMs?: number;
  readonly policy?: string;
  readonly credentials?: { accessKeyId: string; secretAccessKey: string };
  readonly region?: string;
  readonly bucket?: string;
}

export interface FormAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
  readonly headers: Headers;
}

/** A server with a bucket to post browser forms to. */
export interface FormScene {
  readonly scene: BucketScene;
  readonly Bucket: string;
  /** The fields of a signed form, each covered by a condition that it meets. */
  signedFields(options?: FormOptions): Record<string, string>;
  /** Posts a form as a browser does; `after` holds fields behind the file, `null` is no file. */
  post(
    fields: Record<string, string>,
    file?: Uint8Array | string | null,
    fileName?: string,
    after?: Record<string, string>,
  ): Promise<FormAnswer>;
  send(body: FormData | string, headers?: Record<string, string>): Promise<FormAnswer>;
  stored(key: string): Promise<Buffer>;
  isAbsent(key: string): Promise<boolean>;
}

export async function openFormScene(): Promise<FormScene> {
  const scene = await openBucketScene();
  const { client, server } = scene;
  const Bucket = await scene.newBucket();

  const send: FormScene['send'] = async (body, headers = {}) => {
    const url = `${server.endpoint}/${Bucket}`;
    const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
    const text = await answer.text();
    return { status: answer.status, code: /<Code>([^<]*)<\/Code>/.exec(text)?.[1], text, headers: answer.headers };
  };
  const post: FormScene['post'] = (fields, file = 'the file', fileName = 'photo.jpg', after = {}) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    // Copied: Blob wants bytes that are not shared.
    const bytes = typeof file === 'string' ? file : new Uint8Array(file ?? []);
    if (file !== null) form.append('file', new Blob([bytes]), fileName);
    for (const [name, value] of Object.entries(after)) form.append(name, value);
    return send(form);
  };
  return {
    scene,
    Bucket,
    signedFields: (options = {}) => signFields({ bucket: Bucket, credentials: server.rootCredentials, ...options }),
    post,
    send,
    stored: async (Key) => {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key }));
      return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
    },
    isAbsent: (Key) =>
      client.send(new HeadObjectCommand({ Bucket, Key })).then(
        () => false,
        (error: { name: string }) => error.name === 'NotFound',
      ),
  };
}

type Signing = FormOptions & Required<Pick<FormOptions, 'bucket' | 'credentials'>>;

/** The fields of a form that is signed by these credentials. */
export function signFields(options: Signing): Record<string, string> {
  const { credentials, region = 'us-east-1', expiresMs = 600_000, uncovered = [] } = options;
  const timestamp = timestampOf(Date.now());
  const date = timestamp.slice(0, 8);
  const fields: Record<string, string> = {
    key: 'posted',
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${credentials.accessKeyId}/${date}/${region}/s3/aws4_request`,
    'x-amz-date': timestamp,
    ...options.fields,
  };
  const covering = Object.entries({ bucket: options.bucket, ...fields })
    .filter(([name]) => !uncovered.includes(name) && !name.startsWith('x-ignore-'))
    // The key is covered as AWS's examples do it: after its variables were replaced.
    .map(([name, value]) => (name === 'key' ? ['starts-with', '$key', ''] : { [name]: value }));
  const document = {
    expiration: new Date(Date.now() + expiresMs).toISOString(),
    conditions: [...covering, ...(options.conditions ?? [])],
  };
  const policy = options.policy ?? Buffer.from(JSON.stringify(document)).toString('base64');
  const signature = hmac(dayKey(credentials.secretAccessKey, date, region), policy).toString('hex');
  return { ...fields, policy, 'x-amz-signature': signature };
}
