import { element, optionalElement, wrap } from '../xml-writer.ts';

/** Who opened a multipart upload: a canonical id for an account of its own, an ARN for a user of a tenant, as on AWS. */
export interface ShownInitiator {
  readonly id: string;
  readonly displayName: string | null;
}

export function initiatorXml(initiator: ShownInitiator): string {
  return wrap('Initiator', element('ID', initiator.id) + optionalElement('DisplayName', initiator.displayName));
}
