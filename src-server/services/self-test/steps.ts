import { randomBytes } from 'node:crypto';
import type { SelfTestStepId } from '../../contract/self-tests.ts';
import type { S3Answer, S3Ask, S3SelfClient } from './s3-client.ts';
import { type Credentials, sha256Hex } from './sign-request.ts';

/** What was answered is not what S3 answers. The message is for people. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** What the steps of one run share. */
export interface StepScene {
  readonly client: S3SelfClient;
  readonly credentials: Credentials;
  readonly bucket: string;
  /** `.stowage-self-test/…/`: of this run alone. */
  readonly prefix: string;
  /** What was stored, to be deleted whatever comes: path, and the version where there is one. */
  readonly stored: { readonly path: string; readonly versionId: string | undefined }[];
  /** Uploads that were opened and not completed. */
  readonly open: Set<{ readonly path: string; readonly uploadId: string }>;
}

export interface Step {
  readonly id: SelfTestStepId;
  /** Does a later step stand on it? Then those are skipped where it fails. */
  readonly needs: readonly SelfTestStepId[];
  /** Throws StepFailed. */
  run(scene: StepScene): Promise<void>;
}

const SMALL = randomBytes(70_000);
const PART_BYTES = 5 * 1024 * 1024;
/** Made when it is wanted: a server that nobody tests need not hold it. */
const firstPart = (): Buffer => Buffer.alloc(PART_BYTES, 'stowage ');
const LAST_PART = randomBytes(1000);

export const STEPS: readonly Step[] = [
  {
    id: 'reach',
    needs: [],
    run: async ({ client }) => {
      // Any answer of HTTP will do.
      await client.send({ method: 'GET', path: '/', by: 'nobody' });
    },
  },
  {
    id: 'refuse-unsigned',
    needs: ['reach'],
    run: async ({ client, bucket }) =>
      expect(await client.send({ method: 'GET', path: `/${bucket}`, by: 'nobody' }), 403),
  },
  {
    id: 'refuse-wrong-secret',
    needs: ['reach'],
    run: async ({ client, bucket, credentials }) => {
      const by = { ...credentials, secretAccessKey: `${credentials.secretAccessKey}x` };
      expect(await client.send({ method: 'GET', path: `/${bucket}`, by }), 403, 'SignatureDoesNotMatch');
    },
  },
  {
    id: 'list',
    needs: ['reach'],
    run: async ({ client, bucket, prefix }) => {
      const query = { 'list-type': '2', prefix };
      expect(await client.send({ method: 'GET', path: `/${bucket}`, query }), 200);
    },
  },
  {
    id: 'put',
    needs: ['reach'],
    run: async (scene) => {
      expect(await put(scene, { method: 'PUT', path: smallPath(scene), body: SMALL }), 200);
    },
  },
  {
    id: 'get',
    needs: ['put'],
    run: async (scene) => expectBytes(await scene.client.send({ method: 'GET', path: smallPath(scene) }), 200, SMALL),
  },
  {
    id: 'range',
    needs: ['put'],
    run: async (scene) => {
      const answer = await scene.client.send(rangeOf(smallPath(scene), 1000, 1999));
      expectBytes(answer, 206, SMALL.subarray(1000, 2000));
    },
  },
  {
    id: 'refuse-wrong-checksum',
    needs: ['put'],
    run: async (scene) => {
      const path = `/${scene.bucket}/${scene.prefix}damaged`;
      const answer = await put(scene, { method: 'PUT', path, body: SMALL, claimedHash: sha256Hex('other bytes') });
      expect(answer, 400, 'XAmzContentSHA256Mismatch');
    },
  },
  { id: 'multipart', needs: ['put'], run: runMultipart },
  {
    id: 'multipart-range',
    needs: ['multipart'],
    run: async (scene) => {
      const answer = await scene.client.send(rangeOf(largePath(scene), PART_BYTES - 500, PART_BYTES + 499));
      expectBytes(answer, 206, Buffer.concat([firstPart().subarray(-500), LAST_PART.subarray(0, 500)]));
    },
  },
  {
    id: 'presigned',
    needs: ['put'],
    run: async (scene) => expectBytes(await scene.client.getPresigned(smallPath(scene)), 200, SMALL),
  },
  {
    id: 'delete',
    needs: ['put'],
    run: async (scene) => {
      await removeAll(scene);
      expect(await scene.client.send({ method: 'GET', path: smallPath(scene) }), 404, 'NoSuchKey');
    },
  },
];

async function runMultipart(scene: StepScene): Promise<void> {
  const { client } = scene;
  const path = largePath(scene);
  const begun = await client.send({ method: 'POST', path, query: { uploads: '' } });
  expect(begun, 200);
  const uploadId = /<UploadId>([^<]+)</.exec(begun.body.toString('utf8'))?.[1];
  if (uploadId === undefined) throw new StepFailed('no upload id was answered');
  const upload = { path, uploadId };
  scene.open.add(upload);
  const parts: string[] = [];
  for (const [index, body] of [firstPart(), LAST_PART].entries()) {
    const partNumber = String(index + 1);
    const answer = await client.send({ method: 'PUT', path, query: { partNumber, uploadId }, body });
    expect(answer, 200);
    parts.push(`<Part><PartNumber>${partNumber}</PartNumber><ETag>${answer.headers.etag}</ETag></Part>`);
  }
  const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  const done = await put(scene, { method: 'POST', path, query: { uploadId }, body });
  expect(done, 200);
  // A 200 can carry an error, as on AWS.
  if (!done.body.toString('utf8').includes('<ETag>')) throw new StepFailed('the upload was not completed');
  scene.open.delete(upload);
}

/** Stores an object and remembers what is to be deleted. */
async function put(scene: StepScene, ask: S3Ask): Promise<S3Answer> {
  const answer = await scene.client.send(ask);
  if (answer.status === 200) scene.stored.push({ path: ask.path, versionId: answer.headers['x-amz-version-id'] });
  return answer;
}

/** Deletes what the run stored, by version, so that no marker stays. Throws StepFailed. */
export async function removeAll({ client, stored, open }: StepScene): Promise<void> {
  for (const upload of [...open]) {
    expect(await client.send({ method: 'DELETE', path: upload.path, query: { uploadId: upload.uploadId } }), 204);
    open.delete(upload);
  }
  for (let last = stored.at(-1); last !== undefined; last = stored.at(-1)) {
    const { path, versionId } = last;
    // A bucket without versions takes `null` for the one there is, and a suspended one must not leave a marker.
    const answer = await client.send({ method: 'DELETE', path, query: { versionId: versionId ?? 'null' } });
    expect(answer, 204);
    stored.pop();
  }
}

function smallPath({ bucket, prefix }: StepScene): string {
  return `/${bucket}/${prefix}small`;
}

function largePath({ bucket, prefix }: StepScene): string {
  return `/${bucket}/${prefix}large`;
}

function rangeOf(path: string, from: number, to: number): S3Ask {
  return { method: 'GET', path, headers: { range: `bytes=${from}-${to}` } };
}

function expect(answer: S3Answer, status: number, errorCode?: string): void {
  const isCode = errorCode === undefined || answer.errorCode === errorCode;
  if (answer.status === status && isCode) return;
  throw new StepFailed(`HTTP ${answer.status}${answer.errorCode === undefined ? '' : ` ${answer.errorCode}`}`);
}

function expectBytes(answer: S3Answer, status: number, bytes: Uint8Array): void {
  expect(answer, status);
  if (!answer.body.equals(bytes)) throw new StepFailed('other bytes came back');
}
