import { getSession } from '../../../../src-server/contract/sessions.ts';
import { postObjectBatch, postObjectProbe } from '../../../../src-server/contract/upload-batches.ts';
import {
  deleteUpload,
  getUploadParts,
  postUpload,
  postUploadCompletion,
  putUploadPart,
  type UploadPart,
} from '../../../../src-server/contract/uploads.ts';
import { ApiError, call, rememberCsrfToken, urlOf } from '../../../lib/api.ts';
import type { TransferApi, UploadName } from '../engine/ports.ts';
import { sendBytes } from './send-bytes.ts';

/** The engine's server, over the console's API, for the transfers of this user and of nobody else. */
export function transferApiOf(userName: string): TransferApi {
  return { ...API, ping: () => pingAs(userName) };
}

const API: Omit<TransferApi, 'ping'> = {
  probe: async (bucket, keys, signal) =>
    (await call(postObjectProbe, { params: { bucket }, body: { keys: [...keys] }, signal })).found,
  begin: async (bucket, facts) => (await call(postUpload, { params: { bucket }, body: facts })).uploadId,
  putPart: async ({ bucket, key, uploadId, partNumber, crc64nvme, body, signal, onProgress }) => {
    const params = { bucket, uploadId, partNumber: String(partNumber) };
    const url = urlOf(putUploadPart.path, params, { key, crc64nvme });
    const answer = await sendBytes({ method: 'PUT', url, body, signal, onProgress });
    return putUploadPart.answers[200].schema.parse(answer);
  },
  listParts,
  complete: ({ bucket, key, uploadId }, { parts, ...whole }) =>
    call(postUploadCompletion, { params: { bucket, uploadId }, body: { key, parts: [...parts], ...whole } }),
  abort: ({ bucket, key, uploadId }) => call(deleteUpload, { params: { bucket, uploadId }, query: { key } }),
  putBatch: async ({ bucket, body, signal, onProgress }) => {
    const url = urlOf(postObjectBatch.path, { bucket });
    const answer = await sendBytes({ method: 'POST', url, body, signal, onProgress });
    return postObjectBatch.answers[200].schema.parse(answer).results;
  },
};

/** The browser has one session for all its windows: in another one somebody else may have signed in. */
async function pingAs(userName: string): Promise<void> {
  const session = await call(getSession);
  if (session.userName !== userName) throw new ApiError(401, 'SignInNeeded', '');
  rememberCsrfToken(session.csrfToken);
}

async function listParts({ bucket, key, uploadId }: UploadName): Promise<UploadPart[]> {
  const found: UploadPart[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const query = { key, after: String(after) };
    const page: { parts: UploadPart[]; nextAfter: number | null } = await call(getUploadParts, {
      params: { bucket, uploadId },
      query,
    });
    found.push(...page.parts);
    after = page.nextAfter;
  }
  return found;
}
