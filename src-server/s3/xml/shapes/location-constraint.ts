import { element, S3_NAMESPACE } from '../xml-writer.ts';

/** The answer of GetBucketLocation: empty for us-east-1, which has no constraint. */
export function locationConstraintXml(location: string | undefined): string {
  const start = `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="${S3_NAMESPACE}"`;
  if (location === undefined) return `${start}/>`;
  return element('LocationConstraint', location).replace('<LocationConstraint', start);
}
