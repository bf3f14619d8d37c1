import type { Tag } from '../../domain/bucket-settings.ts';
import { Failure, isFailure } from '../../domain/failure.ts';
import { formBoundary } from '../../domain/form-part.ts';
import type { ObjectKey } from '../../domain/ids.ts';
import { parseObjectKey } from '../../domain/object-key.ts';
import type { FactSource } from '../auth/condition-facts.ts';
import { RequestHeaders } from '../http/request-headers.ts';
import { parseTagging } from '../xml/shapes/tagging.ts';
import { type FormHead, MAX_FORM_HEAD_BYTES, parseFormHead } from './form-fields.ts';
import type { SocketSource } from './socket-source.ts';

/** A browser form up to its file; the file's bytes are still in the source. */
export interface OpenedForm {
  readonly head: FormHead;
  /** Fields with `${filename}` replaced. */
  readonly fields: ReadonlyMap<string, string>;
  readonly boundary: string;
}

/**
 * Reads a form's fields, which must come before its file. Throws RequestIsNotMultiPartContent and the failures of
 * `parseFormHead`.
 */
export async function openForm(source: SocketSource, contentType: string | undefined): Promise<OpenedForm> {
  const boundary = formBoundary(contentType);
  if (boundary === undefined) throw new Failure('RequestIsNotMultiPartContent');
  let bytes: Buffer = Buffer.alloc(0);
  for (;;) {
    const next = await source.next();
    if (next === undefined) throw new Failure('MalformedPOSTRequest');
    bytes = bytes.length === 0 ? next : Buffer.concat([bytes, next]);
    const head = parseFormHead(bytes, boundary);
    if (head !== undefined) {
      source.unread(bytes.subarray(head.fileOffset));
      return { head, fields: withFileName(head), boundary };
    }
    if (bytes.length > MAX_FORM_HEAD_BYTES) throw new Failure('MaxPostPreDataLengthExceededError');
  }
}

/** The key a form uploads to. Throws UserKeyMustBeSpecified, KeyTooLongError, InvalidURI. */
export function formKey(fields: ReadonlyMap<string, string>): ObjectKey {
  const key = fields.get('key');
  if (key === undefined || key === '') {
    throw new Failure(
      'UserKeyMustBeSpecified',
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
    );
  }
  return parseObjectKey(key);
}

/** The fields that stand for request headers, so that an upload by form obeys the same rules as one by PUT. */
export function formHeaders(fields: ReadonlyMap<string, string>): RequestHeaders {
  const headers = new RequestHeaders([]);
  for (const [name, value] of fields) {
    if (name === 'acl') headers.addFromQuery('x-amz-acl', value);
    else if (name.startsWith('x-amz-') || AS_HEADERS.has(name)) headers.addFromQuery(name, value);
  }
  return headers;
}

/** A form as authorization sees it: tags stand in a field of another shape, and count as the header does. */
export function formSource(headers: RequestHeaders, fields: ReadonlyMap<string, string>): FactSource {
  const header = (name: string) =>
    headers.get(name) ?? (name === 'x-amz-tagging' && fields.has('tagging') ? '' : undefined);
  return { header, query: NO_QUERY };
}

const NO_QUERY: ReadonlyMap<string, string> = new Map();

/** The tags of a form's own field; what cannot be read refuses the request later, until then it says nothing. */
export function tagsOfForm(fields: ReadonlyMap<string, string>): readonly Tag[] {
  const tagging = fields.get('tagging');
  if (tagging === undefined) return [];
  try {
    return parseTagging(Buffer.from(tagging));
  } catch (error) {
    if (isFailure(error)) return [];
    throw error;
  }
}

const AS_HEADERS: ReadonlySet<string> = new Set([
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-md5',
  'content-type',
  'expires',
]);

// biome-ignore lint/suspicious/noTemplateCurlyInString: the variable of AWS's forms, not a template's
const FILE_NAME_VARIABLE = '${filename}';

function withFileName(head: FormHead): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of head.fields) {
    fields.set(
      name,
      value.replaceAll(FILE_NAME_VARIABLE, () => head.fileName),
    );
  }
  return fields;
}
