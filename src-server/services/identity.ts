import type { Brand } from '../domain/brand.ts';
import type { SequenceId, UserId } from '../domain/ids.ts';

/** `none`: a user that IAM made, or a session of an IAM role: what policies say and nothing besides. */
export type Role = 'root' | 'admin' | 'user' | 'readonly' | 'none';

/**
 * Who asks. Minted by authentication only (`s3/auth`, `console` sessions), needed by every service function,
 * so that no path can forget to ask.
 */
export type Identity = Brand<AnonymousIdentity | UserIdentity, 'Identity'>;

export interface AnonymousIdentity {
  readonly kind: 'anonymous';
  readonly environment?: RequestEnvironment;
}

/** How a request came, as far as policies may ask for it; absent for work in the background. */
export interface RequestEnvironment {
  /** The socket's, or what a trusted proxy says. */
  readonly sourceAddress: string | undefined;
  readonly isSecure: boolean;
  /** `TLSv1.3`; undefined without TLS. */
  readonly tlsVersion: string | undefined;
  readonly userAgent: string | undefined;
  readonly referer: string | undefined;
  readonly authType: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST' | undefined;
  readonly signatureVersion: 'AWS4-HMAC-SHA256' | 'AWS' | undefined;
  /** Since the request was signed; of presigned URLs and forms. */
  readonly signatureAgeMs: number | undefined;
  /** Which of our ports, and the id in its answer: for the audit trail. */
  readonly port?: 's3' | 'console';
  readonly requestId?: string;
}

/** Temporary credentials of STS. */
export type StsSession =
  | {
      readonly kind: 'role';
      readonly roleId: SequenceId;
      readonly roleName: string;
      readonly roleArn: string;
      readonly roleUniqueId: string;
      readonly name: string;
      readonly facts: SessionFacts;
    }
  | { readonly kind: 'user'; readonly facts: SessionFacts };

export interface SessionFacts {
  readonly createdMs: number;
  /** Session policies: each has to allow. */
  readonly policies: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Tags that the session of a role assumed from this one has too. */
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | null;
  /** The lasting key at the beginning; with it the session ends. */
  readonly issuingKeyId: string | null;
}

export interface UserIdentity {
  readonly kind: 'user';
  /** Of a role's session: who made the role. What the session makes belongs to them. */
  readonly userId: UserId;
  readonly name: string;
  readonly role: Role;
  readonly tenantId: number | null;
  /** Of a user without tenant: in whose account it is; null: an account of its own. */
  readonly accountHolderId: UserId | null;
  /** 12 digits. */
  readonly accountId: string;
  /** 64 lower-case hex digits: what ACL and Owner XML show. */
  readonly canonicalId: string;
  readonly displayName: string | null;
  readonly accessKeyId: string | null;
  /** As policies name this principal: of a user, or of a role's session. */
  readonly arn: string;
  /** AIDA…, AROA…:SESSION: `aws:userid`. */
  readonly uniqueId: string;
  /** What IAM tagged the user with. */
  readonly tags: Readonly<Record<string, string>>;
  /** Undefined for a key of its own and in the console. */
  readonly session: StsSession | undefined;
  /** What the access key may do at most; null: no limit. */
  readonly keyPolicy: string | null;
  readonly environment?: RequestEnvironment;
}
