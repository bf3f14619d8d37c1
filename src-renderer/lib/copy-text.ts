/**
 * Puts a text on the clipboard; false where the browser does not let the page. Browsers give their clipboard API to https and
 * localhost only, and most servers in a local network have neither: there the old command does.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOld(text);
  }
}

function copyOld(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'sr-only';
  // Inside the dialog that has the focus, where one is open: it would take the focus back.
  const dialog = focused?.closest('[role=dialog]') ?? [...document.querySelectorAll('[role=dialog]')].at(-1);
  (dialog ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
