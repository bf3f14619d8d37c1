import { Failure } from '../../domain/failure.ts';
import { getObjectAttributes as readAttributes } from '../../services/objects/get-object-attributes.ts';
import { httpDate } from '../http/dates.ts';
import { xmlResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { getObjectAttributesXml } from '../xml/shapes/get-object-attributes-response.ts';

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;
type Attribute = (typeof ATTRIBUTES)[number];
const MAX_PAGE = 1000;

/** GetObjectAttributes: chosen facts of a version. */
export const getObjectAttributes: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const wanted = parseAttributes(request.header('x-amz-object-attributes'));
  const limit = Math.min(parseCount('x-amz-max-parts', request.header('x-amz-max-parts')) ?? MAX_PAGE, MAX_PAGE);
  const after = parseCount('x-amz-part-number-marker', request.header('x-amz-part-number-marker')) ?? 0;
  const versionId = namedVersion(request);
  const parts = wanted.has('ObjectParts') ? { after, limit } : undefined;
  const found = await readAttributes(context, { bucket, key, versionId }, parts);
  const { object, partPage } = found;
  const algorithm = object.checksum?.algorithm;
  const page =
    partPage?.parts === undefined || algorithm === undefined
      ? undefined
      : { after, limit, isTruncated: partPage.isTruncated, algorithm, parts: partPage.parts };
  const xml = getObjectAttributesXml({
    etag: wanted.has('ETag') ? object.etag : undefined,
    checksum: wanted.has('Checksum') ? object.checksum : undefined,
    objectParts: partPage === undefined ? undefined : { count: partPage.count, page },
    storageClass: wanted.has('StorageClass') ? object.storageClass : undefined,
    sizeBytes: wanted.has('ObjectSize') ? object.sizeBytes : undefined,
  });
  const headers: Record<string, string> = { 'Last-Modified': httpDate(object.modifiedMs) };
  if (found.versionId !== undefined) headers['x-amz-version-id'] = found.versionId;
  return xmlResponse(xml, headers);
};

function parseAttributes(header: string | undefined): ReadonlySet<Attribute> {
  const names = (header ?? '').split(',').map((name) => name.trim());
  const known = names.map((name) => ATTRIBUTES.find((attribute) => attribute === name));
  const wanted = new Set<Attribute>();
  for (const name of known) {
    if (name === undefined) throw invalid('x-amz-object-attributes', header ?? '', 'Invalid attribute name specified.');
    wanted.add(name);
  }
  return wanted;
}

function parseCount(name: string, value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw invalid(name, value, `Provided ${name} not an integer or within integer range`);
}

function invalid(name: string, value: string, message: string): Failure {
  return new Failure('InvalidArgument', message, {
    fields: { ArgumentName: name, ArgumentValue: value.slice(0, 1024) },
  });
}
