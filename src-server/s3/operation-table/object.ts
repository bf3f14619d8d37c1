import { abortMultipartUpload } from '../operations/abort-multipart-upload.ts';
import { completeMultipartUpload } from '../operations/complete-multipart-upload.ts';
import { copyObject } from '../operations/copy-object.ts';
import { createMultipartUpload } from '../operations/create-multipart-upload.ts';
import { deleteObject } from '../operations/delete-object.ts';
import { deleteObjectTagging } from '../operations/delete-object-tagging.ts';
import { getObject } from '../operations/get-object.ts';
import { getObjectAcl } from '../operations/get-object-acl.ts';
import { getObjectAttributes } from '../operations/get-object-attributes.ts';
import { getObjectLegalHold } from '../operations/get-object-legal-hold.ts';
import { getObjectRetention } from '../operations/get-object-retention.ts';
import { getObjectTagging } from '../operations/get-object-tagging.ts';
import { headObject } from '../operations/head-object.ts';
import { listParts } from '../operations/list-parts.ts';
import { putObject } from '../operations/put-object.ts';
import { putObjectAcl } from '../operations/put-object-acl.ts';
import { putObjectLegalHold } from '../operations/put-object-legal-hold.ts';
import { putObjectRetention } from '../operations/put-object-retention.ts';
import { putObjectTagging } from '../operations/put-object-tagging.ts';
import { uploadPart } from '../operations/upload-part.ts';
import { uploadPartCopy } from '../operations/upload-part-copy.ts';
import {
  ANNOTATION_BYTES,
  COMPLETE_UPLOAD_BYTES,
  CONFIGURATION_BYTES,
  MAX_PUT_BYTES,
  type OperationRow,
} from './row.ts';

/**
 * AWS's actions on an object, in the alphabet's order, one a line. To implement one: write `../operations/<kebab-case>.ts`
 * exporting the camelCase action, import it here and put it in place of 'not-implemented'.
 */
// biome-ignore format: one action a line
export const OBJECT_OPERATIONS: readonly OperationRow<'object'>[] = [
  { action: 'AbortMultipartUpload', method: 'DELETE', scope: 'object', query: { uploadId: '*' }, iamAction: 's3:AbortMultipartUpload', body: 'none', bodyLimitBytes: 0, status: 204, handler: abortMultipartUpload },
  { action: 'CompleteMultipartUpload', method: 'POST', scope: 'object', query: { uploadId: '*' }, iamAction: 's3:PutObject', body: 'xml', bodyLimitBytes: COMPLETE_UPLOAD_BYTES, checksumHeadersOf: 'object', status: 200, handler: completeMultipartUpload },
  { action: 'CopyObject', method: 'PUT', scope: 'object', requestHeader: 'x-amz-copy-source', iamAction: 's3:PutObject', body: 'none', bodyLimitBytes: 0, status: 200, handler: copyObject },
  { action: 'CreateMultipartUpload', method: 'POST', scope: 'object', subresource: 'uploads', iamAction: 's3:PutObject', body: 'none', bodyLimitBytes: 0, status: 200, handler: createMultipartUpload },
  { action: 'DeleteObject', method: 'DELETE', scope: 'object', iamAction: 's3:DeleteObject', body: 'none', bodyLimitBytes: 0, status: 204, handler: deleteObject },
  { action: 'DeleteObjectAnnotation', method: 'DELETE', scope: 'object', subresource: 'annotation', iamAction: 's3:DeleteObjectAnnotation', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteObjectTagging', method: 'DELETE', scope: 'object', subresource: 'tagging', iamAction: 's3:DeleteObjectTagging', body: 'none', bodyLimitBytes: 0, status: 204, handler: deleteObjectTagging },
  { action: 'GetObject', method: 'GET', scope: 'object', iamAction: 's3:GetObject', body: 'none', bodyLimitBytes: 0, status: 200, handler: getObject },
  { action: 'GetObjectAcl', method: 'GET', scope: 'object', subresource: 'acl', iamAction: 's3:GetObjectAcl', body: 'none', bodyLimitBytes: 0, status: 200, handler: getObjectAcl },
  { action: 'GetObjectAnnotation', method: 'GET', scope: 'object', subresource: 'annotation', query: { annotationName: '*' }, iamAction: 's3:GetObjectAnnotation', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetObjectAttributes', method: 'GET', scope: 'object', subresource: 'attributes', iamAction: 's3:GetObjectAttributes', body: 'none', bodyLimitBytes: 0, status: 200, handler: getObjectAttributes },
  { action: 'GetObjectLegalHold', method: 'GET', scope: 'object', subresource: 'legal-hold', iamAction: 's3:GetObjectLegalHold', body: 'none', bodyLimitBytes: 0, status: 200, handler: getObjectLegalHold },
  { action: 'GetObjectRetention', method: 'GET', scope: 'object', subresource: 'retention', iamAction: 's3:GetObjectRetention', body: 'none', bodyLimitBytes: 0, status: 200, handler: getObjectRetention },
  { action: 'GetObjectTagging', method: 'GET', scope: 'object', subresource: 'tagging', iamAction: 's3:GetObjectTagging', body: 'none', bodyLimitBytes: 0, status: 200, handler: getObjectTagging },
  { action: 'GetObjectTorrent', method: 'GET', scope: 'object', subresource: 'torrent', iamAction: 's3:GetObjectTorrent', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'HeadObject', method: 'HEAD', scope: 'object', iamAction: 's3:GetObject', body: 'none', bodyLimitBytes: 0, status: 200, handler: headObject },
  { action: 'ListObjectAnnotations', method: 'GET', scope: 'object', subresource: 'annotation', iamAction: 's3:ListObjectAnnotations', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'ListParts', method: 'GET', scope: 'object', query: { uploadId: '*' }, iamAction: 's3:ListMultipartUploadParts', body: 'none', bodyLimitBytes: 0, status: 200, handler: listParts },
  { action: 'PutObject', method: 'PUT', scope: 'object', iamAction: 's3:PutObject', body: 'object', bodyLimitBytes: MAX_PUT_BYTES, status: 200, handler: putObject },
  { action: 'PutObjectAcl', method: 'PUT', scope: 'object', subresource: 'acl', iamAction: 's3:PutObjectAcl', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: putObjectAcl },
  { action: 'PutObjectAnnotation', method: 'PUT', scope: 'object', subresource: 'annotation', iamAction: 's3:PutObjectAnnotation', body: 'object', bodyLimitBytes: ANNOTATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutObjectLegalHold', method: 'PUT', scope: 'object', subresource: 'legal-hold', iamAction: 's3:PutObjectLegalHold', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, checksumRequired: true, status: 200, handler: putObjectLegalHold },
  { action: 'PutObjectRetention', method: 'PUT', scope: 'object', subresource: 'retention', iamAction: 's3:PutObjectRetention', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, checksumRequired: true, status: 200, handler: putObjectRetention },
  { action: 'PutObjectTagging', method: 'PUT', scope: 'object', subresource: 'tagging', iamAction: 's3:PutObjectTagging', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: putObjectTagging },
  { action: 'RenameObject', method: 'PUT', scope: 'object', subresource: 'renameObject', iamAction: 's3:PutObject', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'RestoreObject', method: 'POST', scope: 'object', subresource: 'restore', iamAction: 's3:RestoreObject', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'SelectObjectContent', method: 'POST', scope: 'object', subresource: 'select', query: { 'select-type': '2' }, iamAction: 's3:GetObject', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'UpdateObjectEncryption', method: 'PUT', scope: 'object', subresource: 'encryption', iamAction: 's3:UpdateObjectEncryption', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'UploadPart', method: 'PUT', scope: 'object', query: { partNumber: '*', uploadId: '*' }, iamAction: 's3:PutObject', body: 'object', bodyLimitBytes: MAX_PUT_BYTES, status: 200, handler: uploadPart },
  { action: 'UploadPartCopy', method: 'PUT', scope: 'object', query: { partNumber: '*', uploadId: '*' }, requestHeader: 'x-amz-copy-source', iamAction: 's3:PutObject', body: 'none', bodyLimitBytes: 0, status: 200, handler: uploadPartCopy },
];
