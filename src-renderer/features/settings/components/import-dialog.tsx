import { useState } from 'react';
import { FileTrigger, Form } from 'react-aria-components';
import type { ImportResult } from '../../../../src-server/contract/configuration.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useAccount } from '../../account/api/use-account.ts';
import { type GivenFile, useApplyImport, useRehearseImport } from '../api/use-configuration.ts';
import { ImportItems } from './import-items.tsx';

interface ImportDialogProps {
  readonly onClose: () => void;
  /** Something was taken in; called when the dialog closes. */
  readonly onApplied?: () => void;
}

/** Choose a file, see what it would do, let it. */
export function ImportDialog({ onClose, onApplied }: ImportDialogProps) {
  const rehearsal = useRehearseImport();
  const application = useApplyImport();
  const [given, setGiven] = useState<GivenFile>();
  const result = application.data ?? rehearsal.data;
  const isApplied = application.data !== undefined;
  const close = () => {
    onClose();
    if (isApplied) onApplied?.();
  };
  return (
    <Dialog
      title={isApplied ? t('configuration.doneTitle') : t('configuration.importTitle')}
      isOpen
      isWide
      stays={isApplied}
      onClose={close}
    >
      {result === undefined || given === undefined ? (
        <FileForm
          isPending={rehearsal.isPending}
          error={rehearsal.error}
          onClose={close}
          onGiven={(next) => {
            setGiven(next);
            rehearsal.mutate(next);
          }}
        />
      ) : (
        <>
          <ImportItems result={result} />
          <Notes result={result} />
          <FormError error={application.error} />
          {isApplied ? (
            <DialogButtons>
              <Button look="primary" onPress={close} autoFocus>
                {t('configuration.done')}
              </Button>
            </DialogButtons>
          ) : (
            <DialogButtons>
              <Button onPress={() => rehearsal.reset()}>{t('configuration.another')}</Button>
              <Button
                look="primary"
                isDisabled={!result.items.some(isWritten)}
                isPending={application.isPending}
                onPress={() => application.mutate(given)}
              >
                {t('configuration.apply')}
              </Button>
            </DialogButtons>
          )}
        </>
      )}
    </Dialog>
  );
}

interface FileFormProps {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onGiven: (given: GivenFile) => void;
  readonly onClose: () => void;
}

function FileForm({ isPending, error, onGiven, onClose }: FileFormProps) {
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== undefined && passphrase !== '') onGiven({ file, passphrase });
      }}
    >
      <p className="text-muted">{t('configuration.importText')}</p>
      <div className="flex min-w-0 flex-wrap items-center gap-3">
        <FileTrigger
          acceptedFileTypes={['.stowage', 'application/octet-stream']}
          onSelect={(files) => setFile(files?.[0])}
        >
          <Button autoFocus>{t('configuration.choose')}</Button>
        </FileTrigger>
        <span className={`min-w-0 truncate ${file === undefined ? 'text-muted' : 'font-mono text-table'}`}>
          {file?.name ?? t('configuration.noFile')}
        </span>
      </div>
      <TextField
        label={t('configuration.filePassphrase')}
        type="password"
        autoComplete="off"
        value={passphrase}
        onChange={setPassphrase}
      />
      <FormError error={error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={isPending} isDisabled={file === undefined || passphrase === ''}>
          {t('configuration.rehearse')}
        </Button>
      </DialogButtons>
    </Form>
  );
}

function isWritten({ outcome }: ImportResult['items'][number]): boolean {
  return outcome === 'created' || outcome === 'changed';
}

/** What whoever imports has to know beside the list. */
function Notes({ result }: { readonly result: ImportResult }) {
  const account = useAccount();
  const written = result.items.filter(isWritten);
  const isOwnPassword = written.some(
    ({ kind, name, fields }) => kind === 'person' && name === account.data?.userName && fields.includes('password'),
  );
  return (
    <div className="flex flex-col gap-1 text-caption text-muted">
      {isOwnPassword && (
        <p className="text-text">
          <span aria-hidden="true" className="text-attention">
            ▲{' '}
          </span>
          {t('configuration.you')}
        </p>
      )}
      {written.some(({ kind }) => kind === 'person') && <p>{t('configuration.codes')}</p>}
      {written.some(({ kind }) => kind === 'setting') && <p>{t('configuration.restart')}</p>}
    </div>
  );
}
