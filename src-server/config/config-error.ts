/**
 * The configuration cannot be used: the process ends with exit code 2 and this one line, which names the option, the
 * variable or the JSON path. Never holds a secret's value.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /** Option, variable, JSON path or leaf. */
  readonly where: string;
  readonly what: string;

  constructor(where: string, what: string) {
    super(`${where}: ${what}`);
    this.where = where;
    this.what = what;
  }
}
