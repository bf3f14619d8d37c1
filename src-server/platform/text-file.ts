import { readFileSync } from 'node:fs';

/** Reads a small UTF-8 file that a person wrote, before service starts. Throws Node's error. */
export function readTextFile(path: string): string {
  return readFileSync(path, 'utf8');
}
