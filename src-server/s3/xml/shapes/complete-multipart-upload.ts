import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  checksumElement,
  decodeChecksum,
} from '../../../domain/checksum.ts';
import { Failure } from '../../../domain/failure.ts';
import { type ListedPart, MAX_PARTS } from '../../../domain/part-rules.ts';
import { XML_LIMITS } from '../limits.ts';
import { walkXml } from '../walk-xml.ts';

const ALGORITHM_OF: ReadonlyMap<string, ChecksumAlgorithm> = new Map(
  CHECKSUM_ALGORITHMS.map((algorithm) => [checksumElement(algorithm), algorithm]),
);
const PART_DEPTH = 2;
const INTEGER = /^-?\d{1,9}$/;

interface OpenPart {
  partNumber: number | undefined;
  etag: string | undefined;
  checksum: ListedPart['checksum'];
}

/**
 * Reads the body of CompleteMultipartUpload: the parts as they are listed, ETags without their quotes, which are optional.
 *
 * @throws Failure InvalidArgument for a number under 1, MalformedXML for no part, too many, or one without number or ETag; InvalidPart for a checksum that is none;
 *   NotImplemented for a checksum this version does not know
 */
export function parseCompleteMultipartUpload(bytes: Uint8Array): ListedPart[] {
  const parts: ListedPart[] = [];
  let part: OpenPart | undefined;
  walkXml(bytes, 'CompleteMultipartUpload', XML_LIMITS.completeMultipartUpload, {
    open(name, depth) {
      if (depth !== PART_DEPTH) return;
      if (name !== 'Part') throw new Failure('MalformedXML');
      part = { partNumber: undefined, etag: undefined, checksum: undefined };
    },
    close(name, text, depth) {
      if (depth === PART_DEPTH + 1 && part !== undefined) readField(part, name, text.trim());
      if (depth !== PART_DEPTH || part === undefined) return;
      parts.push(finished(part));
      part = undefined;
    },
  });
  if (parts.length === 0 || parts.length > MAX_PARTS) throw new Failure('MalformedXML');
  return parts;
}

function readField(part: OpenPart, name: string, text: string): void {
  if (name === 'PartNumber') {
    if (part.partNumber !== undefined || !INTEGER.test(text)) throw new Failure('MalformedXML');
    part.partNumber = Number(text);
    if (part.partNumber < 1) throw new Failure('InvalidArgument', 'PartNumber must be >= 1');
    return;
  }
  if (name === 'ETag') {
    if (part.etag !== undefined) throw new Failure('MalformedXML');
    part.etag = text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
    return;
  }
  if (!name.startsWith('Checksum')) throw new Failure('MalformedXML');
  const algorithm = ALGORITHM_OF.get(name);
  if (algorithm === undefined) throw new Failure('NotImplemented', `The element ${name} is not implemented`);
  if (part.checksum !== undefined || decodeChecksum(algorithm, text) === undefined) {
    throw new Failure('InvalidPart');
  }
  part.checksum = { algorithm, value: text };
}

function finished(part: OpenPart): ListedPart {
  const { partNumber, etag, checksum } = part;
  if (partNumber === undefined || etag === undefined) throw new Failure('MalformedXML');
  return { partNumber, etag, checksum };
}
