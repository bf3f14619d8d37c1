import { element, optionalElement, wrap } from '../xml-writer.ts';

/** Whom an answer names as owner, initiator or grantee. */
export interface ShownUser {
  readonly canonicalId: string;
  /** Shown only where one was provisioned (DESIGN §1): AWS stopped showing it. */
  readonly displayName: string | null;
}

/** The children of `Owner`, `Initiator`, `Grantee`. */
export function userElements(user: ShownUser): string {
  return element('ID', user.canonicalId) + optionalElement('DisplayName', user.displayName);
}

/** The `Owner` element. */
export function ownerXml(user: ShownUser): string {
  return wrap('Owner', userElements(user));
}
