import type * as z from 'zod';
import { Failure } from '../../../domain/failure.ts';
import { element, many, one, optional, text, word } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { wrap, xmlDocument, element as xmlElement } from '../xml-writer.ts';
import { ownerXml, type ShownUser, userElements } from './owner.ts';

const MAX_GRANTS = 100;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const user = element({ ID: optional(text()), DisplayName: optional(text()) });
const grant = element({
  Grantee: one(
    element({
      '@type': optional(text()),
      ID: optional(text()),
      DisplayName: optional(text()),
      URI: optional(text()),
      EmailAddress: optional(text()),
    }),
  ),
  Permission: one(word('FULL_CONTROL', 'WRITE', 'WRITE_ACP', 'READ', 'READ_ACP')),
});
const policy = element({
  Owner: optional(user),
  AccessControlList: one(element({ Grant: many(grant, 0, MAX_GRANTS) })),
});
export type AccessControlPolicy = z.output<typeof policy>;

/** Reads the body of PutBucketAcl and PutObjectAcl. Throws MalformedACLError. */
export function parseAccessControlPolicy(bytes: Uint8Array): AccessControlPolicy {
  try {
    return parseConfigXml(bytes, 'AccessControlPolicy', policy);
  } catch (error) {
    if (error instanceof Failure) throw new Failure('MalformedACLError');
    throw error;
  }
}

/** Does the document say what every ACL here says: the owner has full control, nobody else anything? */
export function isOwnerOnly(acl: AccessControlPolicy, ownerCanonicalId: string): boolean {
  const owner = acl.Owner?.ID;
  if (owner !== undefined && owner !== ownerCanonicalId) return false;
  const [first, ...others] = acl.AccessControlList.Grant;
  return (
    first !== undefined &&
    others.length === 0 &&
    first.Permission === 'FULL_CONTROL' &&
    first.Grantee.ID === ownerCanonicalId &&
    first.Grantee.URI === undefined &&
    first.Grantee.EmailAddress === undefined
  );
}

/** The answer of GetBucketAcl and GetObjectAcl for the default ACL: the owner has full control. */
export function ownerOnlyAclXml(owner: ShownUser): string {
  const grantee = `<Grantee xmlns:xsi="${XSI}" xsi:type="CanonicalUser">${userElements(owner)}</Grantee>`;
  return xmlDocument(
    'AccessControlPolicy',
    ownerXml(owner) + wrap('AccessControlList', wrap('Grant', grantee + xmlElement('Permission', 'FULL_CONTROL'))),
  );
}
