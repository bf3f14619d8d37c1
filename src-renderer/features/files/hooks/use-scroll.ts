import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { AT_START, type ListSize, placeShowing, type ScrollPlace, scrolled } from '../rows/scroll-map.ts';

/** Follows an element, the given one if there is one, that scrolls `rows` rows below a head of `headPx`. */
export function useScroll(rows: number, rowPx: number, headPx: number, given?: RefObject<HTMLDivElement | null>) {
  const own = useRef<HTMLDivElement | null>(null);
  const element = given ?? own;
  const [viewportPx, setViewportPx] = useState(0);
  const [place, setPlace] = useState<ScrollPlace>(AT_START);
  const size: ListSize = { rows, rowPx, viewportPx };
  const current = useRef({ place, size });
  current.current = { place, size };

  const put = useCallback((next: ScrollPlace) => {
    current.current = { ...current.current, place: next };
    setPlace(next);
  }, []);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => setViewportPx(Math.max(0, target.clientHeight - headPx));
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    measure();
    return () => observer.disconnect();
  }, [element, headPx]);

  const onScroll = () => {
    const scrollPx = element.current?.scrollTop ?? 0;
    // What `show` did itself is no news.
    if (Math.abs(scrollPx - current.current.place.scrollPx) < 1) return;
    put(scrolled(current.current.place, scrollPx, current.current.size));
  };
  const show = useCallback(
    (row: number) => {
      const next = placeShowing(row, current.current.place, current.current.size);
      if (next === current.current.place) return;
      put(next);
      element.current?.scrollTo({ top: next.scrollPx });
    },
    [element, put],
  );
  const toStart = () => {
    put(AT_START);
    element.current?.scrollTo({ top: 0 });
  };
  return { element, place, size, onScroll, show, toStart };
}
