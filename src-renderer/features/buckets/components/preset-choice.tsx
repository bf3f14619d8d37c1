import type { PresetId } from '../../../../src-server/contract/bucket-presets.ts';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { t } from '../../../lib/i18n.ts';

/** What a bucket is for; `own`: none of these, its settings are chosen one by one. */
export type Purpose = PresetId | 'own';

type Kind = 'office' | 'backup' | 'app' | 'static' | 'own';
const BACKUPS = ['veeam', 'restic', 'kopia', 'duplicati'] as const;
type BackupTool = (typeof BACKUPS)[number];

interface PresetChoiceProps {
  readonly label: string;
  readonly value: Purpose;
  readonly onChange: (value: Purpose) => void;
  /** Offers to choose settings one by one; the form around it has them then. */
  readonly withOwn?: boolean;
}

/** What a bucket is for, each with a sentence of what that sets; backups ask for their program too. */
export function PresetChoice({ label, value, onChange, withOwn = false }: PresetChoiceProps) {
  const tool = BACKUPS.find((known) => known === value);
  const kind: Kind = tool === undefined ? kindOf(value) : 'backup';
  return (
    <div className="flex flex-col gap-3">
      <ChoiceGroup
        label={label}
        value={kind}
        onChange={(chosen) => onChange(chosen === 'backup' ? 'restic' : chosen)}
        choices={[
          { value: 'office' as const, label: t('presets.office'), text: t('presets.officeSets') },
          { value: 'backup' as const, label: t('presets.backup'), text: t('presets.backupSets') },
          { value: 'app' as const, label: t('presets.app'), text: t('presets.appSets') },
          { value: 'static' as const, label: t('presets.static'), text: t('presets.staticSets') },
          ...(withOwn ? [{ value: 'own' as const, label: t('presets.own'), text: t('presets.ownSets') }] : []),
        ]}
      />
      {tool !== undefined && (
        <div className="flex flex-col gap-1 rounded-control bg-sunken px-3 py-2">
          <ChoiceGroup
            label={t('presets.program')}
            inRow
            value={tool}
            onChange={onChange}
            choices={BACKUPS.map((name) => ({ value: name, label: TOOL_NAMES[name] }))}
          />
          <p className="text-caption text-muted">{toolText(tool)}</p>
        </div>
      )}
    </div>
  );
}

/** Names of programs are the same in every language. */
const TOOL_NAMES: Readonly<Record<BackupTool, string>> = {
  veeam: 'Veeam',
  restic: 'restic',
  kopia: 'Kopia',
  duplicati: 'Duplicati',
};

function kindOf(value: Purpose): Kind {
  return value === 'office' || value === 'app' || value === 'static' ? value : 'own';
}

function toolText(tool: BackupTool): string {
  return tool === 'veeam' ? t('presets.veeamSets') : t('presets.toolSets', { program: TOOL_NAMES[tool] });
}
