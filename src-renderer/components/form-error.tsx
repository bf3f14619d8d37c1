import { errorText } from '../lib/error-text.ts';

/** Why the form was not taken; nothing without an error. */
export function FormError({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  return (
    <p role="alert" className="flex gap-2 text-stopped">
      <span aria-hidden="true">■</span>
      {errorText(error)}
    </p>
  );
}
