import { OBJECT_OWNERSHIPS, type ObjectOwnership } from '../../../domain/bucket-settings.ts';
import { Failure } from '../../../domain/failure.ts';
import { element, many, one, word } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { wrap, xmlDocument, element as xmlElement } from '../xml-writer.ts';

const controls = element({ Rule: many(element({ ObjectOwnership: one(word(...OBJECT_OWNERSHIPS)) }), 1, 1) });

/** Reads the body of PutBucketOwnershipControls. Throws MalformedXML. */
export function parseOwnershipControls(bytes: Uint8Array): ObjectOwnership {
  const rule = parseConfigXml(bytes, 'OwnershipControls', controls).Rule[0];
  if (rule === undefined) throw new Failure('MalformedXML');
  return rule.ObjectOwnership;
}

/** The answer of GetBucketOwnershipControls. */
export function ownershipControlsXml(ownership: ObjectOwnership): string {
  return xmlDocument('OwnershipControls', wrap('Rule', xmlElement('ObjectOwnership', ownership)));
}
