import { Failure } from './failure.ts';

/** The bytes `[start, end]`, both inclusive, of a body. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const ONE_RANGE = /^bytes=(\d*)-(\d*)$/i;

/**
 * Reads a Range header against a body's size. Answers undefined where the header is to be ignored and the whole body sent:
 * other units, several ranges (AWS sends the whole object), or syntax that is none (RFC 9110 §14.2).
 *
 * @throws Failure InvalidRange (416) where no byte of the body is meant
 */
export function parseRange(header: string, sizeBytes: number): ByteRange | undefined {
  const match = ONE_RANGE.exec(header.replace(/\s+/g, ''));
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  const range = first === '' ? suffixRange(Number(last), sizeBytes) : fromRange(Number(first), last, sizeBytes);
  if (range === 'unsatisfiable') throw invalidRange(header, sizeBytes);
  return range;
}

function suffixRange(length: number, sizeBytes: number): ByteRange | 'unsatisfiable' {
  if (length === 0 || sizeBytes === 0) return 'unsatisfiable';
  return { start: Math.max(0, sizeBytes - length), end: sizeBytes - 1 };
}

function fromRange(start: number, last: string, sizeBytes: number): ByteRange | 'unsatisfiable' | undefined {
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= sizeBytes) return 'unsatisfiable';
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return { start, end };
}

function invalidRange(header: string, sizeBytes: number): Failure {
  return new Failure('InvalidRange', undefined, {
    fields: { RangeRequested: header, ActualObjectSize: String(sizeBytes) },
    headers: { 'Content-Range': `bytes */${sizeBytes}` },
  });
}

const EXACT_RANGE = /^bytes=(\d+)-(\d+)$/;

/**
 * Reads `x-amz-copy-source-range`, which takes first and last byte and nothing else.
 *
 * @throws Failure InvalidArgument for another form, or where it reaches past the end of the source (AWS: UploadPartCopy)
 */
export function parseCopySourceRange(header: string, sizeBytes: number): ByteRange {
  const match = EXACT_RANGE.exec(header);
  const start = Number(match?.[1]);
  const end = Number(match?.[2]);
  if (match === null || end < start) {
    throw new Failure(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      { fields: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header } },
    );
  }
  if (end >= sizeBytes) {
    const message = `Range specified is not valid for source object of size: ${sizeBytes}`;
    throw new Failure('InvalidArgument', message, {
      fields: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header },
    });
  }
  return { start, end };
}
