import * as z from 'zod';
import { create } from 'zustand';
import { NO_LIMITS, type PaceSettings, QUIET_DAYS } from './engine/quiet-hours.ts';

const STORED = 'stowage.pace';

const rateSchema = z.number().positive();
const minuteSchema = z.int().min(0).max(1439);
const settingsSchema = z.object({
  bytesPerSecond: rateSchema.optional(),
  quiet: z
    .object({
      fromMinute: minuteSchema,
      untilMinute: minuteSchema,
      days: z.enum(QUIET_DAYS),
      bytesPerSecond: rateSchema,
    })
    .optional(),
});

/** How fast this browser uploads: kept in it, the same in all its pages. */
export const usePaceSettings = create<PaceSettings>(() => read());

window.addEventListener('storage', ({ key }) => {
  if (key === STORED || key === null) usePaceSettings.setState(read(), true);
});

/** Takes effect at once, in all pages. */
export function savePaceSettings(settings: PaceSettings): void {
  localStorage.setItem(STORED, JSON.stringify(settings));
  usePaceSettings.setState(settings, true);
}

function read(): PaceSettings {
  try {
    const { bytesPerSecond, quiet } = settingsSchema.parse(JSON.parse(localStorage.getItem(STORED) ?? '{}'));
    return { bytesPerSecond, quiet };
  } catch {
    return NO_LIMITS;
  }
}
