import type { Brand } from '../domain/brand.ts';
import type { UserId } from '../domain/ids.ts';

export type Role = 'root' | 'admin' | 'user' | 'readonly';

/**
 * Who asks. Minted by authentication only (`s3/auth`, `console` sessions), needed by every service function,
 * so that no path can forget to ask.
 */
export type Identity = Brand<AnonymousIdentity | UserIdentity, 'Identity'>;

export interface AnonymousIdentity {
  readonly kind: 'anonymous';
}

export interface UserIdentity {
  readonly kind: 'user';
  readonly userId: UserId;
  readonly name: string;
  readonly role: Role;
  readonly tenantId: number | null;
  /** 12 digits. */
  readonly accountId: string;
  /** 64 lower-case hex digits: what ACL and Owner XML show. */
  readonly canonicalId: string;
  readonly displayName: string | null;
  readonly accessKeyId: string | null;
}
