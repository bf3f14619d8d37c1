import { getObject as openObject } from '../../services/objects/get-object.ts';
import { parseReadConditions } from '../http/parse-conditions.ts';
import { objectHeaders, statusOf } from '../http/present-object.ts';
import { responseOverrides } from '../http/response-overrides.ts';
import { namedVersion } from '../http/version-parameter.ts';
import { parseWantedBytes } from '../http/wanted-bytes.ts';
import type { ObjectOperation } from '../operation.ts';

/** GetObject: the bytes of an object, a range or a part of them. */
export const getObject: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const header = (name: string) => request.header(name);
  const overrides = responseOverrides(request.query, request.identity);
  const found = await openObject(context, {
    bucket,
    key,
    versionId: await namedVersion(context, request, 's3:GetObjectVersion'),
    conditions: parseReadConditions(header, context.now()),
    wanted: parseWantedBytes(header, request.query),
  });
  const withChecksum = request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  const headers = objectHeaders(found, { withChecksum, overrides });
  const status = statusOf(found.selection);
  const { body } = found;
  switch (body.kind) {
    case 'empty':
      return { status, headers: { ...headers, 'Content-Length': '0' }, body };
    case 'bytes':
      return { status, headers, body };
    case 'stream':
      return {
        status,
        headers,
        body: { kind: 'stream', sizeBytes: body.sizeBytes, chunks: body.open(request.signal) },
      };
  }
};
