import type { LucideIcon } from 'lucide-react';

/** One line of the palette. */
export interface PaletteEntry {
  /** Unique. */
  readonly id: string;
  readonly title: string;
  /** Where it leads, in small. */
  readonly hint?: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}
