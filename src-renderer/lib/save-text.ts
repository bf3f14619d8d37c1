import { saveFrom } from './save-from.ts';

/** Lets the browser save a text as a file. Nothing of it goes over the network. */
export function saveText(name: string, text: string, type = 'text/plain'): void {
  saveBlob(name, new Blob([text], { type }));
}

/** As `saveText`, for any content. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  saveFrom(url, name);
  // The browser reads it once it knows where to.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
