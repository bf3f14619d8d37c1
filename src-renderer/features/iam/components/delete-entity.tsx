import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { IamError } from './iam-error.tsx';

interface DeleteEntityProps {
  /** What the button says, and the question's title. */
  readonly title: string;
  readonly text: string;
  readonly remove: {
    readonly isError: boolean;
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly reset: () => void;
    readonly mutate: (nothing: undefined, options: { readonly onSuccess: () => void }) => void;
  };
  readonly onDeleted: () => void;
}

/** The end of a group's, policy's or role's panel: deletes it after a question that also shows why it could not be. */
export function DeleteEntity({ title, text, remove, onDeleted }: DeleteEntityProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="border-line border-t px-4 py-4">
      <Button onPress={() => setOpen(true)}>{title}</Button>
      <ConfirmDialog
        title={title}
        text={remove.isError ? <IamError error={remove.error} /> : text}
        action={title}
        isOpen={isOpen}
        isPending={remove.isPending}
        error={null}
        onClose={() => {
          remove.reset();
          setOpen(false);
        }}
        onConfirm={() => remove.mutate(undefined, { onSuccess: onDeleted })}
      />
    </div>
  );
}
