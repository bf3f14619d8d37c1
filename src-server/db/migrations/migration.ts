/** One frozen step of the schema: from `to - 1` to `to`. Plain data, so that it crosses threads and has a checksum. */
export interface Migration {
  readonly to: number;
  readonly statements: readonly string[];
}
