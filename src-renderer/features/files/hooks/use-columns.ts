import { type RefObject, useLayoutEffect, useState } from 'react';

/** How many columns of at least this width stand side by side in an element; never fewer than two. */
export function useColumns(element: RefObject<HTMLElement | null>, leastPx: number): number {
  const [columns, setColumns] = useState(2);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => setColumns(Math.max(2, Math.floor(target.clientWidth / leastPx)));
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    measure();
    return () => observer.disconnect();
  }, [element, leastPx]);
  return columns;
}
