import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { CopyButton } from '../../../components/facts.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { QrCode } from '../../../components/qr-code.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useBeginSecondFactor, useConfirmSecondFactor } from '../api/use-account.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

interface TurnOnDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Password, then the code of the app, then the recovery codes. */
export function TurnOnDialog({ isOpen, onClose }: TurnOnDialogProps) {
  const begin = useBeginSecondFactor();
  const confirm = useConfirmSecondFactor();
  const close = () => {
    begin.reset();
    confirm.reset();
    onClose();
  };
  const codes = confirm.data?.recoveryCodes;
  return (
    <Dialog
      title={codes === undefined ? t('account.turnOn') : t('account.codes')}
      isOpen={isOpen}
      onClose={close}
      stays={codes !== undefined}
    >
      {codes !== undefined && <RecoveryCodes codes={codes} onDone={close} />}
      {codes === undefined && begin.data === undefined && <PasswordStep begin={begin} onClose={close} />}
      {codes === undefined && begin.data !== undefined && (
        <CodeStep secret={begin.data.secret} uri={begin.data.uri} confirm={confirm} onClose={close} />
      )}
    </Dialog>
  );
}

function PasswordStep(props: {
  readonly begin: ReturnType<typeof useBeginSecondFactor>;
  readonly onClose: () => void;
}) {
  const [password, setPassword] = useState('');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        props.begin.mutate(password);
      }}
    >
      <p className="text-muted">{t('account.turnOnText')}</p>
      <TextField
        label={t('signIn.password')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        autoFocus
      />
      <FormError error={props.begin.error} />
      <DialogButtons>
        <Button onPress={props.onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isDisabled={password === ''} isPending={props.begin.isPending}>
          {t('account.next')}
        </Button>
      </DialogButtons>
    </Form>
  );
}

interface CodeStepProps {
  readonly secret: string;
  readonly uri: string;
  readonly confirm: ReturnType<typeof useConfirmSecondFactor>;
  readonly onClose: () => void;
}

function CodeStep({ secret, uri, confirm, onClose }: CodeStepProps) {
  const [code, setCode] = useState('');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate(code);
      }}
    >
      <p className="text-muted">{t('account.scan')}</p>
      <div className="flex flex-wrap items-center gap-4">
        <QrCode text={uri} label={t('account.qr')} />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <span className="text-caption text-muted">{t('account.byHand')}</span>
          <span className="flex items-start gap-1">
            <code className="select-all break-all font-mono text-table">{secret}</code>
            <CopyButton name={t('account.byHand')} text={secret} />
          </span>
        </div>
      </div>
      <TextField
        label={t('account.code')}
        value={code}
        onChange={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        mono
        autoFocus
      />
      <FormError error={confirm.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isDisabled={code === ''} isPending={confirm.isPending}>
          {t('account.turnOn')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
