import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Setting } from '../../../../src-server/contract/settings.ts';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons, SettingLine } from '../../../components/setting-line.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeSettings } from '../api/use-settings.ts';
import type { SettingText } from '../catalogue.ts';
import { DangerText } from './setting-form.tsx';
import { SettingFacts } from './setting-row.tsx';

type TlsKind = 'none' | 'self-signed' | 'files';

interface TlsSettings {
  readonly selfSigned: Setting;
  readonly cert: Setting;
  readonly certKey: Setting;
}

/** Certificate, key and the switch together: one without the other is nothing. */
export function TlsRow({ about, tls }: { readonly about: SettingText; readonly tls: TlsSettings }) {
  const all = [tls.selfSigned, tls.cert, tls.certKey];
  const form = all.every(({ isEditable }) => isEditable)
    ? (close: () => void) => <TlsForm about={about} tls={tls} onClose={close} />
    : undefined;
  return (
    <SettingLine title={about.title()} level={3} form={form}>
      <p className="[overflow-wrap:anywhere]">{sentence(tls)}</p>
      <SettingFacts about={about} settings={all} />
    </SettingLine>
  );
}

function sentence({ selfSigned, cert }: TlsSettings): string {
  if (selfSigned.value === true) return t('settings.tlsSelfSignedText');
  return cert.value === null ? t('settings.tlsNoneText') : t('settings.tlsFilesText', { file: String(cert.value) });
}

interface TlsFormProps {
  readonly about: SettingText;
  readonly tls: TlsSettings;
  readonly onClose: () => void;
}

function TlsForm({ about, tls, onClose }: TlsFormProps) {
  const change = useChangeSettings();
  const [kind, setKind] = useState<TlsKind>(kindOf(tls));
  const [cert, setCert] = useState(String(tls.cert.storedValue ?? ''));
  const [certKey, setCertKey] = useState(String(tls.certKey.storedValue ?? ''));
  const submit = () => {
    const files = kind === 'files' ? { 'tls.cert': cert.trim(), 'tls.key': certKey.trim() } : NO_FILES;
    change.mutate({ ...files, 'tls.selfSigned': kind === 'self-signed' ? true : null }, { onSuccess: onClose });
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ChoiceGroup
        label={about.title()}
        value={kind}
        onChange={setKind}
        choices={[
          { value: 'none' as const, label: t('settings.tlsNone'), text: t('settings.tlsNoneText') },
          { value: 'self-signed' as const, label: t('settings.tlsSelfSigned'), text: t('settings.tlsSelfSignedMeans') },
          { value: 'files' as const, label: t('settings.tlsFiles'), text: t('settings.tlsFilesMeans') },
        ]}
      />
      {kind === 'files' && (
        <div className="flex max-w-120 flex-col gap-4">
          <TextField label={t('settings.tlsCert')} value={cert} onChange={setCert} mono autoComplete="off" />
          <TextField label={t('settings.tlsKey')} value={certKey} onChange={setCertKey} mono autoComplete="off" />
        </div>
      )}
      <DangerText text={kind === kindOf(tls) ? undefined : about.danger?.(null)} />
      <FormError error={change.error} />
      <LineButtons
        isPending={change.isPending}
        isDisabled={kind === 'files' && (cert.trim() === '' || certKey.trim() === '')}
        onCancel={onClose}
      />
    </Form>
  );
}

const NO_FILES = { 'tls.cert': null, 'tls.key': null };

/** As stored, which is what the form changes. */
function kindOf({ selfSigned, cert }: TlsSettings): TlsKind {
  if (selfSigned.storedValue === true) return 'self-signed';
  return cert.storedValue === null ? 'none' : 'files';
}
