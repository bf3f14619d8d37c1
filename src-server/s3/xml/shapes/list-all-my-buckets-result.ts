import { isoDate } from '../../http/dates.ts';
import { element, optionalElement, wrap, xmlDocument } from '../xml-writer.ts';
import { ownerXml, type ShownUser } from './owner.ts';

export interface ListAllMyBucketsResult {
  readonly owner: ShownUser;
  /** Shown with each bucket; undefined where the request had no parameter. */
  readonly region: string | undefined;
  readonly buckets: readonly { readonly name: string; readonly created_ms: number }[];
  readonly prefix: string | undefined;
  readonly continuationToken: string | undefined;
}

/** The answer of ListBuckets. */
export function listAllMyBucketsXml(result: ListAllMyBucketsResult): string {
  const buckets = result.buckets.map((bucket) =>
    wrap(
      'Bucket',
      element('Name', bucket.name) +
        element('CreationDate', isoDate(bucket.created_ms)) +
        optionalElement('BucketRegion', result.region),
    ),
  );
  return xmlDocument(
    'ListAllMyBucketsResult',
    ownerXml(result.owner) +
      wrap('Buckets', buckets.join('')) +
      optionalElement('Prefix', result.prefix) +
      optionalElement('ContinuationToken', result.continuationToken),
  );
}
