/** What a sheet shows of a recovery kit. */
export interface KitFacts {
  readonly installId: string;
  /** Undefined where the operator keeps it in a place of their own. */
  readonly masterKey: string | undefined;
}

/** Reads the kit's text. */
export function readKit(text: string): KitFacts {
  const installId = /^Install: +(\S+)$/m.exec(text)?.[1] ?? '';
  const masterKey = /^Master key: +([0-9A-Za-z -]+)$/m.exec(text)?.[1]?.trim();
  return { installId, masterKey };
}

/** What the sheet's QR code holds: the lines of the kit that matter, which read as a kit themselves. */
export function qrTextOf({ installId, masterKey }: KitFacts): string {
  const key = masterKey === undefined ? [] : [`Master key: ${masterKey}`];
  return ['Stowage recovery kit', `Install: ${installId}`, ...key].join('\n');
}
