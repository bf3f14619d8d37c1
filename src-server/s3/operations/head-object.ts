import { headObject as findObject } from '../../services/objects/head-object.ts';
import { parseReadConditions } from '../http/parse-conditions.ts';
import { objectHeaders, statusOf } from '../http/present-object.ts';
import { responseOverrides } from '../http/response-overrides.ts';
import { namedVersion } from '../http/version-parameter.ts';
import { parseWantedBytes } from '../http/wanted-bytes.ts';
import type { ObjectOperation } from '../operation.ts';

/** HeadObject: what GetObject would answer, without the bytes. */
export const headObject: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const header = (name: string) => request.header(name);
  const overrides = responseOverrides(request.query, request.identity);
  const found = await findObject(context, {
    bucket,
    key,
    versionId: await namedVersion(context, request, 's3:GetObjectVersion'),
    conditions: parseReadConditions(header, context.now()),
    wanted: parseWantedBytes(header, request.query),
  });
  const withChecksum = request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  const { window } = found.selection;
  const headers = {
    ...objectHeaders(found, { withChecksum, overrides }),
    'Content-Length': String(window.end - window.start),
  };
  return { status: statusOf(found.selection), headers, body: { kind: 'empty' } };
};
