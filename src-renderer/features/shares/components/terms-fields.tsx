import type { ReactNode } from 'react';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { type DraftProblem, EXPIRIES, type Expiry, type TermsDraft } from '../terms-draft.ts';

interface TermsFieldsProps {
  readonly draft: TermsDraft;
  readonly onChange: (draft: TermsDraft) => void;
  readonly problem: DraftProblem | undefined;
  readonly isUpload: boolean;
  /** Of an existing link: an empty field leaves it. */
  readonly hasPassword?: boolean;
}

/** What can be chosen of a link. */
export function TermsFields({ draft, onChange, problem, isUpload, hasPassword = false }: TermsFieldsProps) {
  const set = (changes: Partial<TermsDraft>) => onChange({ ...draft, ...changes });
  return (
    <>
      <ChoiceGroup
        label={t('shares.expires')}
        inRow
        value={draft.expiry}
        onChange={(expiry) => set({ expiry })}
        choices={EXPIRIES.map((value) => ({ value, label: expiryText(value) }))}
      />
      {draft.expiry === 'date' && (
        <TextField
          label={t('shares.date')}
          type="datetime-local"
          value={draft.date}
          onChange={(date) => set({ date })}
          error={problem === 'date' ? t('shares.datePassed') : undefined}
        />
      )}
      <Pair>
        <TextField
          label={t('shares.password')}
          hint={hasPassword ? t('shares.passwordStays') : t('shares.optional')}
          type="text"
          autoComplete="off"
          value={draft.password}
          onChange={(password) => set({ password })}
          error={problem === 'password' ? t('shares.passwordShort') : undefined}
        />
        {!isUpload && (
          <TextField
            label={t('shares.downloadLimit')}
            hint={t('shares.optional')}
            inputMode="numeric"
            value={draft.downloadLimit}
            onChange={(downloadLimit) => set({ downloadLimit })}
            error={problem === 'downloadLimit' ? t('shares.wholeNumber') : undefined}
          />
        )}
        {isUpload && (
          <TextField
            label={t('shares.fileTypes')}
            hint={t('shares.fileTypesHint')}
            value={draft.fileTypes}
            onChange={(fileTypes) => set({ fileTypes })}
          />
        )}
      </Pair>
      {isUpload && <RoomFields draft={draft} set={set} problem={problem} />}
      <Pair>
        <TextField
          label={t('shares.note')}
          hint={t('shares.noteHint')}
          maxLength={1000}
          value={draft.note}
          onChange={(note) => set({ note })}
        />
        <TextField
          label={t('shares.label')}
          hint={t('shares.labelHint')}
          maxLength={100}
          value={draft.label}
          onChange={(label) => set({ label })}
        />
      </Pair>
    </>
  );
}

interface RoomFieldsProps extends Pick<TermsFieldsProps, 'draft' | 'problem'> {
  readonly set: (changes: Partial<TermsDraft>) => void;
}

/** How much an upload request takes. */
function RoomFields({ draft, set, problem }: RoomFieldsProps) {
  return (
    <Pair>
      <TextField
        label={t('shares.maxGigabytes')}
        inputMode="decimal"
        value={draft.maxGigabytes}
        onChange={(maxGigabytes) => set({ maxGigabytes })}
        error={problem === 'maxGigabytes' ? t('shares.gigabyteRule') : undefined}
      />
      <TextField
        label={t('shares.maxFiles')}
        inputMode="numeric"
        value={draft.maxFiles}
        onChange={(maxFiles) => set({ maxFiles })}
        error={problem === 'maxFiles' ? t('shares.wholeNumber') : undefined}
      />
    </Pair>
  );
}

function Pair({ children }: { readonly children: ReactNode }) {
  return <div className="grid gap-4 sm:grid-cols-2">{children}</div>;
}

function expiryText(expiry: Expiry): string {
  switch (expiry) {
    case 'day':
      return t('shares.day');
    case 'week':
      return t('shares.week');
    case 'month':
      return t('shares.month');
    case 'date':
      return t('shares.onDate');
    case 'never':
      return t('shares.never');
  }
}
