import { parseChecksumPlan } from '../../domain/checksum.ts';
import { parseWriteCondition } from '../../domain/conditions.ts';
import { parseStorageClass } from '../../domain/storage-class.ts';
import { copyObject as storeCopy } from '../../services/objects/copy-object.ts';
import { parseCopyDirectives } from '../http/copy-directives.ts';
import { requestedLock } from '../http/object-lock-headers.ts';
import { DATE_CONDITIONS, parseReadConditions, refuseConditions } from '../http/parse-conditions.ts';
import { parseEncryption } from '../http/parse-object-attributes.ts';
import { versionHeaders } from '../http/present-written.ts';
import { authorizeTagCopy, readableCopySource } from '../http/readable-copy-source.ts';
import { aclOfHeaders } from '../http/requested-acl.ts';
import { xmlResponse } from '../http/respond.ts';
import { refuseVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { copyObjectXml } from '../xml/shapes/copy-object-result.ts';

/** CopyObject: makes a version of some object the current version of this key. */
export const copyObject: ObjectOperation = async (context, request) => {
  refuseVersion(request);
  const { bucket, key } = request.target;
  const header = (name: string) => request.header(name);
  refuseConditions(header, DATE_CONDITIONS);
  const storageClass = header('x-amz-storage-class');
  const source = await readableCopySource(context, request);
  const copied = await storeCopy(context, {
    identity: request.identity,
    bucket,
    key,
    source,
    acl: aclOfHeaders(request),
    mayCopyTags: () => authorizeTagCopy(context, request, source),
    sourceConditions: parseReadConditions(header, context.now(), 'x-amz-copy-source-'),
    condition: parseWriteCondition(header('if-match'), header('if-none-match')),
    directives: parseCopyDirectives(request),
    storageClass: storageClass === undefined ? undefined : parseStorageClass(storageClass),
    encryption: parseEncryption(request),
    lock: await requestedLock(context, request, request.target),
    checksumAlgorithm: parseChecksumPlan(header('x-amz-checksum-algorithm'), undefined)?.algorithm,
  });
  const headers = versionHeaders(copied, request.userAgent);
  if (copied.sourceVersionId !== undefined) headers['x-amz-copy-source-version-id'] = copied.sourceVersionId;
  return xmlResponse(copyObjectXml(copied), headers);
};
