const MAX_NAME_CHARACTERS = 200;
const MAX_SENDER_CHARACTERS = 60;
/** Control characters, separators of folders, and what turns the direction of text. */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu;

/** A name that stands for one file in any file system it is copied to later: no folders, no `.` or `..`, nothing unseen. */
export function receivedFileName(name: string): string {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  return cleaned(base, MAX_NAME_CHARACTERS) ?? 'file';
}

/** The folder that a sender's files land in. */
export function senderFolder(sender: string): string {
  return cleaned(sender, MAX_SENDER_CHARACTERS) ?? 'anonymous';
}

/** `plan (2).pdf`: the `count`th file of a name. */
export function numberedName(name: string, count: number): string {
  if (count === 1) return name;
  const dot = name.lastIndexOf('.');
  const at = dot > 0 ? dot : name.length;
  return `${name.slice(0, at)} (${count})${name.slice(at)}`;
}

/** `pdf`: lower-case, without the dot; `''` where there is none. */
export function endingOf(name: string): string {
  return /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function cleaned(text: string, maxCharacters: number): string | undefined {
  const plain = text.toWellFormed().normalize('NFC').replaceAll(UNWANTED, '').trim();
  const name = Array.from(plain).slice(0, maxCharacters).join('').trim();
  return /^\.*$/.test(name) ? undefined : name;
}
