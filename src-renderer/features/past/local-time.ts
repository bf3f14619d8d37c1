/** `2026-11-21T21:40:02`, the viewer's own time as a date-time input has it. */
export function toLocalInput(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** The end of the second that a date-time input says, so that what happened within it is there; undefined for no time. */
export function fromLocalInput(text: string): number | undefined {
  const atMs = new Date(text).getTime();
  if (!Number.isFinite(atMs) || atMs < 0) return undefined;
  return atMs - (atMs % 1000) + 999;
}

/** The moment that a time belongs to: the last one not after it; -1 before the first. */
export function momentAt(moments: readonly { readonly atMs: number }[], atMs: number): number {
  return moments.findLastIndex((moment) => moment.atMs <= atMs);
}
