import { useMemo, useState } from 'react';
import { Form } from 'react-aria-components';
import type { PolicyVerdict } from '../../../../src-server/contract/bucket-access.ts';
import { Button } from '../../../components/button.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons } from '../../../components/setting-line.tsx';
import { TextArea } from '../../../components/text-area.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';
import { usePolicyCheck } from '../api/use-policy-check.ts';
import { PolicyDiff } from './policy-diff.tsx';
import { PolicyTemplateFields } from './policy-template-fields.tsx';

interface Props {
  readonly bucket: string;
  /** The policy that stands, as it was put. */
  readonly stands: string | undefined;
  readonly onClose: () => void;
}

const ROWS = 14;

/** The policy as text, judged by the server while it is written. */
export function PolicyForm({ bucket, stands, onClose }: Props) {
  const change = useChangeBucket(bucket);
  const before = useMemo(() => (stands === undefined ? '' : laidOut(stands)), [stands]);
  const [text, setText] = useState(before);
  const check = usePolicyCheck(bucket, text);
  const isTaken = check.isCurrent && (check.verdict?.verdict === 'fine' || check.verdict?.verdict === 'public');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTaken) change.mutate({ policy: text }, { onSuccess: onClose });
      }}
    >
      <PolicyTemplateFields bucket={bucket} onChosen={setText} />
      <TextArea label={t('bucketAccess.policyText')} rows={ROWS} value={text} onChange={setText} />
      <div aria-live="polite">
        {check.verdict !== undefined && <Verdict verdict={check.verdict} isChecking={!check.isCurrent} />}
        <FormError error={check.error} />
      </div>
      {stands !== undefined && text.trim() !== '' && text !== before && <PolicyDiff before={before} after={text} />}
      <FormError error={change.error} />
      <div className="flex flex-wrap items-center gap-2">
        <LineButtons isPending={change.isPending} isDisabled={!isTaken || text === before} onCancel={onClose} />
        {stands !== undefined && (
          <Button
            look="link"
            isDisabled={change.isPending}
            onPress={() => change.mutate({ policy: null }, { onSuccess: onClose })}
          >
            {t('bucketAccess.policyRemove')}
          </Button>
        )}
      </div>
    </Form>
  );
}

function Verdict({ verdict, isChecking }: { readonly verdict: PolicyVerdict; readonly isChecking: boolean }) {
  if (isChecking) return <p className="text-muted">{t('bucketAccess.checking')}</p>;
  const [shape, colour, text] = saysOf(verdict);
  return (
    <p className={`flex gap-2 ${colour}`}>
      <span aria-hidden="true">{shape}</span>
      {text}
    </p>
  );
}

function saysOf({ verdict, problem }: PolicyVerdict): readonly [string, string, string] {
  switch (verdict) {
    case 'fine':
      return ['●', 'text-fine', t('bucketAccess.verdictFine')];
    case 'public':
      return ['▲', 'text-attention', t('bucketAccess.verdictPublic')];
    case 'malformed':
      return ['■', 'text-stopped', t('bucketAccess.verdictMalformed', { problem: problem ?? '' })];
    case 'blocked':
      return ['■', 'text-stopped', t('bucketAccess.verdictBlocked')];
    case 'locks-out':
      return ['■', 'text-stopped', t('bucketAccess.verdictLocksOut')];
  }
}

/** As a person reads it; text that is no JSON stays as it is. */
function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
