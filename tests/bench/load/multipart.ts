import type { Body } from './bodies.ts';
import { type LoadResult, runLoad } from './run-load.ts';
import type { S3Requests } from './s3-requests.ts';
import { EMPTY_SHA256 } from './signer.ts';

export interface Part {
  readonly number: number;
  readonly etag: string;
}

/** CreateMultipartUpload; resolves to the upload id. */
export async function createUpload(
  s3: S3Requests,
  bucket: string,
  key: string,
  amzHeaders: Readonly<Record<string, string>> = {},
): Promise<string> {
  const request = { method: 'POST', path: `/${bucket}/${key}`, query: 'uploads=', payloadHash: EMPTY_SHA256 };
  const answer = await s3.call(s3.plain(200, { ...request, contentLength: 0, amzHeaders }));
  const id = /<UploadId>([^<]+)<\/UploadId>/.exec(answer.body?.toString('utf8') ?? '')?.[1];
  if (id === undefined) throw new Error('CreateMultipartUpload answered without an UploadId');
  return id;
}

export interface PartsPlan {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  readonly count: number;
  readonly connections: number;
}

/** Uploads every part with the same body. */
export async function uploadParts(s3: S3Requests, plan: PartsPlan, body: Body): Promise<LoadResult> {
  return forParts(s3, plan, (number) =>
    s3.put(plan.bucket, plan.key, body, { query: partQuery(plan.uploadId, number) }),
  );
}

/** Makes every part by UploadPartCopy of one whole source object. Resolves to the parts' ETags. */
export async function copyParts(s3: S3Requests, plan: PartsPlan, source: string): Promise<readonly Part[]> {
  const parts: Part[] = [];
  const result = await forParts(s3, plan, (number) => {
    const step = s3.plain(200, {
      method: 'PUT',
      path: `/${plan.bucket}/${plan.key}`,
      query: partQuery(plan.uploadId, number),
      payloadHash: EMPTY_SHA256,
      contentLength: 0,
      amzHeaders: { 'x-amz-copy-source': `/${plan.bucket}/${source}` },
    });
    return {
      ...step,
      check: (answer) => {
        const etag = /<ETag>(?:&quot;|&#34;|")?([0-9a-f-]+)/.exec(answer.body?.toString('utf8') ?? '')?.[1];
        if (etag === undefined) return 'UploadPartCopy answered without an ETag';
        parts.push({ number, etag });
        return undefined;
      },
    };
  });
  if (result.problemCount > 0) throw new Error(result.problems.join('\n'));
  return parts.sort((left, right) => left.number - right.number);
}

/** CompleteMultipartUpload; resolves to how long it took, ms. */
export async function completeUpload(s3: S3Requests, plan: PartsPlan, parts: readonly Part[]): Promise<number> {
  const list = parts.map((part) => `<Part><PartNumber>${part.number}</PartNumber><ETag>"${part.etag}"</ETag></Part>`);
  const text = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`;
  const step = s3.plain(
    200,
    {
      method: 'POST',
      path: `/${plan.bucket}/${plan.key}`,
      query: `uploadId=${encodeURIComponent(plan.uploadId)}`,
      payloadHash: 'UNSIGNED-PAYLOAD',
    },
    text,
  );
  const begun = performance.now();
  const answer = await s3.call(step);
  const elapsed = performance.now() - begun;
  const body = answer.body?.toString('utf8') ?? '';
  if (!body.includes('<CompleteMultipartUploadResult')) throw new Error(`complete failed: ${body.slice(0, 300)}`);
  return elapsed;
}

function partQuery(uploadId: string, number: number): string {
  return `partNumber=${number}&uploadId=${encodeURIComponent(uploadId)}`;
}

async function forParts(
  s3: S3Requests,
  plan: PartsPlan,
  step: (number: number) => ReturnType<S3Requests['plain']>,
): Promise<LoadResult> {
  let next = 1;
  return runLoad({
    target: s3.target,
    connections: plan.connections,
    seconds: Number.POSITIVE_INFINITY,
    warmupSeconds: 0,
    next: () => (next > plan.count ? undefined : step(next++)),
  });
}
