import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { AccessDecision } from '../../src-server/contract/access.ts';
import { Button } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { SelectField } from '../components/select-field.tsx';
import { TextField } from '../components/text-field.tsx';
import { useBuckets } from '../features/buckets/api/use-buckets.ts';
import { useSimulation } from '../features/iam/api/use-simulation.ts';
import { IamError } from '../features/iam/components/iam-error.tsx';
import { ReasonWords } from '../features/iam/components/reason-words.tsx';
import { type Who, WhoFields } from '../features/iam/components/who-fields.tsx';
import { PeopleTabs } from '../features/people/components/people-tabs.tsx';
import { t } from '../lib/i18n.ts';

const OTHER = 'other';
const NOBODY: Who = { kind: 'user', group: '', name: '' };
const NOTHING = { action: 's3:GetObject', otherAction: '', bucket: '', key: '', address: '' };

/** Who may do what, and which statement decides. */
export function SimulatorPage() {
  const buckets = useBuckets().data ?? [];
  const ask = useSimulation();
  const [who, setWho] = useState(NOBODY);
  const [about, setAbout] = useState(NOTHING);
  // An answer belongs to the question that was asked.
  const set = (change: Partial<typeof NOTHING>) => {
    ask.reset();
    setAbout((old) => ({ ...old, ...change }));
  };
  const isComplete =
    (who.kind === 'anonymous' || who.name !== '') && (about.action !== OTHER || about.otherAction.trim() !== '');
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <PageHead title={t('people.title')} />
      <PeopleTabs />
      <Form
        className="flex max-w-180 flex-col gap-4 px-4 py-5 sm:px-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) ask.mutate(questionOf(who, about));
        }}
      >
        <p className="text-muted">{t('iam.simulatorText')}</p>
        <WhoFields
          who={who}
          onChange={(changed) => {
            ask.reset();
            setWho(changed);
          }}
        />
        <WhatFields about={about} buckets={buckets.map(({ name }) => name)} onChange={set} />
        <div>
          <Button type="submit" look="primary" isDisabled={!isComplete} isPending={ask.isPending}>
            {t('iam.ask')}
          </Button>
        </div>
        <IamError error={ask.error} />
        {ask.data !== undefined && <Answer decision={ask.data} />}
      </Form>
    </div>
  );
}

function questionOf(who: Who, about: typeof NOTHING): Parameters<ReturnType<typeof useSimulation>['mutate']>[0] {
  const kind = who.kind === 'member' ? 'user' : who.kind;
  return {
    principal: kind === 'anonymous' ? { kind } : { kind, name: who.name },
    action: about.action === OTHER ? about.otherAction.trim() : about.action,
    ...(about.bucket === '' ? {} : { bucket: about.bucket }),
    ...(about.key === '' || about.bucket === '' ? {} : { key: about.key }),
    facts: about.address.trim() === '' ? {} : { 'aws:SourceIp': about.address.trim() },
  };
}

interface WhatFieldsProps {
  readonly about: typeof NOTHING;
  readonly buckets: readonly string[];
  readonly onChange: (change: Partial<typeof NOTHING>) => void;
}

function WhatFields({ about, buckets, onChange }: WhatFieldsProps) {
  const actions = [
    { value: 's3:GetObject', label: t('iam.actionRead') },
    { value: 's3:PutObject', label: t('iam.actionWrite') },
    { value: 's3:DeleteObject', label: t('iam.actionDelete') },
    { value: 's3:DeleteObjectVersion', label: t('iam.actionPurge') },
    { value: 's3:ListBucket', label: t('iam.actionList') },
    { value: 's3:PutBucketPolicy', label: t('iam.actionPolicy') },
    { value: 's3:CreateBucket', label: t('iam.actionCreate') },
    { value: OTHER, label: t('iam.actionOther') },
  ];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t('iam.action')}
        options={actions}
        value={about.action}
        onChange={(action) => onChange({ action })}
      />
      {about.action === OTHER && (
        <TextField
          mono
          label={t('iam.actionName')}
          hint={t('iam.actionHint')}
          value={about.otherAction}
          onChange={(otherAction) => onChange({ otherAction })}
        />
      )}
      <SelectField
        label={t('iam.bucket')}
        options={[{ value: '', label: t('iam.noBucket') }, ...buckets.map((name) => ({ value: name, label: name }))]}
        value={about.bucket}
        onChange={(bucket) => onChange({ bucket })}
      />
      <TextField
        mono
        label={t('iam.key')}
        hint={t('iam.keyHint')}
        value={about.key}
        onChange={(key) => onChange({ key })}
      />
      <TextField
        mono
        label={t('iam.address')}
        hint={t('iam.addressHint')}
        value={about.address}
        onChange={(address) => onChange({ address })}
      />
    </div>
  );
}

function Answer({ decision }: { readonly decision: AccessDecision }) {
  const isAllowed = decision.effect === 'allow';
  return (
    <section
      role="status"
      aria-label={t('iam.answer')}
      className="flex flex-col gap-2 rounded-control border border-line bg-surface px-4 py-3"
    >
      <p className={`flex items-center gap-2 font-semibold text-section ${isAllowed ? 'text-fine' : 'text-stopped'}`}>
        <span aria-hidden="true">{isAllowed ? '●' : '■'}</span>
        <span>{isAllowed ? t('iam.allowed') : t('iam.denied')}</span>
      </p>
      <ReasonWords {...decision} />
    </section>
  );
}
