import { quoteETag } from '../domain/etag.ts';
import type { FoundObject } from '../services/objects/head-object.ts';
import type { ServedZip } from '../services/zip/answer-zip.ts';

/** What a browser may show of what users store: nothing here can run a script, as XML of any name could. The rest is saved. */
const SHOWN =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|text\/plain|application\/pdf|(?:audio|video)\/(?![\w.+-]*\+xml$)[\w.+-]+)$/;

/** An opaque origin without scripts, even where a browser takes the bytes for a page; the console may frame it. */
const SANDBOX =
  "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/** The type by which a browser may show an object, without its parameters; undefined for what is only saved. */
export function shownTypeOf(contentType: string): string | undefined {
  const [stored = ''] = contentType.split(';');
  const type = stored.trim().toLowerCase();
  return SHOWN.test(type) ? type : undefined;
}

/** Headers of an object's bytes on the console's port. */
export function contentHeaders({ object, selection }: FoundObject, download: boolean): Record<string, string> {
  const type = shownTypeOf(object.contentType);
  const encoding = object.system?.['content-encoding'];
  const { range } = selection;
  return {
    'content-type': type === undefined ? 'application/octet-stream' : shownType(type),
    'content-disposition': `${type !== undefined && !download ? 'inline' : 'attachment'}; filename*=UTF-8''${fileName(object.key)}`,
    'content-security-policy': SANDBOX,
    'x-frame-options': 'SAMEORIGIN',
    'accept-ranges': 'bytes',
    etag: quoteETag(object.etag),
    'last-modified': new Date(object.modifiedMs).toUTCString(),
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    ...(range === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${object.sizeBytes}` }),
  };
}

/** Headers of an archive that is made as it is sent. */
export function zipHeaders({ facts, range }: Pick<ServedZip, 'facts' | 'range'>): Record<string, string> {
  return {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename*=UTF-8''${fileName(facts.fileName)}`,
    'content-security-policy': SANDBOX,
    'accept-ranges': 'bytes',
    etag: `"${facts.etag}"`,
    ...(range === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${facts.sizeBytes}` }),
  };
}

function shownType(type: string): string {
  return type === 'text/plain' ? 'text/plain; charset=utf-8' : type;
}

/** The last part of the key, as RFC 8187 writes it. */
function fileName(key: string): string {
  const name = key.split('/').findLast((part) => part !== '') ?? 'object';
  return encodeURIComponent(name).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
