import type { BucketEncryption } from '../../../domain/bucket-settings.ts';
import { Failure } from '../../../domain/failure.ts';
import { boolean, element, many, one, optional, text, word } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { wrap, xmlDocument, element as xmlElement } from '../xml-writer.ts';

const configuration = element({
  Rule: many(
    element({
      ApplyServerSideEncryptionByDefault: one(
        element({
          SSEAlgorithm: one(word('AES256', 'aws:kms', 'aws:kms:dsse')),
          KMSMasterKeyID: optional(text()),
        }),
      ),
      BucketKeyEnabled: optional(boolean()),
      BlockedEncryptionTypes: optional(element({ EncryptionType: many(word('NONE', 'SSE-C'), 0, 2) })),
    }),
    1,
    1,
  ),
});

/**
 * Reads the body of PutBucketEncryption. Throws MalformedXML, InvalidArgument for a KMS key beside AES256, NotImplemented
 * for keys of a KMS and for blocking SSE-C.
 */
export function parseEncryptionConfiguration(bytes: Uint8Array): BucketEncryption {
  const rule = parseConfigXml(bytes, 'ServerSideEncryptionConfiguration', configuration).Rule[0];
  if (rule === undefined) throw new Failure('MalformedXML');
  const byDefault = rule.ApplyServerSideEncryptionByDefault;
  if (byDefault.SSEAlgorithm !== 'AES256') {
    throw new Failure('NotImplemented', `Server-side encryption with ${byDefault.SSEAlgorithm} is not implemented`);
  }
  if (byDefault.KMSMasterKeyID !== undefined) {
    throw new Failure(
      'InvalidArgument',
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
      { fields: { ArgumentName: 'ApplyServerSideEncryptionByDefault' } },
    );
  }
  if (rule.BlockedEncryptionTypes?.EncryptionType.includes('SSE-C')) {
    throw new Failure('NotImplemented', 'Blocking an encryption type is not implemented');
  }
  return { algorithm: 'AES256', bucketKeyEnabled: rule.BucketKeyEnabled ?? false };
}

/** The answer of GetBucketEncryption. */
export function encryptionConfigurationXml(encryption: BucketEncryption): string {
  return xmlDocument(
    'ServerSideEncryptionConfiguration',
    wrap(
      'Rule',
      wrap('ApplyServerSideEncryptionByDefault', xmlElement('SSEAlgorithm', encryption.algorithm)) +
        xmlElement('BucketKeyEnabled', encryption.bucketKeyEnabled),
    ),
  );
}
