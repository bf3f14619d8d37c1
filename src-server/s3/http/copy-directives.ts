import { Failure } from '../../domain/failure.ts';
import { parseObjectHeaders } from '../../domain/object-headers.ts';
import { parseTaggingHeader } from '../../domain/tags.ts';
import { parseUserMetadata } from '../../domain/user-metadata.ts';
import type { CopyDirectives } from '../../services/objects/copied-attributes.ts';
import type { AttributeSource } from './parse-object-attributes.ts';

/**
 * Reads what a copy replaces of its source. Under COPY, the default, the request's own metadata and tags are ignored.
 *
 * @throws Failure InvalidArgument for an unknown directive, and as `parseObjectAttributes`
 */
export function parseCopyDirectives(source: AttributeSource): CopyDirectives {
  const headers = parseObjectHeaders((name) => source.header(name));
  const replacesMetadata = isReplace(source, 'x-amz-metadata-directive', 'Unknown metadata directive.');
  const replacesTags = isReplace(source, 'x-amz-tagging-directive', 'Unknown tagging directive.');
  const tagging = source.header('x-amz-tagging');
  return {
    metadata: replacesMetadata
      ? { headers, userMetadata: parseUserMetadata(source.headersWithPrefix('x-amz-meta-')) }
      : undefined,
    tags: replacesTags ? { list: tagging === undefined ? undefined : parseTaggingHeader(tagging) } : undefined,
    redirectLocation: headers.system?.['x-amz-website-redirect-location'],
  };
}

function isReplace(source: AttributeSource, name: string, message: string): boolean {
  const directive = source.header(name);
  if (directive === undefined || directive === 'COPY') return false;
  if (directive === 'REPLACE') return true;
  throw new Failure('InvalidArgument', message, { fields: { ArgumentName: name, ArgumentValue: directive } });
}
