import { Failure } from '../../domain/failure.ts';
import { parseVersionId } from '../../domain/version-id.ts';
import { listObjectVersions as listPage } from '../../services/objects/list-object-versions.ts';
import { parseEncodingType, parsePageSize } from '../http/page-parameters.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { listVersionsXml } from '../xml/shapes/list-versions-result.ts';

/** ListObjectVersions: a page of all versions and delete markers, by key, newest first. */
export const listObjectVersions: BucketOperation = async (context, request) => {
  const { query } = request;
  const { bucket } = request.target;
  const keyMarker = query.get('key-marker') ?? '';
  const versionIdMarker = query.get('version-id-marker') ?? '';
  if (versionIdMarker !== '' && keyMarker === '') {
    throw new Failure('InvalidArgument', 'A version-id marker cannot be specified without a key marker.', {
      fields: { ArgumentName: 'version-id-marker', ArgumentValue: versionIdMarker.slice(0, 1024) },
    });
  }
  const asked = {
    bucket,
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: parsePageSize(query, 'max-keys'),
    encodingType: parseEncodingType(query),
  };
  const page = await listPage(context, {
    ...asked,
    keyMarker,
    versionIdMarker: versionIdMarker === '' ? undefined : parseVersionId(versionIdMarker),
    limit: asked.maxKeys,
  });
  return xmlResponse(listVersionsXml({ ...asked, ...page, keyMarker, versionIdMarker }));
};
