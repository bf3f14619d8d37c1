import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccessDecision, AccessReason } from '../../../../src-server/contract/access.ts';
import { t } from '../../../lib/i18n.ts';
import { usePolicies } from '../api/use-policies.ts';

type Origin = Extract<AccessReason, { readonly kind: 'statement' }>['origin'];

/** What decided, in a sentence, and the way to the policy. */
export function ReasonWords({ effect, reason }: AccessDecision) {
  const isAllowed = effect === 'allow';
  switch (reason.kind) {
    case 'statement': {
      const values = { number: reason.index + 1, name: policyName(reason.origin) };
      return (
        <Sentence origin={reason.origin}>
          {isAllowed ? t('iam.allowedBy', values) : t('iam.deniedBy', values)}
          {reason.sid !== null && ` (${reason.sid})`}
        </Sentence>
      );
    }
    case 'unreadable':
      return (
        <Sentence origin={reason.origin}>{t('iam.deniedUnreadable', { name: policyName(reason.origin) })}</Sentence>
      );
    case 'limit':
      return <Sentence origin={reason.origin}>{t('iam.deniedLimit', { name: policyName(reason.origin) })}</Sentence>;
    case 'role':
      return <p>{t('iam.allowedRole')}</p>;
    case 'acl':
      return <p>{t('iam.allowedAcl')}</p>;
    case 'nothing':
      return <p>{t('iam.deniedNothing')}</p>;
  }
}

function Sentence({ origin, children }: { readonly origin: Origin; readonly children: ReactNode }) {
  return (
    <>
      <p className="[overflow-wrap:anywhere]">{children}</p>
      <OriginLink origin={origin} />
    </>
  );
}

function policyName({ kind, name }: Origin): string {
  switch (kind) {
    case 'user':
      return t('iam.ofUser', { name });
    case 'group':
      return t('iam.ofGroup', { name });
    case 'role':
      return t('iam.ofRole', { name });
    case 'boundary':
      return t('iam.ofBoundary', { name });
    case 'session':
      return t('iam.ofSession', { name });
    case 'access-key':
      return t('iam.ofKey', { name });
    case 'bucket':
      return t('iam.ofBucket', { name });
    case 'trust':
      return t('iam.ofTrust', { name });
  }
}

const LOOK = 'self-start font-medium text-accent hover:underline';

function OriginLink({ origin: { kind, name } }: { readonly origin: Origin }) {
  const policies = usePolicies().data ?? [];
  const managed = policies.find((policy) => policy.name === name);
  if (kind === 'bucket')
    return (
      <Link to="/buckets/$bucket" params={{ bucket: name }} className={LOOK}>
        {t('iam.openBucket')}
      </Link>
    );
  if (kind === 'access-key')
    return (
      <Link to="/people/keys" className={LOOK}>
        {t('iam.openKeys')}
      </Link>
    );
  if (managed !== undefined && (kind === 'user' || kind === 'group' || kind === 'role' || kind === 'boundary'))
    return (
      <Link to="/people/policies" search={{ arn: managed.arn }} className={LOOK}>
        {t('iam.openPolicy')}
      </Link>
    );
  if (kind === 'group')
    return (
      <Link to="/people/groups" className={LOOK}>
        {t('iam.openGroups')}
      </Link>
    );
  if (kind === 'role')
    return (
      <Link to="/people/roles" className={LOOK}>
        {t('iam.openRoles')}
      </Link>
    );
  return null;
}
