import { type AclPermission, CANNED_ACLS } from '../../domain/acl.ts';
import { Failure } from '../../domain/failure.ts';
import type { RequestedAcl, RequestedGrantee } from '../../services/access/requested-acl.ts';
import type { S3Request } from '../operation.ts';
import { XML_LIMITS } from '../xml/limits.ts';
import { parseAccessControlPolicy } from '../xml/shapes/access-control-policy.ts';

const GRANT_HEADERS: readonly (readonly [header: string, permission: AclPermission])[] = [
  ['x-amz-grant-full-control', 'FULL_CONTROL'],
  ['x-amz-grant-read', 'READ'],
  ['x-amz-grant-read-acp', 'READ_ACP'],
  ['x-amz-grant-write', 'WRITE'],
  ['x-amz-grant-write-acp', 'WRITE_ACP'],
];
const MAX_GRANTS = 100;

/** The ACL that headers ask for, by name or by grants, not both. Throws InvalidArgument, InvalidRequest. */
export function aclOfHeaders(request: Pick<S3Request, 'header'>): RequestedAcl | undefined {
  const canned = request.header('x-amz-acl');
  const grants = GRANT_HEADERS.flatMap(([header, permission]) =>
    parseGrantees(header, request.header(header)).map((grantee) => ({ grantee, permission })),
  );
  if (grants.length > MAX_GRANTS) throw new Failure('InvalidRequest', `An ACL has at most ${MAX_GRANTS} grants`);
  if (canned === undefined) return grants.length === 0 ? undefined : { kind: 'grants', ownerId: undefined, grants };
  if (grants.length > 0) {
    throw new Failure('InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed');
  }
  const name = CANNED_ACLS.find((known) => known === canned.toLowerCase());
  if (name === undefined) {
    throw new Failure('InvalidArgument', undefined, { fields: { ArgumentName: 'x-amz-acl', ArgumentValue: canned } });
  }
  return { kind: 'canned', name };
}

const GRANTEE = /^\s*(id|emailaddress|uri)\s*=\s*"?([^",]*)"?\s*$/i;

/** `id="…", emailAddress="…", uri="…"`. */
function parseGrantees(header: string, value: string | undefined): RequestedGrantee[] {
  if (value === undefined) return [];
  return value.split(',').map((text) => {
    const [, kind, name = ''] = GRANTEE.exec(text) ?? [];
    switch (kind?.toLowerCase()) {
      case 'id':
        return { kind: 'id', id: name };
      case 'emailaddress':
        return { kind: 'email', email: name };
      case 'uri':
        return { kind: 'uri', uri: name };
      default:
        throw new Failure('InvalidArgument', 'Argument format not recognized', {
          fields: { ArgumentName: header, ArgumentValue: value.slice(0, 1024) },
        });
    }
  });
}

/**
 * The ACL of PutBucketAcl and PutObjectAcl: headers or a document. Throws MissingSecurityHeader without one, UnexpectedContent for both,
 * MalformedACLError, and as `aclOfHeaders`.
 */
export async function aclOfRequest(request: Pick<S3Request, 'header' | 'body'>): Promise<RequestedAcl> {
  const bytes = await request.body.readAll(XML_LIMITS.configuration.maxBytes);
  const ofHeaders = aclOfHeaders(request);
  if (ofHeaders !== undefined) {
    if (bytes.length > 0) throw new Failure('UnexpectedContent');
    return ofHeaders;
  }
  if (bytes.length === 0) {
    throw new Failure('MissingSecurityHeader', undefined, { fields: { MissingHeaderName: 'x-amz-acl' } });
  }
  const { Owner: owner, AccessControlList: list } = parseAccessControlPolicy(bytes);
  const grants = list.Grant.map(({ Grantee, Permission }) => ({ grantee: granteeOf(Grantee), permission: Permission }));
  return { kind: 'grants', ownerId: owner?.ID, grants };
}

interface XmlGrantee {
  readonly ID: string | undefined;
  readonly URI: string | undefined;
  readonly EmailAddress: string | undefined;
}

function granteeOf({ ID: id, URI: uri, EmailAddress: email }: XmlGrantee): RequestedGrantee {
  if ([id, uri, email].filter((name) => name !== undefined).length !== 1) throw new Failure('MalformedACLError');
  if (id !== undefined) return { kind: 'id', id };
  return uri === undefined ? { kind: 'email', email: email ?? '' } : { kind: 'uri', uri };
}
