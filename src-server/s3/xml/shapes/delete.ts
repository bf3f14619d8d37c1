import { Failure } from '../../../domain/failure.ts';
import { XML_LIMITS } from '../limits.ts';
import { walkXml } from '../walk-xml.ts';

/** One object of a DeleteObjects body, as it stands there: names are parsed later, each with its own error. */
export interface ObjectToDelete {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly etag: string | undefined;
}

export interface DeleteDocument {
  readonly isQuiet: boolean;
  readonly objects: readonly ObjectToDelete[];
}

/** AWS's limit for one request. */
const MAX_OBJECTS = 1000;
const CHILD_DEPTH = 2;

/**
 * Reads the body of DeleteObjects.
 *
 * @throws Failure MalformedXML for none or too many objects, one without a key, or an element that AWS does not have;
 *   NotImplemented for the conditions that only directory buckets have
 */
export function parseDelete(bytes: Uint8Array): DeleteDocument {
  const objects: ObjectToDelete[] = [];
  let isQuiet = false;
  let fields: Map<string, string> | undefined;
  walkXml(bytes, 'Delete', XML_LIMITS.deleteObjects, {
    open(name, depth) {
      if (depth === CHILD_DEPTH && name === 'Object') fields = new Map();
      else if (depth > CHILD_DEPTH + 1) throw new Failure('MalformedXML');
    },
    close(name, text, depth) {
      if (depth === CHILD_DEPTH + 1) readField(fields, name, text);
      if (depth !== CHILD_DEPTH) return;
      if (name === 'Quiet') isQuiet = parseBoolean(text);
      else if (name === 'Object' && fields !== undefined) objects.push(toObject(fields));
      else throw new Failure('MalformedXML');
      fields = undefined;
    },
  });
  if (objects.length === 0 || objects.length > MAX_OBJECTS) throw new Failure('MalformedXML');
  return { isQuiet, objects };
}

function readField(fields: Map<string, string> | undefined, name: string, text: string): void {
  if (fields === undefined || fields.has(name)) throw new Failure('MalformedXML');
  switch (name) {
    case 'Key':
    case 'VersionId':
    case 'ETag':
      fields.set(name, text);
      return;
    case 'LastModifiedTime':
    case 'Size':
      throw new Failure('NotImplemented', `The element ${name} is for directory buckets only`);
    default:
      throw new Failure('MalformedXML');
  }
}

function toObject(fields: ReadonlyMap<string, string>): ObjectToDelete {
  const key = fields.get('Key');
  if (key === undefined || key === '') throw new Failure('MalformedXML');
  // An empty element names no version and asks for no condition: some clients send both always.
  return { key, versionId: fields.get('VersionId') || undefined, etag: fields.get('ETag') || undefined };
}

function parseBoolean(text: string): boolean {
  switch (text.trim().toLowerCase()) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
    case '':
      return false;
    default:
      throw new Failure('MalformedXML');
  }
}
