import type { DiskView } from '../../../../src-server/contract/overview.ts';
import { Fact, Facts } from '../../../components/facts.tsx';
import { Bytes } from '../../../components/moment.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { tierName } from '../tier-name.ts';
import { CapacityBar } from './capacity-bar.tsx';

const TIERS = ['hot', 'warm', 'cold'] as const;

/** A tier is a column, a disk an object in it. A tier without a disk has no column. */
export function TierColumns({ disks }: { readonly disks: readonly DiskView[] }) {
  return (
    <div className="grid gap-6 lg:grid-cols-[repeat(auto-fit,minmax(320px,480px))]">
      {TIERS.map((tier) => {
        const inTier = disks.filter((disk) => disk.tier === tier);
        if (inTier.length === 0) return null;
        return (
          <section key={tier} aria-label={tierName(tier)} className="flex flex-col gap-3">
            <h2 className="font-semibold text-section">
              {tierName(tier)}{' '}
              <span className="font-normal text-muted">{t('storage.disks', { count: inTier.length })}</span>
            </h2>
            {inTier.map((disk) => (
              <DiskCard key={disk.id} disk={disk} />
            ))}
          </section>
        );
      })}
    </div>
  );
}

function DiskCard({ disk }: { readonly disk: DiskView }) {
  const language = useLanguage();
  const { space } = disk;
  return (
    <article aria-label={disk.name} className="flex flex-col gap-4 rounded-control border border-line bg-surface p-4">
      <h3 className="flex items-center justify-between gap-3 font-medium">
        <span className="truncate">{disk.name}</span>
        <StatusWord status={disk.state} />
      </h3>
      {space === null ? (
        <p className="text-muted">{disk.absentReason ?? t('home.diskAway')}</p>
      ) : (
        <>
          <p>
            <Bytes bytes={space.totalBytes - space.freeBytes} /> {t('home.usedOf')} <Bytes bytes={space.totalBytes} />
          </p>
          <CapacityBar parts={space} />
        </>
      )}
      <Facts>
        <Fact name={t('storage.path')} mono copy={disk.path}>
          {disk.path}
        </Fact>
        <Fact name={t('storage.identity')} mono copy={disk.uuid}>
          {disk.uuid}
        </Fact>
        {space !== null && <Fact name={t('storage.files')}>{formatCount(space.files, language)}</Fact>}
        <Fact name={t('storage.faults')}>
          {disk.faults === 0 ? t('storage.noFaults') : formatCount(disk.faults, language)}
        </Fact>
        {disk.hasLog && <Fact name={t('storage.role')}>{t('storage.hasLog')}</Fact>}
        {space !== null && space.sharesWith.length > 0 && (
          <Fact name={t('storage.shares')}>{space.sharesWith.join(', ')}</Fact>
        )}
      </Facts>
    </article>
  );
}
