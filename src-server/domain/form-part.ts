import { Failure } from './failure.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const CRLF = '\r\n';

/** The boundary of a `multipart/form-data` Content-Type, or undefined where it is another type or has none (RFC 2046 §5.1.1). */
export function formBoundary(contentType: string | undefined): string | undefined {
  if (contentType === undefined || !/^multipart\/form-data\s*;/i.test(contentType)) return undefined;
  const boundary = parameters(contentType.slice(contentType.indexOf(';'))).get('boundary');
  return boundary !== undefined && /^[\x20-\x7e]{0,69}[\x21-\x7e]$/.test(boundary) ? boundary : undefined;
}

/** What a part of a form says of itself. */
export interface PartHeaders {
  /** Lower-case. */
  readonly name: string;
  /** Without folders; undefined where the part is no file. */
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
}

/** Reads the header lines of a part, as latin1 text. Throws MalformedPOSTRequest. */
export function parsePartHeaders(text: string): PartHeaders {
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
  const fileName = disposition?.get('filename');
  if (disposition === undefined || name === undefined) throw new Failure('MalformedPOSTRequest');
  return {
    name: decodeFormText(Buffer.from(name, 'latin1')).toLowerCase(),
    fileName: fileName === undefined ? undefined : baseName(fileName),
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
  const text = decodeFormText(Buffer.from(fileName, 'latin1'));
  return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
}

/** UTF-8 as browsers send it. Throws MalformedPOSTRequest. */
export function decodeFormText(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Failure('MalformedPOSTRequest');
  }
}
