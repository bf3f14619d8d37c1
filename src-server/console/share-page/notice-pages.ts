import type { EndpointAnswer } from '../endpoint.ts';
import { html } from './html.ts';
import { answerPage } from './page.ts';
import type { ShareTexts } from './texts.ts';

/** The one answer to links that do not work, whyever. */
export function deadPage(texts: ShareTexts): EndpointAnswer {
  const body = html`<h1>${texts.deadTitle}</h1><p class="muted">${texts.deadText}</p>`;
  return answerPage(texts, { status: 404, title: texts.deadTitle, body });
}

/** Too much at once. */
export function busyPage(texts: ShareTexts, waitSeconds = 60): EndpointAnswer {
  const body = html`<h1>${texts.busyTitle}</h1><p class="muted">${texts.busyText}</p>`;
  const headers = { 'retry-after': String(waitSeconds) };
  return answerPage(texts, { status: 429, title: texts.busyTitle, body, headers });
}

/** Asks for the password. Nothing of what is behind it is said. */
export function passwordPage(texts: ShareTexts, token: string, isWrong: boolean): EndpointAnswer {
  const body = html`<h1>${texts.passwordTitle}</h1>
<p class="muted">${texts.passwordText}</p>
<form method="post" action="/s/${token}">
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" required autofocus autocomplete="current-password"${isWrong && html` aria-describedby="wrong" aria-invalid="true"`}>
${isWrong && html`<p id="wrong" class="bad" role="alert">&#9632; ${texts.wrongPassword}</p>`}
<button>${texts.continue}</button>
</form>`;
  return answerPage(texts, { status: isWrong ? 403 : 200, title: texts.passwordTitle, body });
}
