import { Failure } from '../../domain/failure.ts';
import { decodeFormText, parsePartHeaders } from '../../domain/form-part.ts';

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
      return { fields, fileName: part.fileName ?? '', fileType: part.contentType, fileOffset: contentStart };
    }
    const contentEnd = bytes.indexOf(CRLF + delimiter, contentStart, 'latin1');
    if (contentEnd === -1) return undefined;
    fieldBytes += contentEnd - contentStart;
    if (fieldBytes > MAX_FORM_FIELD_BYTES) throw new Failure('MaxPostPreDataLengthExceededError');
    if (!fields.has(part.name)) fields.set(part.name, decodeFormText(bytes.subarray(contentStart, contentEnd)));
    at = contentEnd + CRLF.length;
  }
  return undefined;
}
