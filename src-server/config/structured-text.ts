import { parseDocument } from 'yaml';
import { ConfigError } from './config-error.ts';

/**
 * Parses a JSON or YAML file that a person wrote. A key given twice is refused, because one of the two would be ignored.
 * Throws `ConfigError` with line and column, never with text of the file, which may hold secrets.
 *
 * @param format `json` refuses what YAML alone allows
 */
export function parseStructuredText(text: string, format: 'json' | 'json-or-yaml', file: string): unknown {
  if (format === 'json' && !isJson(text)) throw new ConfigError(file, 'is not valid JSON');
  const document = parseDocument(text, { uniqueKeys: true, prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const [place] = error.linePos ?? [];
    const where = place === undefined ? '' : ` (line ${place.line}, column ${place.col})`;
    const what = error.code === 'DUPLICATE_KEY' ? 'a key is given twice' : 'is neither valid JSON nor YAML';
    throw new ConfigError(file, `${what}${where}`);
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return value;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
