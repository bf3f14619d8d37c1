import { Failure } from '../../domain/failure.ts';

/** What stands before the bytes of the file in a `multipart/form-data` body. */
export interface FormHead {
  /** Fields by lower-case name; the first of repeated ones counts. */
  readonly fields: ReadonlyMap<string, string>;
  /** The name a browser gave for the file, without folders. */
  readonly fileName: string;
  /** Content-Type of the file's part. */
  readonly fileType: string | undefined;
  /** Where the file's bytes begin in the buffer. */
  readonly fileOffset: number;
}

/** AWS: the fields before the file hold at most 20 KB; names and framing come on top. */
const MAX_FORM_FIELD_BYTES = 20 * 1024;
export const MAX_FORM_HEAD_BYTES = 64 * 1024;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const CRLF = '\r\n';

/**
 * Reads the fields of a form as far as they have arrived (RFC 7578). Answers undefined while the file's part has not begun.
 * Throws MalformedPOSTRequest, MaxPostPreDataLengthExceededError, IncorrectNumberOfFilesInPostRequest.
 */
export function parseFormHead(bytes: Buffer, boundary: string): FormHead | undefined {
  const fields = new Map<string, string>();
  const delimiter = `--${boundary}`;
  let at = bytes.indexOf(delimiter, 0, 'latin1');
  let fieldBytes = 0;
  while (at !== -1) {
    const partStart = at + delimiter.length;
    if (bytes.length < partStart + 2) return undefined;
    const lineEnd = bytes.toString('latin1', partStart, partStart + 2);
    if (lineEnd === '--') throw new Failure('IncorrectNumberOfFilesInPostRequest');
    if (lineEnd !== CRLF) throw new Failure('MalformedPOSTRequest');
    const headersEnd = bytes.indexOf(CRLF + CRLF, partStart, 'latin1');
    if (headersEnd === -1) return undefined;
    const part = parsePartHeaders(bytes.toString('latin1', partStart + 2, headersEnd));
    const contentStart = headersEnd + 4;
    if (part.name === 'file') {
      return { fields, fileName: baseName(part.fileName ?? ''), fileType: part.contentType, fileOffset: contentStart };
    }
    const contentEnd = bytes.indexOf(CRLF + delimiter, contentStart, 'latin1');
    if (contentEnd === -1) return undefined;
    fieldBytes += contentEnd - contentStart;
    if (fieldBytes > MAX_FORM_FIELD_BYTES) throw new Failure('MaxPostPreDataLengthExceededError');
    if (!fields.has(part.name)) fields.set(part.name, decodeText(bytes.subarray(contentStart, contentEnd)));
    at = contentEnd + CRLF.length;
  }
  return undefined;
}

/** The boundary of a `multipart/form-data` Content-Type, or undefined where it is another type or has none (RFC 2046 §5.1.1). */
export function formBoundary(contentType: string | undefined): string | undefined {
  if (contentType === undefined || !/^multipart\/form-data\s*;/i.test(contentType)) return undefined;
  const boundary = parameters(contentType.slice(contentType.indexOf(';'))).get('boundary');
  return boundary !== undefined && /^[\x20-\x7e]{0,69}[\x21-\x7e]$/.test(boundary) ? boundary : undefined;
}

interface PartHeaders {
  /** Lower-case. */
  readonly name: string;
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
}

function parsePartHeaders(text: string): PartHeaders {
  let disposition: ReadonlyMap<string, string> | undefined;
  let contentType: string | undefined;
  for (const line of text.split(CRLF)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'content-disposition') disposition = parameters(value);
    else if (name === 'content-type') contentType = value;
  }
  const name = disposition?.get('name');
  if (disposition === undefined || name === undefined) throw new Failure('MalformedPOSTRequest');
  return {
    name: decodeText(Buffer.from(name, 'latin1')).toLowerCase(),
    fileName: disposition.get('filename'),
    contentType,
  };
}

const PARAMETER = /;\s*([A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]+))/g;

function parameters(value: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name, quoted, token] of value.matchAll(PARAMETER)) {
    // Browsers escape only the quote; a backslash before anything else is part of a Windows path.
    if (name !== undefined) found.set(name.toLowerCase(), quoted?.replaceAll('\\"', '"') ?? token ?? '');
  }
  return found;
}

function baseName(fileName: string): string {
  const text = decodeText(Buffer.from(fileName, 'latin1'));
  return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
}

function decodeText(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Failure('MalformedPOSTRequest');
  }
}
