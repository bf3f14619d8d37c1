/** Since when a version stands at its key, where that is not its time of change: what was moved or restored keeps that one. */
export const CAME_0007: readonly string[] = [
  `ALTER TABLE object_version ADD COLUMN came_ms INTEGER`,
  `ALTER TABLE binned_object ADD COLUMN came_ms INTEGER`,
];
