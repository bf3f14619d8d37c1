import { escapeXml } from './escape.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** The namespace of every S3 document except errors, which have none. */
export const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A whole S3 document: declaration and root element in S3's namespace. `inner` is already XML. */
export function xmlDocument(root: string, inner: string): string {
  return `${DECLARATION}<${root} xmlns="${S3_NAMESPACE}">${inner}</${root}>`;
}

/** A whole document whose root has no namespace (`Error`, and the few answers that AWS sends so). */
export function plainXmlDocument(root: string, inner: string): string {
  return `${DECLARATION}<${root}>${inner}</${root}>`;
}

/** `<name>value</name>`, the value escaped. */
export function element(name: string, value: string | number | boolean): string {
  return typeof value === 'string' ? `<${name}>${escapeXml(value)}</${name}>` : `<${name}>${value}</${name}>`;
}

/** As `element`, or nothing where the value is absent. An empty string is a value. */
export function optionalElement(name: string, value: string | number | boolean | undefined | null): string {
  return value === undefined || value === null ? '' : element(name, value);
}

/** `<name>…</name>` around what is already XML. */
export function wrap(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`;
}
