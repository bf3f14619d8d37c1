import { NO_CONDITION } from '../../domain/conditions.ts';
import { quoteETag } from '../../domain/etag.ts';
import type { ObjectKey } from '../../domain/ids.ts';
import { checkTags, MAX_OBJECT_TAGS } from '../../domain/tags.ts';
import type { ObjectAttributes } from '../../services/objects/object-attributes.ts';
import { putObject, type StoredResult } from '../../services/objects/put-object.ts';
import { objectLocation } from '../http/object-location.ts';
import { requestedLock } from '../http/object-lock-headers.ts';
import { parseObjectAttributes } from '../http/parse-object-attributes.ts';
import { writtenHeaders } from '../http/present-written.ts';
import { emptyResponse, xmlResponse } from '../http/respond.ts';
import type { BucketOperation, PostForm, S3Response } from '../operation.ts';
import { postResponseXml } from '../xml/shapes/post-response.ts';
import { parseTagging } from '../xml/shapes/tagging.ts';

/** PostObject: stores the file of a browser form, as PutObject does, and answers as the form asks. */
export const postObject: BucketOperation = async (context, request) => {
  const { form } = request;
  // The pipeline opens the form of every row whose body is one.
  if (form === undefined) throw new Error('PostObject without a form');
  const { bucket } = request.target;
  const lock = await requestedLock(context, request, { bucket, key: form.key });
  const stored = await putObject(context, {
    identity: request.identity,
    bucket,
    key: form.key,
    attributes: withTaggingField(parseObjectAttributes(request, lock), form),
    condition: NO_CONDITION,
    body: request.body,
  });
  const location = objectLocation(context, request, bucket, form.key);
  return answer(form, stored, { bucket, location, headers: writtenHeaders(stored, request.userAgent) });
};

/** A form carries tags as an XML document, in a field of its own (AWS: POST Object, `tagging`). */
function withTaggingField(attributes: ObjectAttributes, form: PostForm): ObjectAttributes {
  const tagging = form.fields.get('tagging');
  if (tagging === undefined) return attributes;
  const tags = checkTags(parseTagging(Buffer.from(tagging)), MAX_OBJECT_TAGS);
  return { ...attributes, tags };
}

interface Presented {
  readonly bucket: string;
  readonly location: string;
  readonly headers: Readonly<Record<string, string>>;
}

function answer(form: PostForm, stored: StoredResult, presented: Presented): S3Response {
  const { bucket, location } = presented;
  const etag = quoteETag(stored.etag);
  const redirect = redirectOf(form, { bucket, key: form.key, etag });
  if (redirect !== undefined) return emptyResponse(303, { ...presented.headers, Location: redirect });
  const headers = { ...presented.headers, Location: location };
  switch (form.fields.get('success_action_status')) {
    case '200':
      return emptyResponse(200, headers);
    case '201':
      return xmlResponse(postResponseXml({ location, bucket, key: form.key, etag }), headers, 201);
    default:
      return emptyResponse(204, headers);
  }
}

/** Where the form sends the browser afterwards; AWS ignores what is no URL. `redirect` is the field's older name. */
function redirectOf(
  form: PostForm,
  result: { readonly bucket: string; readonly key: ObjectKey; readonly etag: string },
): string | undefined {
  const wanted = form.fields.get('success_action_redirect') ?? form.fields.get('redirect');
  if (wanted === undefined || !/^https?:\/\//i.test(wanted) || !URL.canParse(wanted)) return undefined;
  const url = new URL(wanted);
  for (const [name, value] of Object.entries(result)) url.searchParams.append(name, value);
  return url.href;
}
