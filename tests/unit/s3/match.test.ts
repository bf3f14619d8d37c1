import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { parseQueryString } from '../../../src-server/s3/http/query-string.ts';
import { RequestHeaders } from '../../../src-server/s3/http/request-headers.ts';
import { OPERATION_TABLE } from '../../../src-server/s3/operation-table/index.ts';
import { createMatcher } from '../../../src-server/s3/operation-table/match.ts';

const match = createMatcher(OPERATION_TABLE);

function route(line: string, headers: Record<string, string> = {}): string {
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query = ''] = target.split('?');
  const scope = path === '/' ? 'service' : path.split('/').length > 2 ? 'object' : 'bucket';
  try {
    return match({
      method,
      scope,
      query: parseQueryString(query).params,
      headers: new RequestHeaders(Object.entries(headers).flat()),
    }).action;
  } catch (error) {
    assert.ok(isFailure(error), String(error));
    return error.code;
  }
}

const COPY = { 'x-amz-copy-source': '/a/b' };
const CASES: readonly (readonly [line: string, expected: string, headers?: Record<string, string>])[] = [
  ['GET /', 'ListBuckets'],
  ['GET /?max-directory-buckets=1', 'ListDirectoryBuckets'],
  ['HEAD /', 'MethodNotAllowed'],
  ['POST /', 'MethodNotAllowed'],
  ['GET /b', 'ListObjects'],
  ['GET /b?list-type=2&x-id=ListObjectsV2', 'ListObjectsV2'],
  ['GET /b?list-type=3', 'InvalidArgument'],
  ['GET /b?location', 'GetBucketLocation'],
  ['GET /b?location=', 'GetBucketLocation'],
  ['GET /b?versions&prefix=a', 'ListObjectVersions'],
  ['GET /b?uploads', 'ListMultipartUploads'],
  ['GET /b?lifecycle', 'GetBucketLifecycleConfiguration'],
  ['GET /b?analytics', 'ListBucketAnalyticsConfigurations'],
  ['GET /b?analytics&id=x', 'GetBucketAnalyticsConfiguration'],
  ['GET /b?acl&policy', 'InvalidArgument'],
  ['GET /b?tagging&unknown=1', 'GetBucketTagging'],
  ['GET /b?unknown=1', 'ListObjects'],
  ['GET /b?attributes', 'NotImplemented'],
  ['PUT /b', 'CreateBucket'],
  ['PUT /b?versioning', 'PutBucketVersioning'],
  ['PUT /b?uploads', 'NotImplemented'],
  ['PUT /b?location', 'NotImplemented'],
  ['DELETE /b?delete', 'NotImplemented'],
  ['POST /b', 'PostObject'],
  ['POST /b?delete', 'DeleteObjects'],
  ['PATCH /b', 'MethodNotAllowed'],
  ['GET /b/k', 'GetObject'],
  ['GET /b/k?partNumber=1', 'GetObject'],
  ['GET /b/k?attributes', 'GetObjectAttributes'],
  ['GET /b/k?uploadId=u', 'ListParts'],
  ['GET /b/k?uploads', 'NotImplemented'],
  ['GET /b/k?versioning', 'NotImplemented'],
  ['GET /b/k?annotation&annotationName=a', 'GetObjectAnnotation'],
  ['GET /b/k?annotation', 'ListObjectAnnotations'],
  ['HEAD /b/k?acl', 'NotImplemented'],
  ['PUT /b/k', 'PutObject'],
  ['PUT /b/k', 'CopyObject', COPY],
  ['PUT /b/k?partNumber=1&uploadId=u', 'UploadPart'],
  ['PUT /b/k?partNumber=1&uploadId=u', 'UploadPartCopy', COPY],
  ['PUT /b/k?partNumber=1', 'InvalidArgument'],
  ['PUT /b/k?uploadId=u', 'InvalidArgument'],
  ['PUT /b/k?uploadId=u', 'InvalidArgument', COPY],
  ['PUT /b/k?encryption', 'UpdateObjectEncryption'],
  ['PUT /b/k?renameObject', 'RenameObject'],
  ['PUT /b/k?torrent', 'NotImplemented'],
  ['POST /b/k', 'MethodNotAllowed'],
  ['POST /b/k?uploads', 'CreateMultipartUpload'],
  ['POST /b/k?uploadId=u', 'CompleteMultipartUpload'],
  ['POST /b/k?select&select-type=2', 'SelectObjectContent'],
  ['POST /b/k?select', 'MethodNotAllowed'],
  ['DELETE /b/k', 'DeleteObject'],
  ['DELETE /b/k?uploadId=u', 'AbortMultipartUpload'],
  ['DELETE /b/k?versionId=v', 'DeleteObject'],
];

for (const [line, expected, headers] of CASES) {
  test(`${line}${headers === undefined ? '' : ' with a copy source'} is ${expected}`, () => {
    assert.equal(route(line, headers), expected);
  });
}

test('a sub-resource of AWS never reaches an action without one', () => {
  const plain = new Set(OPERATION_TABLE.filter((row) => row.subresource === undefined).map((row) => row.action));
  for (const { subresource } of OPERATION_TABLE) {
    if (subresource === undefined) continue;
    for (const method of ['GET', 'HEAD', 'PUT', 'POST', 'DELETE']) {
      for (const path of ['/', '/b', '/b/k']) {
        const action = route(`${method} ${path}?${subresource}`);
        assert.ok(!plain.has(action), `${method} ${path}?${subresource} -> ${action}`);
      }
    }
  }
});
