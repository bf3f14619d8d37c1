import type { VersioningState } from '../../../domain/versioning.ts';
import { element, optional, word } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { xmlDocument, element as xmlElement } from '../xml-writer.ts';

const configuration = element({
  Status: optional(word('Enabled', 'Suspended')),
  MfaDelete: optional(word('Enabled', 'Disabled')),
});

export interface VersioningConfiguration {
  readonly status: 'Enabled' | 'Suspended' | undefined;
  readonly mfaDelete: 'Enabled' | 'Disabled' | undefined;
}

/** Reads the body of PutBucketVersioning. Throws MalformedXML. */
export function parseVersioningConfiguration(bytes: Uint8Array): VersioningConfiguration {
  const { Status, MfaDelete } = parseConfigXml(bytes, 'VersioningConfiguration', configuration);
  return { status: Status, mfaDelete: MfaDelete };
}

/** The answer of GetBucketVersioning: empty where versioning was never enabled. */
export function versioningConfigurationXml(versioning: VersioningState): string {
  return xmlDocument('VersioningConfiguration', versioning === 'Off' ? '' : xmlElement('Status', versioning));
}
