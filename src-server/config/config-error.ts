/**
 * The configuration cannot be used: the process ends with exit code 2 and this one line, which names the option, the
 * variable or the JSON path. Never holds a secret's value.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(where: string, what: string) {
    super(`${where}: ${what}`);
  }
}
