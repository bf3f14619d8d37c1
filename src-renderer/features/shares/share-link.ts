import type { ShareFacts } from '../../../src-server/contract/shares.ts';

/** The whole address of a link: by the origin that was set, else by the one this page came from. */
export function linkOf(path: string, facts: ShareFacts | undefined): string {
  return `${facts?.baseUrl ?? location.origin}${path}`;
}

/** Would the link open on this computer only? */
export function opensHereOnly(facts: ShareFacts | undefined): boolean {
  if (facts === undefined || facts.baseUrl !== null) return false;
  return facts.isLoopbackOnly || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);
}

/** Copies a text; false where the browser does not let the page. Without https there is no clipboard but the old one. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOld(text);
  }
}

function copyOld(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'sr-only';
  // Inside the dialog that has the focus, where one is open: it would take the focus back.
  (document.querySelector('[role=dialog]') ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}
