import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../session/api/use-session.ts';
import { ReadersList } from './readers-list.tsx';

/** Who can read a file and why, for admins, who may see the others; asked for on demand. */
export function ReadersSection({ bucket, objectKey }: { readonly bucket: string; readonly objectKey: string }) {
  const role = useSession().data?.role;
  const [isOpen, setOpen] = useState(false);
  if (role !== 'root' && role !== 'admin') return null;
  return (
    <section className="flex flex-col gap-2 border-line border-t pt-3">
      <div className="flex min-h-7 items-center justify-between">
        <h2 className="font-medium text-body">{t('readers.title')}</h2>
        <Button look="quiet" small aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {isOpen ? t('readers.hide') : t('readers.show')}
        </Button>
      </div>
      {isOpen && <ReadersList bucket={bucket} objectKey={objectKey} />}
    </section>
  );
}
