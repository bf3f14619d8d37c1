import { formatBytes, formatExactBytes, formatExactTime, formatTime } from '../lib/format.ts';
import { useLanguage } from '../lib/i18n.ts';

/** A time as people say it; exact under the pointer. */
export function Moment({ atMs }: { readonly atMs: number }) {
  const language = useLanguage();
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExactTime(atMs, language)}>
      {formatTime(atMs, Date.now(), language)}
    </time>
  );
}

/** A size as people say it; bytes under the pointer. */
export function Bytes({ bytes }: { readonly bytes: number }) {
  const language = useLanguage();
  return <span title={formatExactBytes(bytes, language)}>{formatBytes(bytes, language)}</span>;
}
