import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useSyncExternalStore } from 'react';
import { t } from '../../../lib/i18n.ts';
import { SMALL_MAX_BYTES, type Transfer } from '../engine/transfer.ts';
import type { TransferEngine } from '../engine/transfer-engine.ts';
import { TransferRow } from './transfer-row.tsx';

const ROW_PX = 40;
/** Two lines where there is no room for one. */
const NARROW_ROW_PX = 60;
const WIDE = matchMedia('(min-width: 48rem)');

interface TransferListProps {
  readonly engine: TransferEngine;
  readonly items: readonly Transfer[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (transfer: Transfer, isSelected: boolean) => void;
}

/** Only the rows in sight are in the page, however many files there are. */
export function TransferList({ engine, items, selected, onSelect }: TransferListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = useSyncExternalStore(watchWidth, () => (WIDE.matches ? ROW_PX : NARROW_ROW_PX));
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
  });
  return (
    // Scrolls by keyboard too, where no row has the focus.
    <section
      ref={scroller}
      aria-label={t('transfers.list')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="row-focus min-h-0 flex-1 overflow-y-auto border-line border-t"
    >
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const transfer = items[index];
          return (
            transfer !== undefined && (
              <li
                key={key}
                aria-setsize={items.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0"
                style={{ height: rowPx, transform: `translateY(${start}px)` }}
              >
                <TransferRow
                  engine={engine}
                  transfer={transfer}
                  isSelected={selected.has(transfer.id)}
                  onSelect={onSelect}
                  stamp={stampOf(engine, transfer)}
                />
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

/** A row renders anew where this differs: only large files show how far they are. */
function stampOf({ showings }: TransferEngine, { state, key, sizeBytes }: Transfer): string {
  const moves = state === 'sending' && sizeBytes > SMALL_MAX_BYTES;
  return `${state} ${moves ? showings : ''} ${key}`;
}

function watchWidth(listener: () => void): () => void {
  WIDE.addEventListener('change', listener);
  return () => WIDE.removeEventListener('change', listener);
}
