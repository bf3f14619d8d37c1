import { Download } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { toast } from '../../../components/toast.tsx';
import { t } from '../../../lib/i18n.ts';
import { useAccount } from '../../account/api/use-account.ts';
import { useExportConfiguration } from '../api/use-configuration.ts';
import { type Strength, strengthOf } from '../passphrase-strength.ts';

/** Asks who it is and how the file is to be sealed. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t('configuration.exportTitle')} isOpen onClose={onClose}>
      <p className="text-muted">{t('configuration.exportText')}</p>
      <ExportForm onClose={onClose} />
    </Dialog>
  );
}

function ExportForm({ onClose }: { readonly onClose: () => void }) {
  const account = useAccount();
  const take = useExportConfiguration();
  const [given, setGiven] = useState({ password: '', code: '', passphrase: '', again: '' });
  const [tried, setTried] = useState(false);
  const asksCode = account.data?.hasSecondFactor === true;
  const strength = strengthOf(given.passphrase);
  const isRepeated = given.passphrase === given.again;
  const isReady = given.password !== '' && strength !== 'short' && isRepeated && (!asksCode || given.code !== '');
  const set = (name: keyof typeof given) => (value: string) => setGiven((old) => ({ ...old, [name]: value }));
  const submit = () => {
    setTried(true);
    if (!isReady) return;
    const { password, passphrase } = given;
    const code = asksCode ? { code: given.code } : {};
    take.mutate(
      { password, passphrase, ...code },
      {
        onSuccess: () => {
          toast('note', t('configuration.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={t('configuration.password')}
        type="password"
        autoComplete="current-password"
        autoFocus
        value={given.password}
        onChange={set('password')}
      />
      {asksCode && (
        <TextField
          label={t('configuration.code')}
          mono
          autoComplete="one-time-code"
          value={given.code}
          onChange={set('code')}
        />
      )}
      <PassphraseFields given={given} tried={tried} set={set} />
      <FormError error={take.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={take.isPending}>
          <Download size={16} aria-hidden="true" /> {t('configuration.save')}
        </Button>
      </DialogButtons>
    </Form>
  );
}

interface PassphraseFieldsProps {
  readonly given: { readonly passphrase: string; readonly again: string };
  readonly tried: boolean;
  readonly set: (name: 'passphrase' | 'again') => (value: string) => void;
}

function PassphraseFields({ given: { passphrase, again }, tried, set }: PassphraseFieldsProps) {
  const strength = strengthOf(passphrase);
  return (
    <>
      <TextField
        label={t('configuration.passphrase')}
        hint={passphrase === '' ? t('configuration.passphraseRule') : <StrengthWord strength={strength} />}
        error={tried && strength === 'short' ? t('configuration.passphraseRule') : undefined}
        type="password"
        autoComplete="new-password"
        value={passphrase}
        onChange={set('passphrase')}
      />
      <TextField
        label={t('configuration.passphraseAgain')}
        error={tried && passphrase !== again ? t('configuration.differs') : undefined}
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={set('again')}
      />
    </>
  );
}

function StrengthWord({ strength }: { readonly strength: Strength }) {
  const [shape, colour, word] = strengthText(strength);
  return (
    <span className="flex gap-1.5">
      <span aria-hidden="true" className={colour}>
        {shape}
      </span>
      {word}
    </span>
  );
}

function strengthText(strength: Strength): readonly [shape: string, colour: string, word: string] {
  switch (strength) {
    case 'short':
      return ['■', 'text-stopped', t('configuration.strengthShort')];
    case 'weak':
      return ['▲', 'text-attention', t('configuration.strengthWeak')];
    case 'fair':
      return ['◐', 'text-working', t('configuration.strengthFair')];
    case 'good':
      return ['●', 'text-fine', t('configuration.strengthGood')];
    case 'strong':
      return ['●', 'text-fine', t('configuration.strengthStrong')];
  }
}
