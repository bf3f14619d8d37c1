import { Parser } from 'xml2js';
import type * as z from 'zod';
import { Failure } from '../../domain/failure.ts';
import { checkedXmlText } from './check-xml.ts';
import { XML_LIMITS, type XmlLimits } from './limits.ts';

// No XML name holds a `#`, so no element can pass for these.
const TEXT = '#text';
const ATTRIBUTES = '#attributes';

/**
 * What a schema sees of an element: its text where it has no children, else its children by local name, each a list.
 * An empty element is the empty string. `xsi:type` shows as the child `@type`; other attributes are dropped.
 */
export type XmlNode = string | { readonly [localName: string]: readonly XmlNode[] };

/**
 * Parses a configuration body and checks it against `schema` (built from `config-schema.ts`, so that unknown elements are
 * refused). Namespaces and prefixes are accepted and ignored. Throws MalformedXML.
 *
 * @param root local name of the document element
 */
export function parseConfigXml<T>(
  bytes: Uint8Array,
  root: string,
  schema: z.ZodType<T>,
  limits: XmlLimits = XML_LIMITS.configuration,
): T {
  const parsed = schema.safeParse(parseXmlNode(bytes, root, limits));
  if (!parsed.success) throw new Failure('MalformedXML');
  return parsed.data;
}

/** As `parseConfigXml`, without a schema: for the rare body whose failures carry other codes. Throws MalformedXML. */
export function parseXmlNode(bytes: Uint8Array, root: string, limits: XmlLimits = XML_LIMITS.configuration): XmlNode {
  const document = parseDocument(checkedXmlText(bytes, limits));
  const names = Object.keys(document);
  const name = names[0];
  if (names.length !== 1 || name === undefined || localName(name) !== root) throw new Failure('MalformedXML');
  return toNode(document[name]);
}

function parseDocument(text: string): Record<string, unknown> {
  const parser = new Parser({
    charkey: TEXT,
    attrkey: ATTRIBUTES,
    explicitArray: true,
    async: false,
  });
  let failed: unknown;
  let document: unknown;
  try {
    // Not async: the callback has run when parseString returns. What is wrong behind the root element is thrown instead.
    parser.parseString(text, (error: unknown, result: unknown) => {
      failed ??= error;
      document ??= result;
    });
  } catch (error) {
    failed ??= error;
  }
  if (failed || typeof document !== 'object' || document === null) throw new Failure('MalformedXML');
  return Object.fromEntries(Object.entries(document));
}

function toNode(value: unknown): XmlNode {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) throw new Failure('MalformedXML');
  const children = new Map<string, XmlNode[]>();
  let text = '';
  for (const [name, content] of Object.entries(value)) {
    if (name === ATTRIBUTES) addType(children, content);
    else if (name === TEXT) text = String(content);
    else
      for (const child of Array.isArray(content) ? content : [content])
        addChild(children, localName(name), toNode(child));
  }
  if (children.size === 0) return text;
  if (text.trim() !== '') throw new Failure('MalformedXML');
  // Without a prototype, so that no element name can reach one.
  return Object.assign(Object.create(null), Object.fromEntries(children));
}

function addType(children: Map<string, XmlNode[]>, attributes: unknown): void {
  if (typeof attributes !== 'object' || attributes === null) return;
  for (const [name, value] of Object.entries(attributes)) {
    if (name.endsWith(':type')) addChild(children, '@type', String(value));
  }
}

function addChild(children: Map<string, XmlNode[]>, name: string, child: XmlNode): void {
  if (name === '__proto__') throw new Failure('MalformedXML');
  const list = children.get(name);
  if (list === undefined) children.set(name, [child]);
  else list.push(child);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
