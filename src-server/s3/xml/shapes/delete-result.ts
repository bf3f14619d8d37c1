import { element, optionalElement, wrap, xmlDocument } from '../xml-writer.ts';

/** What became of one object of a DeleteObjects request. */
export type DeletedEntry =
  | {
      readonly kind: 'deleted';
      readonly key: string;
      readonly versionId: string | undefined;
      /** Of the delete marker that was put or removed. */
      readonly markerId: string | undefined;
    }
  | {
      readonly kind: 'error';
      readonly key: string;
      readonly versionId: string | undefined;
      readonly code: string;
      readonly message: string;
    };

/** The answer of DeleteObjects. */
export function deleteResultXml(entries: readonly DeletedEntry[]): string {
  return xmlDocument('DeleteResult', entries.map(entryXml).join(''));
}

function entryXml(entry: DeletedEntry): string {
  const names = element('Key', entry.key) + optionalElement('VersionId', entry.versionId);
  if (entry.kind === 'error') {
    return wrap('Error', names + element('Code', entry.code) + element('Message', entry.message));
  }
  const marker =
    entry.markerId === undefined
      ? ''
      : element('DeleteMarker', true) + element('DeleteMarkerVersionId', entry.markerId);
  return wrap('Deleted', names + marker);
}
