import type { PublicAccessBlock } from '../../../domain/bucket-settings.ts';
import { boolean, element, optional } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { xmlDocument, element as xmlElement } from '../xml-writer.ts';

const configuration = element({
  BlockPublicAcls: optional(boolean()),
  IgnorePublicAcls: optional(boolean()),
  BlockPublicPolicy: optional(boolean()),
  RestrictPublicBuckets: optional(boolean()),
});

/** Reads the body of PutPublicAccessBlock; a switch that is left out is off. Throws MalformedXML. */
export function parsePublicAccessBlock(bytes: Uint8Array): PublicAccessBlock {
  const parsed = parseConfigXml(bytes, 'PublicAccessBlockConfiguration', configuration);
  return {
    blockPublicAcls: parsed.BlockPublicAcls ?? false,
    ignorePublicAcls: parsed.IgnorePublicAcls ?? false,
    blockPublicPolicy: parsed.BlockPublicPolicy ?? false,
    restrictPublicBuckets: parsed.RestrictPublicBuckets ?? false,
  };
}

/** The answer of GetPublicAccessBlock. */
export function publicAccessBlockXml(block: PublicAccessBlock): string {
  return xmlDocument(
    'PublicAccessBlockConfiguration',
    xmlElement('BlockPublicAcls', String(block.blockPublicAcls)) +
      xmlElement('IgnorePublicAcls', String(block.ignorePublicAcls)) +
      xmlElement('BlockPublicPolicy', String(block.blockPublicPolicy)) +
      xmlElement('RestrictPublicBuckets', String(block.restrictPublicBuckets)),
  );
}
