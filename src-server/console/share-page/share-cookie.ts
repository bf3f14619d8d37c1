import { PROOF_LIFE_MS } from '../../services/shares/share-password.ts';

const NAME = 'stowage_share';

/** The proof that a request's cookies carry for the link it is for: the browser sends that link's only. */
export function readShareCookie(cookies: string): string | undefined {
  for (const pair of cookies.split(';')) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at).trim() === NAME) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** `Set-Cookie` that opens one link. Lax: the link is opened from mails and chats, and the cookie gives only what it leads to. */
export function shareCookie(token: string, proof: string, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : '';
  return `${NAME}=${proof}; Path=/s/${token}; HttpOnly; SameSite=Lax; Max-Age=${PROOF_LIFE_MS / 1000}${secure}`;
}
