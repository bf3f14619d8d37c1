import { Gauge } from 'lucide-react';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import { usePaceSettings } from '../pace-settings.ts';

/** Says whether uploads are held; leads to the settings of that. */
export function PaceButton({ onPress }: { readonly onPress: () => void }) {
  const { bytesPerSecond, quiet } = usePaceSettings();
  const isSet = bytesPerSecond !== undefined || quiet !== undefined;
  return (
    <Button onPress={onPress}>
      <Gauge size={16} aria-hidden="true" /> {isSet ? t('transfers.paceOn') : t('transfers.paceOff')}
    </Button>
  );
}
