import type { DiskView } from '../../../src-server/contract/overview.ts';
import { t } from '../../lib/i18n.ts';

export function tierName(tier: DiskView['tier']): string {
  switch (tier) {
    case 'hot':
      return t('storage.hot');
    case 'warm':
      return t('storage.warm');
    case 'cold':
      return t('storage.cold');
  }
}
