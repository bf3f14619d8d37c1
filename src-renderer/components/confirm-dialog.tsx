import type { ReactNode } from 'react';
import { t } from '../lib/i18n.ts';
import { Button } from './button.tsx';
import { Dialog, DialogButtons } from './dialog.tsx';
import { FormError } from './form-error.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  /** What goes and what survives. */
  readonly text: ReactNode;
  /** What the button says. */
  readonly action: string;
  readonly isOpen: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** One question about something that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog title={props.title} isOpen={props.isOpen} onClose={props.onClose}>
      <p className="break-words text-muted">{props.text}</p>
      <FormError error={props.error} />
      <DialogButtons>
        <Button onPress={props.onClose}>{t('common.cancel')}</Button>
        <Button look="danger" isPending={props.isPending} onPress={props.onConfirm}>
          {props.action}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
