import { SaxesParser } from 'saxes';
import { Failure } from '../../domain/failure.ts';
import { checkedXmlText } from './check-xml.ts';
import type { XmlLimits } from './limits.ts';

/** Sees a document's elements in order. Names are local names; the root has depth 1. May throw a Failure. */
export interface XmlVisitor {
  open?(name: string, depth: number): void;
  /** @param text the element's own text; of use where it has no children */
  close(name: string, text: string, depth: number): void;
}

/**
 * Walks a large body (DeleteObjects, CompleteMultipartUpload) without building a tree. Throws MalformedXML.
 *
 * @param root local name of the document element
 */
export function walkXml(bytes: Uint8Array, root: string, limits: XmlLimits, visitor: XmlVisitor): void {
  const source = checkedXmlText(bytes, limits);
  const parser = new SaxesParser();
  let depth = 0;
  let text = '';
  parser.on('error', () => {
    throw new Failure('MalformedXML');
  });
  parser.on('opentag', (tag) => {
    depth++;
    text = '';
    const name = localName(tag.name);
    if (depth === 1 && name !== root) throw new Failure('MalformedXML');
    visitor.open?.(name, depth);
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('cdata', (piece) => {
    text += piece;
  });
  parser.on('closetag', (tag) => {
    visitor.close(localName(tag.name), text, depth);
    text = '';
    depth--;
  });
  parser.write(source).close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
