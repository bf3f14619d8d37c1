import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Only its own buttons close it: what it shows cannot be had again. */
  readonly stays?: boolean;
  /** For what is read in it. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A dialog in the middle, on phones at the foot. Escape and a press outside close it. */
export function Dialog({ title, isOpen, onClose, stays = false, isWide = false, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable={!stays}
      isKeyboardDismissDisabled={stays}
      className="fixed inset-0 z-30 flex items-end justify-center bg-[rgb(0_0_0/0.4)] sm:items-center sm:p-4"
    >
      <Modal
        className={`opens max-h-full w-full overflow-y-auto rounded-t-popover border border-line bg-surface p-6 shadow-float sm:rounded-popover ${isWide ? 'max-w-200' : 'max-w-120'}`}
      >
        <AriaDialog className="flex flex-col gap-4 outline-none">
          <Heading slot="title" className="font-semibold text-section">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of buttons that ends a dialog. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
  return <div className="mt-2 flex flex-wrap justify-end gap-2">{children}</div>;
}
