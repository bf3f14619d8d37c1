import { useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useBuckets } from '../../buckets/api/use-buckets.ts';
import { CONFLICT_CHOICES, type ConflictChoice } from '../engine/conflicts.ts';
import type { Transfer } from '../engine/transfer.ts';
import type { TransferEngine } from '../engine/transfer-engine.ts';

interface ConflictDialogProps {
  readonly engine: TransferEngine;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks about the first file whose place is taken; one answer can hold for all. */
export function ConflictDialog({ engine, isOpen, onClose }: ConflictDialogProps) {
  const conflicts = engine.book.in('conflict');
  const [first] = conflicts;
  if (first === undefined) return null;
  return (
    <Dialog title={t('transfers.conflictTitle', { name: nameOf(first) })} isOpen={isOpen} onClose={onClose}>
      <Question key={first.id} engine={engine} transfer={first} count={conflicts.size} onLater={onClose} />
    </Dialog>
  );
}

interface QuestionProps {
  readonly engine: TransferEngine;
  readonly transfer: Transfer;
  readonly count: number;
  readonly onLater: () => void;
}

function Question({ engine, transfer, count, onLater }: QuestionProps) {
  const versioning = useBuckets().data?.find(({ name }) => name === transfer.bucket)?.versioning;
  const keepsVersions = versioning === 'enabled';
  const [choice, setChoice] = useState<ConflictChoice>(keepsVersions ? 'replace' : 'keep-both');
  const [isForAll, setForAll] = useState(count > 1);
  const apply = () => {
    const same = [...engine.book.in('conflict')].filter(({ drop }) => drop === transfer.drop);
    engine.choose(isForAll ? same : [transfer], choice, isForAll);
  };
  return (
    <>
      <Facts transfer={transfer} />
      <RadioGroup
        aria-label={t('transfers.conflictQuestion')}
        value={choice}
        // The values are the choices.
        onChange={(value) => setChoice(value as ConflictChoice)}
        className="flex flex-col gap-1"
      >
        {CONFLICT_CHOICES.map((value) => (
          <Choice key={value} value={value} label={labelOf(value, keepsVersions)} />
        ))}
      </RadioGroup>
      <Checkbox label={t('transfers.forAll')} isSelected={isForAll} onChange={setForAll} />
      <DialogButtons>
        <Button onPress={onLater}>{t('transfers.later')}</Button>
        <Button look="primary" onPress={apply} autoFocus>
          {t('transfers.apply')}
        </Button>
      </DialogButtons>
    </>
  );
}

function Choice({ value, label }: { readonly value: ConflictChoice; readonly label: string }) {
  return (
    <Radio value={value} className="flex min-h-7 items-center gap-2 rounded-control text-body">
      {({ isSelected }) => (
        <>
          <span
            aria-hidden="true"
            className={`flex size-4 shrink-0 items-center justify-center rounded-full border ${isSelected ? 'border-accent' : 'border-line-strong'}`}
          >
            {isSelected && <span className="size-2 rounded-full bg-accent" />}
          </span>
          {label}
        </>
      )}
    </Radio>
  );
}

function Facts({ transfer }: { readonly transfer: Transfer }) {
  useLanguage();
  const { existing } = transfer;
  return (
    <dl className="grid grid-cols-[max-content_max-content_1fr] gap-x-4 gap-y-1 text-table">
      <dt className="text-muted">{t('transfers.there')}</dt>
      <dd>{existing !== undefined && <Bytes bytes={existing.sizeBytes} />}</dd>
      <dd className="text-muted">
        {existing !== undefined && <Moment atMs={existing.sourceModifiedAtMs ?? existing.modifiedAtMs} />}
      </dd>
      <dt className="text-muted">{t('transfers.yours')}</dt>
      <dd>
        <Bytes bytes={transfer.sizeBytes} />
      </dd>
      <dd className="text-muted">
        <Moment atMs={transfer.modifiedAtMs} />
      </dd>
    </dl>
  );
}

function labelOf(choice: ConflictChoice, keepsVersions: boolean): string {
  switch (choice) {
    case 'skip':
      return t('transfers.choiceSkip');
    case 'replace':
      return keepsVersions ? t('transfers.choiceVersion') : t('transfers.choiceReplace');
    case 'keep-both':
      return t('transfers.choiceKeepBoth');
    case 'newer':
      return t('transfers.choiceNewer');
    case 'different':
      return t('transfers.choiceDifferent');
  }
}

function nameOf({ key }: Transfer): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
