import type { ContactView } from '../../../../src-server/contract/overview.ts';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { clientName, isClient } from '../client-name.ts';

const SHOWN = 8;

/** Who stores here: each client program with its key, when it was last seen and last wrote. */
export function ContactTable({ contacts }: { readonly contacts: readonly ContactView[] }) {
  const language = useLanguage();
  const clients = contacts.filter(isClient);
  if (clients.length === 0) return null;
  return (
    <section aria-labelledby="contacts-title" className="flex flex-col gap-3">
      <h2 id="contacts-title" className="font-semibold text-section">
        {t('home.contacts')}
      </h2>
      <div className="overflow-x-auto">
        <table className="w-full border-line border-t text-table">
          <thead>
            <tr className="h-9 bg-sunken text-left text-caption text-muted">
              <th scope="col" className="px-3 font-medium">
                {t('home.contactClient')}
              </th>
              <th scope="col" className="px-3 font-medium">
                {t('home.contactWrote')}
              </th>
              <th scope="col" className="hidden px-3 font-medium sm:table-cell">
                {t('home.contactSeen')}
              </th>
              <th scope="col" className="hidden px-3 font-medium sm:table-cell">
                {t('home.contactKey')}
              </th>
              <th scope="col" className="hidden px-3 text-right font-medium md:table-cell">
                {t('home.contactSent')}
              </th>
              <th scope="col" className="hidden px-3 text-right font-medium md:table-cell">
                {t('home.contactErrors')}
              </th>
            </tr>
          </thead>
          <tbody>
            {clients.slice(0, SHOWN).map((contact) => (
              <tr
                key={`${contact.client.id} ${contact.client.name} ${contact.accessKeyId}`}
                className="h-9 border-line border-b"
              >
                <td className="max-w-60 truncate px-3 font-medium">{clientName(contact.client)}</td>
                <td className="whitespace-nowrap px-3">
                  {contact.lastWriteMs === null ? '–' : <Moment atMs={contact.lastWriteMs} />}
                </td>
                <td className="hidden whitespace-nowrap px-3 text-muted sm:table-cell">
                  <Moment atMs={contact.lastMs} />
                </td>
                <td className="hidden max-w-60 truncate px-3 font-mono text-caption sm:table-cell">
                  {contact.accessKeyId ?? t('home.contactNoKey')}
                </td>
                <td className="hidden px-3 text-right md:table-cell">
                  <Bytes bytes={contact.bytesIn} />
                </td>
                <td className="hidden px-3 text-right md:table-cell" title={contact.lastErrorCode ?? undefined}>
                  {formatCount(contact.errors, language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
