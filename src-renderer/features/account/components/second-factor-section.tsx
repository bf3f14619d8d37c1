import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Account } from '../../../../src-server/contract/account.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { type PasswordAndCode, useEndSecondFactor, useRenewRecoveryCodes } from '../api/use-account.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { Section } from './section.tsx';
import { TurnOnDialog } from './turn-on-dialog.tsx';

const FEW_CODES = 3;

/** The second factor: on with its codes, or off with the way to it. */
export function SecondFactorSection({ account }: { readonly account: Account }) {
  const [open, setOpen] = useState<'on' | 'off' | 'renew'>();
  const close = () => setOpen(undefined);
  const count = account.recoveryCodesLeft;
  const action = account.hasSecondFactor ? (
    <>
      <Button onPress={() => setOpen('renew')}>{t('account.renewCodes')}</Button>
      <Button onPress={() => setOpen('off')}>{t('account.turnOff')}</Button>
    </>
  ) : (
    <Button onPress={() => setOpen('on')}>{t('account.turnOn')}</Button>
  );
  return (
    <Section title={t('account.secondFactor')} anchor="second-factor" action={action}>
      {account.hasSecondFactor ? (
        <p className="flex flex-wrap items-center gap-x-3 text-muted">
          <StatusWord status={count < FEW_CODES ? 'attention' : 'fine'} />
          {t('account.codesLeft', { count })}
        </p>
      ) : (
        <p className="text-muted">{t('account.secondFactorOff')}</p>
      )}
      <TurnOnDialog isOpen={open === 'on'} onClose={close} />
      <TurnOffDialog isOpen={open === 'off'} onClose={close} />
      <RenewDialog isOpen={open === 'renew'} onClose={close} />
    </Section>
  );
}

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function TurnOffDialog({ isOpen, onClose }: DialogProps) {
  const end = useEndSecondFactor();
  const close = () => {
    end.reset();
    onClose();
  };
  return (
    <Dialog title={t('account.turnOff')} isOpen={isOpen} onClose={close}>
      <ProofForm
        text={t('account.turnOffText')}
        action={t('account.turnOff')}
        isPending={end.isPending}
        error={end.error}
        onClose={close}
        onProve={(proof) => end.mutate(proof, { onSuccess: close })}
      />
    </Dialog>
  );
}

function RenewDialog({ isOpen, onClose }: DialogProps) {
  const renew = useRenewRecoveryCodes();
  const codes = renew.data?.recoveryCodes;
  const close = () => {
    renew.reset();
    onClose();
  };
  return (
    <Dialog title={t('account.renewCodes')} isOpen={isOpen} onClose={close} stays={codes !== undefined}>
      {codes !== undefined ? (
        <RecoveryCodes codes={codes} onDone={close} />
      ) : (
        <ProofForm
          text={t('account.renewText')}
          action={t('account.renewCodes')}
          isPending={renew.isPending}
          error={renew.error}
          onClose={close}
          onProve={(proof) => renew.mutate(proof)}
        />
      )}
    </Dialog>
  );
}

interface ProofFormProps {
  readonly text: string;
  readonly action: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onProve: (proof: PasswordAndCode) => void;
}

function ProofForm({ text, action, isPending, error, onClose, onProve }: ProofFormProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onProve({ password, code });
      }}
    >
      <p className="text-muted">{text}</p>
      <TextField
        label={t('signIn.password')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        autoFocus
      />
      <TextField
        label={t('account.code')}
        hint={t('signIn.codeHint')}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        mono
      />
      <FormError error={error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isDisabled={password === '' || code === ''} isPending={isPending}>
          {action}
        </Button>
      </DialogButtons>
    </Form>
  );
}
