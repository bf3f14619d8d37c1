/**
 * Puts a text on the clipboard. Browsers give their clipboard API to https and localhost only, and most servers in a local
 * network have neither: there the old command does. Throws where neither works.
 */
export async function copyText(text: string): Promise<void> {
  // Absent over plain http, whatever its type says.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard !== undefined) {
    await clipboard.writeText(text);
    return;
  }
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'fixed top-0 left-0 opacity-0';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!done) throw new Error('the browser did not copy');
}
