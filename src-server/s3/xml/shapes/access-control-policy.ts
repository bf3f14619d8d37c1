import type * as z from 'zod';
import { ACL_GROUP_URIS, type Acl, type AclGroup } from '../../../domain/acl.ts';
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

/** The answer of GetBucketAcl and GetObjectAcl. */
export function aclXml(owner: ShownUser, acl: Acl): string {
  const grants = acl.map(({ grantee, permission }) => {
    const shown = grantee.kind === 'group' ? groupXml(grantee.group) : userXml(owner, grantee.canonicalId);
    return wrap('Grant', shown + xmlElement('Permission', permission));
  });
  return xmlDocument('AccessControlPolicy', ownerXml(owner) + wrap('AccessControlList', grants.join('')));
}

function userXml(owner: ShownUser, canonicalId: string): string {
  const user = canonicalId === owner.canonicalId ? owner : { canonicalId, displayName: null };
  return `<Grantee xmlns:xsi="${XSI}" xsi:type="CanonicalUser">${userElements(user)}</Grantee>`;
}

function groupXml(group: AclGroup): string {
  return `<Grantee xmlns:xsi="${XSI}" xsi:type="Group">${xmlElement('URI', ACL_GROUP_URIS[group])}</Grantee>`;
}
