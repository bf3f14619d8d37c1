import { Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';

interface DetailsSectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Opens in place; absent where it may not be changed. */
  readonly form?: ((close: () => void) => ReactNode) | undefined;
}

/** A part of the details that can be changed in place. */
export function DetailsSection({ title, children, form }: DetailsSectionProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="flex flex-col gap-2 border-line border-t pt-3">
      <div className="flex min-h-7 items-center justify-between">
        <h2 className="font-medium text-body">{title}</h2>
        {form !== undefined && !isOpen && (
          <Button look="quiet" small aria-label={t('files.editNamed', { name: title })} onPress={() => setOpen(true)}>
            <Pencil size={14} aria-hidden="true" /> {t('files.edit')}
          </Button>
        )}
      </div>
      {isOpen && form !== undefined ? form(() => setOpen(false)) : children}
    </section>
  );
}

export function FormButtons({ isPending, onCancel }: { readonly isPending: boolean; readonly onCancel: () => void }) {
  return (
    <div className="flex gap-2">
      <Button look="primary" small type="submit" isPending={isPending}>
        {t('files.save')}
      </Button>
      <Button small onPress={onCancel}>
        {t('common.cancel')}
      </Button>
    </div>
  );
}
