/** A disk path or the data folder cannot be used as configured (exit 2). The message is one line for the operator. */
export class DiskRefused extends Error {
  override readonly name = 'DiskRefused';
  /** The disk's configured name, or `data-dir`. */
  readonly disk: string;

  constructor(disk: string, message: string) {
    super(message);
    this.disk = disk;
  }
}
