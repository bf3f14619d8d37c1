import { parseArgs } from 'node:util';
import { ConfigError } from '../config/config-error.ts';
import type { PresetWords } from './commands/preset.ts';

/** What the command line asks for; `options` is left to the configuration. */
export type Command =
  | { readonly kind: 'serve'; readonly options: readonly string[] }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'check'; readonly repair: boolean; readonly options: readonly string[] }
  | { readonly kind: 'rebuild-catalogue'; readonly undoMigration: boolean; readonly options: readonly string[] }
  | { readonly kind: 'root-key reset'; readonly options: readonly string[] }
  | { readonly kind: 'audit verify'; readonly options: readonly string[] }
  | ({ readonly kind: 'preset'; readonly options: readonly string[] } & PresetWords);

/** Commands of the contract that this version does not have. */
const LATER: readonly string[] = ['disk', 'scrub'];

/** The words before the options name the command; none is `serve`. Throws `ConfigError` for anything else. */
export function parseCommand(args: readonly string[]): Command {
  if (args.includes('--help') || args[0] === 'help') return { kind: 'help' };
  if (args.includes('--version')) return { kind: 'version' };
  const [name = 'serve'] = args;
  if (name.startsWith('-')) return { kind: 'serve', options: args };
  const rest = args.slice(1);
  switch (name) {
    case 'serve':
      return { kind: name, options: rest };
    case 'check':
      return { kind: name, repair: rest.includes('--repair'), options: without('--repair', rest) };
    case 'rebuild-catalogue': {
      const undoMigration = rest.includes('--undo-migration');
      return { kind: name, undoMigration, options: without('--undo-migration', rest) };
    }
    case 'root-key':
      if (rest[0] !== 'reset') throw new ConfigError('root-key', 'there is only `root-key reset`');
      return { kind: 'root-key reset', options: rest.slice(1) };
    case 'audit':
      if (rest[0] !== 'verify') throw new ConfigError('audit', 'there is only `audit verify`');
      return { kind: 'audit verify', options: rest.slice(1) };
    case 'preset':
      return parsePreset(rest);
    default:
      throw new ConfigError(name, LATER.includes(name) ? 'not in this version' : 'unknown command; see --help');
  }
}

/** A switch of the command itself is none of the configuration. */
function without(word: string, words: readonly string[]): string[] {
  return words.filter((one) => one !== word);
}

/** `preset PROGRAM --name BUCKET [--days N] [--json]`; what else stands there is left to the configuration. */
function parsePreset([program, ...words]: readonly string[]): Command {
  if (program === undefined || program.startsWith('-'))
    throw new ConfigError('preset', 'a program is wanted; see --help');
  const options: string[] = [];
  const own: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--json') own.push(word);
    else if (word === '--name' || word === '--days') own.push(word, words[++index] ?? '');
    else options.push(word);
  }
  const { values } = parseArgs({
    args: own,
    options: { name: { type: 'string' }, days: { type: 'string' }, json: { type: 'boolean' } },
  });
  if (values.name === undefined || values.name === '')
    throw new ConfigError('--name', 'the name of a new bucket is wanted');
  const days = values.days === undefined ? undefined : Number(values.days);
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 999)) {
    throw new ConfigError('--days', 'a number from 1 to 999 is wanted');
  }
  return { kind: 'preset', preset: program, name: values.name, days, json: values.json === true, options };
}
