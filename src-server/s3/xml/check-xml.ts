import { Failure } from '../../domain/failure.ts';
import type { XmlLimits } from './limits.ts';

const EXCLAMATION = 0x21;
const SLASH = 0x2f;
const QUESTION = 0x3f;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes a body as UTF-8 (a byte order mark is dropped) and counts its tags before any parser sees it.
 * Throws MalformedXML where it is empty, too large, too deep, has too many elements, declares a document type or an entity.
 */
export function checkedXmlText(bytes: Uint8Array, limits: XmlLimits): string {
  if (bytes.length > limits.maxBytes) throw new Failure('MalformedXML');
  let text: string;
  try {
    text = UTF8.decode(bytes).trim();
  } catch {
    throw new Failure('MalformedXML');
  }
  checkTags(text, limits);
  return text;
}

function checkTags(text: string, limits: XmlLimits): void {
  let depth = 0;
  let elements = 0;
  for (let at = text.indexOf('<'); at !== -1; ) {
    const end = endOfMarkup(text, at);
    if (end === -1) throw new Failure('MalformedXML');
    const next = text.charCodeAt(at + 1);
    if (next === SLASH) depth--;
    else if (next !== EXCLAMATION && next !== QUESTION) {
      // A second root would be dropped by some parsers and read by others.
      if (depth === 0 && elements > 0) throw new Failure('MalformedXML');
      elements++;
      if (text.charCodeAt(end - 1) !== SLASH) depth++;
    }
    if (depth < 0 || depth > limits.maxDepth || elements > limits.maxElements) throw new Failure('MalformedXML');
    at = text.indexOf('<', end);
  }
  if (elements === 0 || depth !== 0) throw new Failure('MalformedXML');
}

/** Index of the `>` that ends the markup starting at `start`, or -1 where it is unfinished or not allowed. */
function endOfMarkup(text: string, start: number): number {
  const next = text[start + 1];
  if (next === '?') return lastIndexOfToken(text, '?>', start + 2);
  if (next !== '!') return endOfTag(text, start + 1);
  if (text.startsWith('<!--', start)) return lastIndexOfToken(text, '-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) return lastIndexOfToken(text, ']]>', start + 9);
  // What remains is a document type or an entity declaration.
  return -1;
}

function lastIndexOfToken(text: string, token: string, from: number): number {
  const at = text.indexOf(token, from);
  return at === -1 ? -1 : at + token.length - 1;
}

function endOfTag(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3e) return i;
    if (code === 0x22 || code === 0x27) {
      i = text.indexOf(code === 0x22 ? '"' : "'", i + 1);
      if (i === -1) return -1;
    }
  }
  return -1;
}
