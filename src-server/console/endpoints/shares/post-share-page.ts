import { postSharePage } from '../../../contract/share-page.ts';
import { tryPassword } from '../../../services/shares/share-password.ts';
import { busyPage, passwordPage } from '../../share-page/notice-pages.ts';
import { answerRedirect } from '../../share-page/page.ts';
import { readSmallForm } from '../../share-page/read-small-form.ts';
import { shareCookie } from '../../share-page/share-cookie.ts';
import { shareEndpoint } from '../../share-page/share-endpoint.ts';
import { addressOf } from '../../share-page/share-views.ts';

export const postSharePageEndpoint = shareEndpoint(postSharePage, async (visit) => {
  const { context, request, texts, token, open, visitor } = visit;
  if (open.share.password_hash === null) return answerRedirect(addressOf(token, ''));
  const password = (await readSmallForm(request)).get('password') ?? '';
  const outcome = await tryPassword(context, open.share, password, visitor);
  switch (outcome.kind) {
    case 'right': {
      const cookie = shareCookie(token, outcome.proof, request.client.isSecure);
      return answerRedirect(addressOf(token, ''), { 'set-cookie': cookie });
    }
    case 'wrong':
      return passwordPage(texts, token, true);
    case 'wait':
      return busyPage(texts, Math.ceil(outcome.waitMs / 1000));
  }
});
