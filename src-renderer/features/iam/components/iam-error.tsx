import { iamErrorWords } from '../error-words.ts';

/** Why a change was not taken; nothing without an error. */
export function IamError({ error }: { readonly error: unknown }) {
  const words = iamErrorWords(error);
  if (words === undefined) return null;
  return (
    <p role="alert" className="flex gap-2 text-stopped">
      <span aria-hidden="true">■</span>
      <span className="[overflow-wrap:anywhere]">{words}</span>
    </p>
  );
}
