import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Setting, SettingValue } from '../../../../src-server/contract/settings.ts';
import { Button } from '../../../components/button.tsx';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons } from '../../../components/setting-line.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeSettings } from '../api/use-settings.ts';
import { choiceText, type SettingText, valueText } from '../catalogue.ts';

interface SettingFormProps {
  readonly about: SettingText;
  readonly setting: Setting;
  readonly onClose: () => void;
}

/** Changes one setting, or puts it back to its default. */
export function SettingForm({ about, setting, onClose }: SettingFormProps) {
  const { name, isStored, storedValue, value, defaultValue } = setting;
  const change = useChangeSettings();
  const [wanted, setWanted] = useState<SettingValue>(isStored ? storedValue : value);
  const [isNoNumber, setNoNumber] = useState(false);
  const store = (next: SettingValue) => change.mutate({ [name]: next }, { onSuccess: onClose });
  const submit = () => {
    const next = parsed(setting, wanted);
    if (next === undefined) setNoNumber(true);
    else store(next);
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ValueField
        about={about}
        setting={setting}
        value={wanted}
        error={isNoNumber ? t('settings.noNumber') : undefined}
        onChange={(next) => {
          setNoNumber(false);
          setWanted(next);
        }}
      />
      <DangerText text={about.danger?.(wanted)} />
      <FormError error={change.error} />
      <div className="flex flex-wrap gap-2">
        <LineButtons isPending={change.isPending} onCancel={onClose} />
        {isStored && (
          <Button look="link" isDisabled={change.isPending} onPress={() => store(null)}>
            {t('settings.toDefault', { value: valueText(name, defaultValue) })}
          </Button>
        )}
      </div>
    </Form>
  );
}

/** What the change may break. */
export function DangerText({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p className="flex gap-2">
      <span aria-hidden="true" className="text-attention">
        ▲
      </span>
      {text}
    </p>
  );
}

interface ValueFieldProps {
  readonly about: SettingText;
  readonly setting: Setting;
  readonly value: SettingValue;
  readonly error: string | undefined;
  readonly onChange: (value: SettingValue) => void;
}

function ValueField({ about, setting, value, error, onChange }: ValueFieldProps) {
  const { name, kind, choices } = setting;
  switch (kind) {
    case 'switch':
      return (
        <ChoiceGroup
          label={about.title()}
          value={value === true ? 'on' : 'off'}
          onChange={(chosen) => onChange(chosen === 'on')}
          choices={(['on', 'off'] as const).map((choice) => ({
            value: choice,
            label: valueText(name, choice === 'on'),
            text: about.sentence?.(choice === 'on'),
          }))}
        />
      );
    case 'choice':
      return (
        <ChoiceGroup
          label={about.title()}
          value={String(value)}
          onChange={onChange}
          choices={choices.map((choice) => ({ value: choice, ...choiceText(name, choice) }))}
        />
      );
    case 'number':
    case 'text':
    case 'path':
    case 'secret':
      return (
        <div className="max-w-120">
          <TextField
            label={fieldLabel(about)}
            hint={about.hint()}
            value={value === null ? '' : String(value)}
            onChange={onChange}
            error={error}
            inputMode={kind === 'number' ? 'decimal' : 'text'}
            mono={kind !== 'number'}
            autoComplete="off"
          />
        </div>
      );
  }
}

function fieldLabel({ name, title }: SettingText): string {
  if (name === 'bin.keepDays') return t('settings.binField');
  return name === 'garbage.graceSeconds' ? t('settings.graceField') : title();
}

/** What is to be stored; nothing typed is the default. Undefined where a number is wanted and this is none. */
function parsed({ kind }: Setting, value: SettingValue): SettingValue | undefined {
  if (typeof value === 'boolean' || value === null) return value;
  const text = String(value).trim();
  if (text === '') return null;
  if (kind !== 'number') return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
