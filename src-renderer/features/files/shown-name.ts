// biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold them
const CONTROLS = /[\u0000-\u001f\u007f]/g;
/** Change how what stands around them is read, or are not seen at all. */
const INVISIBLE = /[\u00ad\u0080-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const CONTROL_PICTURES = 0x2400;

/** A name as it can be read: characters that nobody sees, or that turn the text around, are shown as signs. */
export function shownName(name: string): string {
  return name
    .replaceAll(CONTROLS, (one) =>
      String.fromCharCode(one === '\u007f' ? 0x2421 : CONTROL_PICTURES + one.charCodeAt(0)),
    )
    .replaceAll(INVISIBLE, (one) => `⟨U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}
