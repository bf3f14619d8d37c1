import type { TrayState } from './tray-state.ts';

/** Grey in every channel: stands on light and dark panels, whatever order the system has its channels in. */
const GREY = 0x9a;
const SAMPLES = [1 / 6, 3 / 6, 5 / 6];

/** A square picture of `size` pixels, four bytes each: the state as a shape (● ◐ ▲ ■ ◌). */
export function drawState(state: TrayState, size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const coverage = coverageAt(state, x, y, size);
      const value = Math.round(GREY * coverage);
      pixels.set([value, value, value, Math.round(255 * coverage)], (y * size + x) * 4);
    }
  }
  return pixels;
}

/** Share of nine points of a pixel that lie in the shape, so that edges are smooth. */
function coverageAt(state: TrayState, x: number, y: number, size: number): number {
  let inside = 0;
  for (const dx of SAMPLES)
    for (const dy of SAMPLES) if (isInside(state, (x + dx) / size, (y + dy) / size)) inside += 1;
  return inside / (SAMPLES.length * SAMPLES.length);
}

/** Of the unit square. */
function isInside(state: TrayState, x: number, y: number): boolean {
  const radius = Math.hypot(x - 0.5, y - 0.5);
  const isOnRing = radius <= 0.42 && radius >= 0.3;
  switch (state) {
    case 'fine':
      return radius <= 0.42;
    case 'working':
      return isOnRing || (radius < 0.3 && x < 0.5);
    case 'attention':
      return y >= 0.1 && y <= 0.88 && Math.abs(x - 0.5) <= (y - 0.1) * 0.57;
    case 'stopped':
      return Math.abs(x - 0.5) <= 0.36 && Math.abs(y - 0.5) <= 0.36;
    case 'unknown':
      return isOnRing && Math.floor((Math.atan2(y - 0.5, x - 0.5) / Math.PI + 1) * 6) % 2 === 0;
  }
}
