/** The look of the pages for recipients: the tokens of the console's `styles.css`, and little more. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fbfaf8;--surface:#fff;--sunken:#f3f1ed;--line:#e2ded7;--strong:#8c857a;--text:#1e1c19;--muted:#5f5a52;--accent:#0b6e69;--on:#fff;--stopped:#b3261e;--fine:#2a7a3b}
@media (prefers-color-scheme:dark){:root{--bg:#141517;--surface:#1b1d20;--sunken:#0f1012;--line:#2e3136;--strong:#7b818a;--text:#eceae6;--muted:#a9a69f;--accent:#4fc3b8;--on:#06201e;--stopped:#f28b82;--fine:#6cc780}}
@media (prefers-contrast:more){:root{--line:var(--strong);--muted:var(--text)}}
@media (forced-colors:active){:root{forced-color-adjust:none;--bg:Canvas;--surface:Canvas;--sunken:Canvas;--line:GrayText;--strong:CanvasText;--text:CanvasText;--muted:CanvasText;--accent:LinkText;--on:HighlightText;--stopped:CanvasText;--fine:CanvasText}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--bg);color:var(--text);font:14px/20px "Inter Variable",Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{width:100%;max-width:448px;margin:0 auto;padding:24px 16px}
main.wide{max-width:768px}
@media (min-width:640px){main{padding-top:72px}}
.card{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:24px}
h1{margin:0;font-size:20px;line-height:28px;font-weight:600;overflow-wrap:anywhere}
p{margin:4px 0 0;overflow-wrap:anywhere}
.head{display:flex;gap:16px;align-items:baseline;justify-content:space-between}
.head span{white-space:nowrap;color:var(--muted)}
.muted{color:var(--muted)}
.note{margin-top:16px;padding:12px;background:var(--sunken);border-radius:6px;white-space:pre-wrap}
.bad{color:var(--stopped)}
.small{font-size:12px;line-height:16px}
.card>.small{margin-top:12px}
a{color:var(--accent)}
.button,button{display:inline-flex;align-items:center;justify-content:center;width:100%;min-height:44px;margin-top:20px;padding:0 16px;border:0;border-radius:6px;background:var(--accent);color:var(--on);font:inherit;font-weight:600;text-decoration:none;cursor:default}
.button.plain{background:none;border:1px solid var(--strong);color:var(--text);margin-top:12px}
button:disabled{opacity:.5}
@media (forced-colors:active){.button:not(.plain),button{background:Highlight}.note{border:1px solid GrayText}}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
label{display:block;margin-top:16px;font-weight:500}
input{display:block;width:100%;min-height:44px;margin-top:4px;padding:0 12px;border:1px solid var(--strong);border-radius:6px;background:var(--surface);color:var(--text);font:inherit;font-size:16px}
input[type=file]{padding:10px 12px}
img,video,audio{display:block;max-width:100%;margin:20px auto 0;border-radius:6px}
img,video{max-height:60vh}
audio{width:100%}
ul{list-style:none;margin:20px 0 0;padding:0;border-top:1px solid var(--line)}
li{display:flex;gap:16px;align-items:center;min-height:44px;border-bottom:1px solid var(--line)}
li>:first-child{flex:1;min-width:0;overflow-wrap:anywhere;padding:10px 0}
li>span{white-space:nowrap;color:var(--muted)}
li.folder a{font-weight:500}
code{font:12px/16px "JetBrains Mono Variable",ui-monospace,monospace;overflow-wrap:anywhere;color:var(--muted)}
footer{margin-top:16px;text-align:center}
progress{width:100%;margin-top:16px;accent-color:var(--accent)}
[hidden]{display:none}
`.trim();
