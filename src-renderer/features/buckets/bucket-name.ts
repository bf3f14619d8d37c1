const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Can a bucket have this name? The server knows a few more rules. */
export function isBucketName(name: string): boolean {
  return NAME.test(name);
}
