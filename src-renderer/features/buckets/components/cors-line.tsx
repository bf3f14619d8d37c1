import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { BucketDetail, CorsRule } from '../../../../src-server/contract/bucket-settings.ts';
import { Button } from '../../../components/button.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons, SettingLine } from '../../../components/setting-line.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';
import { type CorsDraft, EMPTY_DRAFT, fromDraft, toDraft } from '../cors.ts';
import { CorsRuleFields } from './cors-rule-fields.tsx';

/** Which web pages of other origins may use the bucket. */
export function CorsLine({ bucket }: { readonly bucket: BucketDetail }) {
  const form = bucket.mayChange ? (close: () => void) => <CorsForm bucket={bucket} onClose={close} /> : undefined;
  return (
    <SettingLine title={t('bucket.cors')} form={form}>
      {bucket.cors.length === 0 ? t('bucket.corsNone') : <CorsSentences rules={bucket.cors} />}
    </SettingLine>
  );
}

function CorsSentences({ rules }: { readonly rules: readonly CorsRule[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {rules.map((rule) => {
        const origins = rule.allowedOrigins.join(', ');
        const methods = rule.allowedMethods.join(', ');
        return (
          <li key={JSON.stringify(rule)} className="break-words">
            {rule.allowedOrigins.includes('*')
              ? t('bucket.corsAny', { methods })
              : t('bucket.corsRule', { origins, methods })}
          </li>
        );
      })}
    </ul>
  );
}

function CorsForm({ bucket, onClose }: { readonly bucket: BucketDetail; readonly onClose: () => void }) {
  const change = useChangeBucket(bucket.name);
  const [tried, setTried] = useState(false);
  const [drafts, setDrafts] = useState<readonly CorsDraft[]>(
    bucket.cors.length === 0 ? [{ id: 0, ...EMPTY_DRAFT }] : bucket.cors.map(toDraft),
  );
  const rules = drafts.map(fromDraft);
  const set = (draft: CorsDraft) => setDrafts((old) => old.map((one) => (one.id === draft.id ? draft : one)));
  const submit = () => {
    setTried(true);
    const cors = rules.filter((rule) => rule !== undefined);
    if (cors.length === rules.length) change.mutate({ cors }, { onSuccess: onClose });
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {drafts.map((draft, index) => (
        <CorsRuleFields
          key={draft.id}
          draft={draft}
          number={index + 1}
          isWrong={tried && rules[index] === undefined}
          onChange={set}
          onRemove={() => setDrafts((old) => old.filter(({ id }) => id !== draft.id))}
        />
      ))}
      {drafts.length === 0 && <p className="text-muted">{t('bucket.corsNoneLeft')}</p>}
      <div>
        <Button
          look="quiet"
          onPress={() => setDrafts((old) => [...old, { id: (old.at(-1)?.id ?? 0) + 1, ...EMPTY_DRAFT }])}
        >
          <Plus size={16} aria-hidden="true" /> {t('bucket.corsAdd')}
        </Button>
      </div>
      <FormError error={change.error} />
      <LineButtons isPending={change.isPending} onCancel={onClose} />
    </Form>
  );
}
