import { type ReactNode, useId } from 'react';
import { t } from '../lib/i18n.ts';
import { Button } from './button.tsx';
import { useInPlace } from './use-in-place.ts';

interface SettingLineProps {
  readonly title: string;
  /** How it is now, as a sentence. */
  readonly children: ReactNode;
  /** Opens in the place of the line; absent where there is nothing to change or this user may not. */
  readonly form?: ((close: () => void) => ReactNode) | undefined;
  /** What the button says; otherwise "Change". */
  readonly action?: string;
  /** Of its heading: 3 below the heading of a group. */
  readonly level?: 2 | 3;
}

/** One setting: a sentence that opens in place as a form. */
export function SettingLine({ title, children, form, action, level = 2 }: SettingLineProps) {
  const { isOpen, open, close, opener, place } = useInPlace();
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-6 gap-y-1 border-line border-b px-4 py-4 sm:grid-cols-[8rem_minmax(0,1fr)] sm:px-6"
    >
      <Heading id={id} className="font-medium text-body text-muted sm:leading-9">
        {title}
      </Heading>
      <div className="flex min-w-0 max-w-180 flex-col gap-4">
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1 basis-60 py-2">{children}</div>
          {form !== undefined && !isOpen && (
            <Button look="link" aria-describedby={id} ref={opener} onPress={open}>
              {action ?? t('common.change')}
            </Button>
          )}
        </div>
        {isOpen && form !== undefined && (
          <div ref={place} tabIndex={-1} className="row-focus">
            {form(close)}
          </div>
        )}
      </div>
    </section>
  );
}

/** The buttons that end the form of a line. */
export function LineButtons(props: {
  readonly isPending: boolean;
  readonly onCancel: () => void;
  readonly save?: string;
  readonly danger?: boolean;
  readonly isDisabled?: boolean;
}) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        type="submit"
        look={props.danger === true ? 'danger' : 'primary'}
        isPending={props.isPending}
        isDisabled={props.isDisabled ?? false}
      >
        {props.save ?? t('common.save')}
      </Button>
      <Button onPress={props.onCancel}>{t('common.cancel')}</Button>
    </div>
  );
}
