import { useSyncExternalStore } from 'react';
import { BYTE_UNITS, type ByteUnits, showBytesIn } from './format.ts';

export const DENSITIES = ['normal', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

const DENSITY_STORED = 'stowage.density';
const UNITS_STORED = 'stowage.units';
const listeners = new Set<() => void>();

/** Call before the first render, so that nothing jumps. */
export function startDisplay(): void {
  apply();
}

/** Lists stand wide or close from now on, and in this browser the next time too. */
export function chooseDensity(density: Density): void {
  localStorage.setItem(DENSITY_STORED, density);
  apply();
}

/** Sizes are said in these units from now on, and in this browser the next time too. */
export function chooseUnits(units: ByteUnits): void {
  localStorage.setItem(UNITS_STORED, units);
  apply();
}

export function useDensity(): Density {
  return useSyncExternalStore(subscribe, density);
}

export function useUnits(): ByteUnits {
  return useSyncExternalStore(subscribe, units);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function density(): Density {
  const stored = localStorage.getItem(DENSITY_STORED);
  return DENSITIES.find((one) => one === stored) ?? 'normal';
}

function units(): ByteUnits {
  const stored = localStorage.getItem(UNITS_STORED);
  return BYTE_UNITS.find((one) => one === stored) ?? 'si';
}

function apply(): void {
  document.documentElement.dataset['density'] = density();
  showBytesIn(units());
  for (const listener of listeners) listener();
}
