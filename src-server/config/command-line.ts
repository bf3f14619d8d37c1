import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.ts';
import { LEAVES, leafName } from './settings.ts';

/** The options of a command line, each with the texts it was given. */
export interface CommandLine {
  /** By leaf name. */
  readonly leaves: ReadonlyMap<string, readonly string[]>;
  readonly configFile: string | undefined;
}

const OPTIONS = Object.fromEntries([
  ['config', { type: 'string', multiple: true }],
  ...LEAVES.flatMap(({ option, kind }) =>
    option === undefined ? [] : [[option, { type: kind === 'switch' ? 'boolean' : 'string', multiple: true }]],
  ),
]);

/**
 * Reads the options that configure the server. Throws `ConfigError` for an unknown option, a missing value, a leftover
 * word, or an option given twice where only one can count.
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw new ConfigError(token.value, 'unexpected argument');
    if (token.kind !== 'option') continue;
    const known = Object.hasOwn(OPTIONS, token.name) ? OPTIONS[token.name] : undefined;
    if (known === undefined) throw new ConfigError(token.rawName, 'unknown option');
    // An empty text is a shell variable that was not set; as a path it would mean the working folder.
    if (known.type === 'string' && !token.value) throw new ConfigError(token.rawName, 'a value is wanted');
    const texts = given.get(token.name) ?? [];
    if (texts.length > 0 && token.name !== 'disk') throw new ConfigError(token.rawName, 'given more than once');
    given.set(token.name, [...texts, token.value ?? 'true']);
  }
  const leaves = LEAVES.flatMap((leaf) => {
    const texts = leaf.option === undefined ? undefined : given.get(leaf.option);
    return texts === undefined ? [] : [[leafName(leaf), texts] as const];
  });
  return { leaves: new Map(leaves), configFile: given.get('config')?.[0] };
}
