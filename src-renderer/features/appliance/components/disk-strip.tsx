import { Link } from '@tanstack/react-router';
import type { DiskView } from '../../../../src-server/contract/overview.ts';
import { StatusWord } from '../../../components/status-word.tsx';
import { t } from '../../../lib/i18n.ts';
import { tierName } from '../tier-name.ts';
import { CapacityBar, usedPercent } from './capacity-bar.tsx';

/** The disks, each an object with its fill and its word. */
export function DiskStrip({ disks }: { readonly disks: readonly DiskView[] }) {
  return (
    <section aria-labelledby="disks-title" className="flex flex-col gap-3">
      <h2 id="disks-title" className="font-semibold text-section">
        {t('home.disks')}
      </h2>
      <ul className="grid gap-3 sm:grid-cols-[repeat(auto-fill,minmax(220px,1fr))]">
        {disks.map((disk) => (
          <li key={disk.id}>
            <Link
              to="/storage"
              className="flex flex-col gap-2 rounded-control border border-line bg-surface p-3 hover:border-line-strong"
            >
              <span className="flex items-center justify-between gap-2">
                <span className="truncate font-medium">{disk.name}</span>
                <StatusWord status={disk.state} />
              </span>
              {disk.space === null ? (
                <span className="text-muted text-table">{t('home.diskAway')}</span>
              ) : (
                <>
                  <CapacityBar parts={disk.space} compact />
                  <span className="text-muted text-table">
                    {t('home.diskFill', { tier: tierName(disk.tier), share: usedPercent(disk.space) })}
                  </span>
                </>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
