const AMP = 0x26;
const LT = 0x3c;
const GT = 0x3e;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

/**
 * Text made safe for an XML element or attribute. Control characters, also tab and line ends, become numeric references:
 * keys may hold any of them, and a parser would fold raw `\r\n` into `\n`.
 */
export function escapeXml(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (replacementOf(text.charCodeAt(i)) !== undefined) return escapeFrom(text, i);
  }
  return text;
}

function escapeFrom(text: string, first: number): string {
  let out = text.slice(0, first);
  let kept = first;
  for (let i = first; i < text.length; i++) {
    const replacement = replacementOf(text.charCodeAt(i));
    if (replacement === undefined) continue;
    out += text.slice(kept, i) + replacement;
    kept = i + 1;
  }
  return out + text.slice(kept);
}

function replacementOf(code: number): string | undefined {
  if (code > GT) return code === 0x7f || code === 0xfffe || code === 0xffff ? numericReference(code) : undefined;
  if (code < 0x20) return numericReference(code);
  switch (code) {
    case AMP:
      return '&amp;';
    case LT:
      return '&lt;';
    case GT:
      return '&gt;';
    case QUOTE:
      return '&quot;';
    case APOSTROPHE:
      return '&apos;';
    default:
      return undefined;
  }
}

function numericReference(code: number): string {
  return `&#x${code.toString(16)};`;
}
