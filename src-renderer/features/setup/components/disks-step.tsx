import type { DiskView } from '../../../../src-server/contract/overview.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useDisks } from '../api/use-wizard.ts';
import { WizardButtons } from './wizard-frame.tsx';

interface DisksStepProps {
  readonly onNext: () => void;
  readonly isMoving: boolean;
}

/** The disks as they are, and what that means for what is stored. */
export function DisksStep({ onNext, isMoving }: DisksStepProps) {
  const disks = useDisks();
  const language = useLanguage();
  const freeBytes = (disks.data ?? []).reduce((sum, { space }) => sum + (space?.freeBytes ?? 0), 0);
  return (
    <div className="flex flex-col gap-4">
      {disks.isPending && <LoadingRows />}
      {disks.isError && <ErrorState error={disks.error} onRetry={() => void disks.refetch()} />}
      {disks.data !== undefined && (
        <>
          <ul className="grid gap-3 sm:grid-cols-2">
            {disks.data.map((disk) => (
              <DiskCard key={disk.id} disk={disk} />
            ))}
          </ul>
          <p>
            {t('setup.disksFree', { count: disks.data.length, size: formatBytes(freeBytes, language) })}{' '}
            {t('setup.disksOneCopy')}
          </p>
          <p className="text-caption text-muted">{t('setup.disksMore')}</p>
        </>
      )}
      <WizardButtons>
        <Button look="primary" isPending={isMoving} onPress={onNext}>
          {t('setup.next')}
        </Button>
      </WizardButtons>
    </div>
  );
}

function DiskCard({ disk }: { readonly disk: DiskView }) {
  const language = useLanguage();
  const { space } = disk;
  const size = (bytes: number) => formatBytes(bytes, language);
  const used = space === null ? 0 : 1 - space.freeBytes / Math.max(1, space.totalBytes);
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-control border border-line bg-surface p-4">
      <p className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{disk.name}</span>
        <span className="text-caption text-muted">{tierText(disk.tier)}</span>
        <StatusWord status={disk.state} />
      </p>
      <div aria-hidden="true" className="h-2 overflow-hidden rounded-[2px] bg-sunken">
        <div
          className={`h-full ${disk.tier === 'hot' ? 'bg-series-2' : disk.tier === 'warm' ? 'bg-series-1' : 'bg-series-3'}`}
          style={{ width: `${Math.round(used * 100)}%` }}
        />
      </div>
      <p className="text-table">
        {space === null
          ? t('setup.diskAway')
          : t('setup.diskFree', { free: size(space.freeBytes), total: size(space.totalBytes) })}
      </p>
      <p className="truncate font-mono text-caption text-muted" title={disk.path}>
        {disk.path}
      </p>
    </li>
  );
}

function tierText(tier: DiskView['tier']): string {
  switch (tier) {
    case 'hot':
      return t('setup.tierHot');
    case 'warm':
      return t('setup.tierWarm');
    case 'cold':
      return t('setup.tierCold');
  }
}
