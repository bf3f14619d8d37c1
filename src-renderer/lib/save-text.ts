import { saveFrom } from './save-from.ts';

/** Lets the browser save a text as a file. Nothing of it goes over the network. */
export function saveText(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  saveFrom(url, name);
  // The browser reads it once it knows where to.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
