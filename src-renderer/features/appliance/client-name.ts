import type { ContactView } from '../../../src-server/contract/overview.ts';
import { t } from '../../lib/i18n.ts';

/** `restic 0.16.4`; a client that says nothing of itself has no name. */
export function clientName({ name, version }: ContactView['client']): string {
  if (name === '') return t('home.clientUnknown');
  return version === null ? name : `${name} ${version}`;
}

/** False for the server's own self-test, which nobody would call a client. */
export function isClient({ client }: ContactView): boolean {
  return client.name !== 'stowage-self-test';
}
