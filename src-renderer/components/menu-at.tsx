import { type ReactNode, useRef } from 'react';
import { Menu as AriaMenu, Popover } from 'react-aria-components';

interface MenuAtProps {
  readonly label: string;
  /** Where it opens, in the window. */
  readonly x: number;
  readonly y: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A menu of `MenuItem`s that is open while it is there: for the right button, and for lists that have one menu for all rows. */
export function MenuAt({ label, x, y, onClose, children }: MenuAtProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} aria-hidden="true" className="pointer-events-none fixed size-0" style={{ left: x, top: y }} />
      <Popover
        triggerRef={anchor}
        isOpen
        onOpenChange={(open) => open || onClose()}
        placement="bottom start"
        className="opens min-w-52 rounded-popover border border-line bg-surface p-1 shadow-float"
      >
        <AriaMenu aria-label={label} autoFocus="first" onClose={onClose} className="outline-none">
          {children}
        </AriaMenu>
      </Popover>
    </>
  );
}
