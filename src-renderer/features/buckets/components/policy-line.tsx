import type { BucketAccess } from '../../../../src-server/contract/bucket-access.ts';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { SettingLine } from '../../../components/setting-line.tsx';
import { t } from '../../../lib/i18n.ts';
import { type PolicyRule, rulesOf } from '../policy-rules.ts';
import { PolicyForm } from './policy-form.tsx';

interface Props {
  readonly bucket: BucketDetail;
  readonly access: BucketAccess;
}

/** Who may do what by the bucket's own policy. */
export function PolicyLine({ bucket, access: { policy } }: Props) {
  const form = bucket.mayChange
    ? (close: () => void) => <PolicyForm bucket={bucket.name} stands={policy?.text} onClose={close} />
    : undefined;
  return (
    <SettingLine
      title={t('bucketAccess.policy')}
      form={form}
      {...(policy === null ? { action: t('bucketAccess.policyAdd') } : {})}
    >
      {policy === null ? t('bucketAccess.policyNone') : <Rules rules={rulesOf(policy.text)} />}
    </SettingLine>
  );
}

function Rules({ rules }: { readonly rules: readonly PolicyRule[] }) {
  return (
    <ol className="flex flex-col gap-1">
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules of one text never move
        <li key={index} className="break-words">
          <span className="text-muted">{rule.name ?? t('bucketAccess.ruleNumber', { number: index + 1 })}: </span>
          {ruleText(rule)}
        </li>
      ))}
    </ol>
  );
}

function ruleText(rule: PolicyRule): string {
  const named = rule.who.join(', ');
  const who =
    rule.who.length === 0
      ? t('bucketAccess.everybody')
      : rule.isAllBut
        ? t('bucketAccess.allBut', { who: named })
        : named;
  const actions = rule.actions.join(', ');
  const sentence =
    rule.effect === 'Allow' ? t('bucketAccess.allows', { who, actions }) : t('bucketAccess.denies', { who, actions });
  return rule.isConditional ? `${sentence} ${t('bucketAccess.conditional')}` : sentence;
}
