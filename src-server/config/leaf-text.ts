import { resolve } from 'node:path';
import { assertNever } from '../domain/assert-never.ts';
import { ConfigError } from './config-error.ts';
import type { Leaf } from './settings.ts';

/**
 * The value that a text means for a leaf, still to be validated by the schema. Relative paths are taken from `cwd`.
 * Throws `ConfigError` naming `where` for text that has no meaning at all.
 */
export function parseLeafText(leaf: Leaf, texts: readonly string[], where: string, cwd: string): unknown {
  const text = texts.at(-1) ?? '';
  switch (leaf.kind) {
    case 'text':
      return text;
    case 'path':
      return resolve(cwd, text);
    case 'number':
      return parseNumber(text, where);
    case 'switch':
      return parseSwitch(text, where);
    case 'disks':
      return texts.map((disk) => parseDisk(disk, where, cwd));
    default:
      return assertNever(leaf.kind);
  }
}

function parseNumber(text: string, where: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new ConfigError(where, 'a number is wanted');
  return Number(text);
}

function parseSwitch(text: string, where: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new ConfigError(where, 'true or false is wanted');
}

/** `NAME=PATH[,tier=TIER]`; a comma in the path is kept unless `tier=` follows it. */
function parseDisk(text: string, where: string, cwd: string): { name: string; path: string; tier?: string } {
  const match = /^([^=]+)=(.+?)(?:,tier=([^,=]*))?$/.exec(text.trim());
  const [, name, path, tier] = match ?? [];
  if (name === undefined || path === undefined)
    throw new ConfigError(where, 'NAME=PATH[,tier=hot|warm|cold] is wanted');
  return { name, path: resolve(cwd, path), ...(tier === undefined ? {} : { tier }) };
}
