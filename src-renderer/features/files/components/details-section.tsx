import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { useInPlace } from '../../../components/use-in-place.ts';
import { t } from '../../../lib/i18n.ts';

interface DetailsSectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Opens in place; absent where it may not be changed. */
  readonly form?: ((close: () => void) => ReactNode) | undefined;
}

/** A part of the details that can be changed in place. */
export function DetailsSection({ title, children, form }: DetailsSectionProps) {
  const { isOpen, open, close, opener, place } = useInPlace();
  return (
    <section className="flex flex-col gap-2 border-line border-t pt-3">
      <div className="flex min-h-7 items-center justify-between">
        <h2 className="font-medium text-body">{title}</h2>
        {form !== undefined && !isOpen && (
          <Button look="quiet" small aria-label={t('files.editNamed', { name: title })} ref={opener} onPress={open}>
            <Pencil size={14} aria-hidden="true" /> {t('files.edit')}
          </Button>
        )}
      </div>
      {isOpen && form !== undefined ? (
        <div ref={place} tabIndex={-1} className="row-focus">
          {form(close)}
        </div>
      ) : (
        children
      )}
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
