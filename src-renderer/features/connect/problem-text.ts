import type { ContactProblem } from '../../../src-server/contract/first-contact.ts';
import { t } from '../../lib/i18n.ts';

/** What stands in the way, as one sentence. */
export function problemText(problem: ContactProblem, region: string): string {
  switch (problem.kind) {
    case 'wrong-secret':
      return t('connect.wrongSecret', { client: problem.client, key: problem.accessKeyId.slice(-4) });
    case 'unknown-key':
      return t('connect.unknownKey', { client: problem.client, key: problem.accessKeyId });
    case 'unsigned':
      return t('connect.unsigned', { client: problem.client });
    case 'clock':
      return t('connect.clock', { client: problem.client });
    case 'region':
      return t('connect.wrongRegion', { client: problem.client, region });
    case 'virtual-host':
      return t('connect.virtualHost', { client: problem.client, host: problem.host });
    case 'no-bucket':
      return t('connect.noBucket', { client: problem.client, bucket: problem.bucket });
    case 'denied':
      return t('connect.denied', {
        client: problem.client,
        action: problem.action,
        key: problem.accessKeyId.slice(-4),
      });
    case 'full':
      return t('connect.full');
    case 'busy':
      return t('connect.busy', { client: problem.client });
    case 'other':
      return t('connect.other', { client: problem.client, action: problem.action, code: problem.errorCode });
  }
}
