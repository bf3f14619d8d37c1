import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { LinesField } from '../../../components/lines-field.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useBuckets } from '../../buckets/api/use-buckets.ts';
import type { KeyScope } from '../key-limits.ts';

interface KeyLimitFieldsProps {
  readonly scope: KeyScope;
  readonly onScope: (scope: KeyScope) => void;
  readonly sources: string;
  readonly onSources: (sources: string) => void;
}

/** What a key may do at most, and where it may come from. */
export function KeyLimitFields({ scope, onScope, sources, onSources }: KeyLimitFieldsProps) {
  const names = useBuckets().data?.map(({ name }) => name) ?? [];
  const choose = (kind: KeyScope['kind']) => {
    if (kind === 'bucket') onScope({ kind, bucket: names[0] ?? '' });
    else if (kind === 'policy') onScope({ kind, text: '' });
    else onScope({ kind });
  };
  return (
    <>
      <ChoiceGroup
        label={t('keys.scope')}
        choices={[
          { value: 'all', label: t('keys.scopeAll') },
          { value: 'read', label: t('keys.scopeRead') },
          { value: 'bucket', label: t('keys.scopeBucket') },
          { value: 'policy', label: t('keys.scopePolicy') },
        ]}
        value={scope.kind}
        onChange={choose}
      />
      {scope.kind === 'bucket' && (
        <SelectField
          label={t('keys.bucket')}
          options={(names.includes(scope.bucket) ? names : [scope.bucket, ...names]).map((name) => ({
            value: name,
            label: name,
          }))}
          value={scope.bucket}
          onChange={(bucket) => onScope({ kind: 'bucket', bucket })}
          hint={t('keys.bucketHint')}
        />
      )}
      {scope.kind === 'policy' && (
        <LinesField
          label={t('keys.policy')}
          hint={t('keys.policyHint')}
          value={scope.text}
          onChange={(text) => onScope({ kind: 'policy', text })}
        />
      )}
      <TextField
        label={t('keys.sources')}
        hint={t('keys.sourcesHint')}
        value={sources}
        onChange={onSources}
        mono
        maxLength={2000}
      />
    </>
  );
}
