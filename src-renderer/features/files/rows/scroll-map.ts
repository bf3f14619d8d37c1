/** Browsers cap the height of an element (Chromium at about 33.5 million px); we stay well below. */
export const MAX_CONTENT_PX = 16_000_000;
/** A move longer than so many viewports is a jump by the scroll bar, not a turn of the wheel. */
const JUMP_VIEWPORTS = 4;

export interface ListSize {
  readonly rows: number;
  readonly rowPx: number;
  readonly viewportPx: number;
}

/** Where the list stands: `scrollPx` is the browser's, `listPx` the distance from the first row's top. */
export interface ScrollPlace {
  readonly scrollPx: number;
  readonly listPx: number;
}

export const AT_START: ScrollPlace = { scrollPx: 0, listPx: 0 };

/** Height of the scrolled element: that of all rows, or the cap. */
export function contentPx({ rows, rowPx }: ListSize): number {
  return Math.min(rows * rowPx, MAX_CONTENT_PX);
}

/**
 * The place after the browser scrolled. Up to the cap the two are the same. Above it the scroll bar stands for the whole list in
 * proportion, while short moves go as far as they say: a turn of the wheel is three rows in a list of any length.
 */
export function scrolled(from: ScrollPlace, scrollPx: number, size: ListSize): ScrollPlace {
  const { rows, rowPx, viewportPx } = size;
  if (rows * rowPx <= MAX_CONTENT_PX) return { scrollPx, listPx: scrollPx };
  const maxScroll = MAX_CONTENT_PX - viewportPx;
  const maxList = rows * rowPx - viewportPx;
  const moved = scrollPx - from.scrollPx;
  const isJump = Math.abs(moved) > viewportPx * JUMP_VIEWPORTS;
  if (isJump || scrollPx <= 0 || scrollPx >= maxScroll) return { scrollPx, listPx: (scrollPx / maxScroll) * maxList };
  return { scrollPx, listPx: Math.min(maxList, Math.max(0, from.listPx + moved)) };
}

/** The place of a distance from the first row, the scroll bar where it belongs. */
export function placeAt(listPx: number, size: ListSize): ScrollPlace {
  const { rows, rowPx, viewportPx } = size;
  const maxList = Math.max(0, rows * rowPx - viewportPx);
  const clamped = Math.min(maxList, Math.max(0, listPx));
  if (rows * rowPx <= MAX_CONTENT_PX) return { scrollPx: clamped, listPx: clamped };
  return { scrollPx: (clamped / maxList) * (MAX_CONTENT_PX - viewportPx), listPx: clamped };
}

/** The nearest place in which the row is wholly in sight; the same place where it is already. */
export function placeShowing(row: number, place: ScrollPlace, size: ListSize): ScrollPlace {
  const top = row * size.rowPx;
  if (top < place.listPx) return placeAt(top, size);
  const bottom = top + size.rowPx;
  if (bottom > place.listPx + size.viewportPx) return placeAt(bottom - size.viewportPx, size);
  return place;
}

/** First row in sight and the row behind the last one, with some beyond on both sides. */
export function rowsInSight({ listPx }: ScrollPlace, { rows, rowPx, viewportPx }: ListSize, beyond: number) {
  const first = Math.max(0, Math.floor(listPx / rowPx) - beyond);
  const end = Math.min(rows, Math.ceil((listPx + viewportPx) / rowPx) + beyond);
  return { first, end: Math.max(first, end) };
}

/** Where a row stands in the scrolled element. */
export function topOf(row: number, place: ScrollPlace, { rowPx }: ListSize): number {
  return row * rowPx - place.listPx + place.scrollPx;
}
