import { X } from 'lucide-react';
import { CORS_METHODS } from '../../../../src-server/contract/bucket-settings.ts';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import type { CorsDraft } from '../cors.ts';

interface CorsRuleFieldsProps {
  readonly draft: CorsDraft;
  /** From 1. */
  readonly number: number;
  readonly isWrong: boolean;
  readonly onChange: (draft: CorsDraft) => void;
  readonly onRemove: () => void;
}

/** One rule as a form; several values of a field stand one after the other. */
export function CorsRuleFields({ draft, number, isWrong, onChange, onRemove }: CorsRuleFieldsProps) {
  const toggle = (method: CorsDraft['methods'][number], isOn: boolean) =>
    onChange({
      ...draft,
      methods: CORS_METHODS.filter((one) => (one === method ? isOn : draft.methods.includes(one))),
    });
  return (
    <fieldset className="flex flex-col gap-3 border-line border-l-2 pl-4">
      <legend className="sr-only">{t('bucket.corsNumber', { number })}</legend>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label={t('bucket.corsOrigins')}
            hint={t('bucket.corsOriginsHint')}
            error={isWrong ? t('bucket.corsWrong') : undefined}
            mono
            value={draft.origins}
            onChange={(origins) => onChange({ ...draft, origins })}
          />
        </div>
        <div className="pt-6">
          <Button look="quiet" square aria-label={t('bucket.corsRemove', { number })} onPress={onRemove}>
            <X size={16} aria-hidden="true" />
          </Button>
        </div>
      </div>
      <div className="flex flex-wrap gap-x-4">
        {CORS_METHODS.map((method) => (
          <Checkbox
            key={method}
            label={method}
            isSelected={draft.methods.includes(method)}
            onChange={(isOn) => toggle(method, isOn)}
          />
        ))}
      </div>
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField
          label={t('bucket.corsHeaders')}
          mono
          value={draft.headers}
          onChange={(headers) => onChange({ ...draft, headers })}
        />
        <TextField
          label={t('bucket.corsExposed')}
          mono
          value={draft.exposed}
          onChange={(exposed) => onChange({ ...draft, exposed })}
        />
        <TextField
          label={t('bucket.corsMaxAge')}
          inputMode="numeric"
          value={draft.maxAge}
          onChange={(maxAge) => onChange({ ...draft, maxAge })}
        />
      </div>
    </fieldset>
  );
}
