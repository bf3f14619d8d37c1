import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { HISTORY_RANGE_NAMES, type HistoryRangeName } from '../../../../src-server/contract/overview.ts';
import { t } from '../../../lib/i18n.ts';

interface RangeSwitchProps {
  readonly range: HistoryRangeName;
  readonly onChange: (range: HistoryRangeName) => void;
}

/** How far back all charts of a page go. */
export function RangeSwitch({ range, onChange }: RangeSwitchProps) {
  return (
    <ToggleButtonGroup
      aria-label={t('history.range')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[range]}
      onSelectionChange={(keys) => {
        const chosen = HISTORY_RANGE_NAMES.find((name) => keys.has(name));
        if (chosen !== undefined) onChange(chosen);
      }}
      className="flex rounded-control border border-line-strong bg-surface"
    >
      {HISTORY_RANGE_NAMES.map((name) => (
        <ToggleButton
          key={name}
          id={name}
          className="h-8 cursor-default px-3 text-table first:rounded-l-control last:rounded-r-control hover:bg-sunken data-[selected]:bg-accent-soft data-[selected]:font-medium"
        >
          {rangeName(name)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

function rangeName(range: HistoryRangeName): string {
  switch (range) {
    case '1h':
      return t('history.hour');
    case '24h':
      return t('history.day');
    case '7d':
      return t('history.week');
    case '30d':
      return t('history.month');
    case '1y':
      return t('history.year');
  }
}
