import type { ServiceContext } from '../../services/context.ts';
import type { ReadObjectRequest } from '../../services/objects/head-object.ts';
import type { ObjectOperation } from '../operation.ts';
import { parseReadConditions } from './parse-conditions.ts';
import type { Presentation } from './present-object.ts';
import { responseOverrides } from './response-overrides.ts';
import { namedVersion } from './version-parameter.ts';
import { parseWantedBytes } from './wanted-bytes.ts';

/** A read of an object: what is asked, and how the answer is to show it. */
export interface ParsedRead {
  readonly asked: ReadObjectRequest;
  readonly presentation: Presentation;
}

/** Reads what GetObject and HeadObject ask for in the same words. Throws the failures of its parts. */
export async function parseRead(context: ServiceContext, request: Parameters<ObjectOperation>[1]): Promise<ParsedRead> {
  const { bucket, key } = request.target;
  const header = (name: string) => request.header(name);
  const overrides = responseOverrides(request.query, request.identity);
  const versionId = namedVersion(request);
  const conditions = parseReadConditions(header, context.now());
  const wanted = parseWantedBytes(header, request.query);
  const withChecksum = request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  return { asked: { bucket, key, versionId, conditions, wanted }, presentation: { withChecksum, overrides } };
}
