import { ACCOUNT_ID, CANONICAL_ID } from '../account.ts';
import { splitArn } from './arn.ts';

/** Who asks, as policies name them. */
export type PrincipalFacts =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'account';
      /** 12 digits. */
      readonly accountId: string;
      /** `arn:aws:iam::ACCOUNT:user/NAME`, or of a role's session `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
      readonly arn: string;
      /** Of a role's session: the role's own. */
      readonly roleArn: string | undefined;
      readonly canonicalId: string;
      /** The account itself: root, or a user that is an account of its own. */
      readonly isAccountItself: boolean;
    };

/** One entry of a Principal element. Services and identity providers are nobody who asks here. */
export type PrincipalPattern =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 'canonical-user'; readonly canonicalId: string }
  | { readonly kind: 'nobody-here'; readonly text: string };

/**
 * How closely a Principal element names the one who asks, loosest first: `account` leaves it to the account's own policies; `named` is the
 * user, the role or everyone; `session` is this very session.
 */
export type PrincipalMatch = 'none' | 'account' | 'named' | 'session';

const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]{8,124}$/;

/** Reads one value under `AWS`, `CanonicalUser`, `Service` or `Federated`; undefined for what cannot be one. */
export function parsePrincipal(kind: string, text: string): PrincipalPattern | undefined {
  if (kind === 'CanonicalUser') {
    return CANONICAL_ID.test(text) ? { kind: 'canonical-user', canonicalId: text } : undefined;
  }
  if (kind === 'Service' || kind === 'Federated') return { kind: 'nobody-here', text };
  if (kind !== 'AWS') return undefined;
  if (text === '*') return { kind: 'everyone' };
  if (ACCOUNT_ID.test(text)) return { kind: 'account', accountId: text };
  // What IAM puts in for a user or role that was deleted: a new one of its name gets nothing.
  if (UNIQUE_ID.test(text)) return { kind: 'nobody-here', text };
  const fields = splitArn(text);
  if (fields === undefined) return undefined;
  const [, , service = '', , accountId = '', resource = ''] = fields;
  // Part of an ARN may not be left open here (IAM user guide, "Principal").
  if (!ACCOUNT_ID.test(accountId) || text.includes('*') || text.includes('?')) return undefined;
  if (service === 'iam' && resource === 'root') return { kind: 'account', accountId };
  const isUserOrRole = service === 'iam' && /^(user|role)\/./.test(resource);
  const isSession = service === 'sts' && /^assumed-role\/[^/]+\/[^/]+$/.test(resource);
  return isUserOrRole || isSession ? { kind: 'arn', arn: text } : undefined;
}

/** How closely this entry names the one who asks. */
export function matchPrincipal(pattern: PrincipalPattern, who: PrincipalFacts): PrincipalMatch {
  if (pattern.kind === 'everyone') return 'named';
  if (who.kind === 'anonymous') return 'none';
  switch (pattern.kind) {
    case 'account':
      if (pattern.accountId !== who.accountId) return 'none';
      return who.isAccountItself ? 'named' : 'account';
    case 'arn':
      if (pattern.arn === who.roleArn) return 'named';
      if (pattern.arn !== who.arn) return 'none';
      return who.roleArn === undefined ? 'named' : 'session';
    case 'canonical-user':
      return pattern.canonicalId === who.canonicalId ? 'named' : 'none';
    case 'nobody-here':
      return 'none';
  }
}

const CLOSENESS: readonly PrincipalMatch[] = ['none', 'account', 'named', 'session'];

/** The closer of two. */
export function closer(a: PrincipalMatch, b: PrincipalMatch): PrincipalMatch {
  return CLOSENESS.indexOf(a) >= CLOSENESS.indexOf(b) ? a : b;
}
