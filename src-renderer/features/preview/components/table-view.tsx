import { useMemo } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useFirstBytes } from '../api/content.ts';
import { parseCsv } from '../parse/csv.ts';
import { decodeText } from '../parse/decode-text.ts';
import type { ViewProps } from './preview-body.tsx';
import { PartNote, PreviewError, PreviewLoading, Unshown } from './states.tsx';

const SHOWN_BYTES = 1024 * 1024;
const MAX_ROWS = 1000;
const MAX_COLUMNS = 100;

/** Rows of values under the names that the first row gives them. */
export function TableView(props: ViewProps) {
  const { entry } = props.file;
  const language = useLanguage();
  const { data, error, retry } = useFirstBytes(props.file, SHOWN_BYTES);
  const isCut = entry.sizeBytes > SHOWN_BYTES;
  const decoded = useMemo(() => (data === undefined ? undefined : decodeText(data)), [data]);
  const rows = useMemo(() => parseCsv(decoded?.text ?? '', { maxRows: MAX_ROWS + 2, isCut }), [decoded, isCut]);
  if (error !== null) return <PreviewError error={error} onRetry={retry} />;
  if (decoded === undefined) return <PreviewLoading />;
  if (decoded.isBinary) return <Unshown {...props} reason={t('preview.noText')} />;
  const [head = [], ...body] = rows;
  const isPart = isCut || body.length > MAX_ROWS || head.length > MAX_COLUMNS;
  return (
    <>
      {isPart && (
        <PartNote>
          {t('preview.partRows', {
            count: Math.min(body.length, MAX_ROWS),
            all: formatBytes(entry.sizeBytes, language),
          })}
        </PartNote>
      )}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        aria-label={t('preview.table')}
        className="row-focus min-h-0 flex-1 overflow-auto bg-surface"
      >
        <table className="border-separate border-spacing-0 text-table">
          <thead>
            <tr>
              {head.slice(0, MAX_COLUMNS).map((name, column) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move, and may have one name twice
                  key={column}
                  scope="col"
                  className="sticky top-0 max-w-80 truncate border-line border-r border-b bg-sunken px-3 py-1.5 text-left font-medium"
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.slice(0, MAX_ROWS).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never move, and may be alike
              <tr key={index}>
                {row.slice(0, MAX_COLUMNS).map((value, column) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    key={column}
                    title={value.length > 40 ? value : undefined}
                    className={`max-w-80 truncate border-line border-r border-b px-3 py-1.5 ${isNumber(value) ? 'text-right' : ''}`}
                  >
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function isNumber(value: string): boolean {
  return /^-?[\d.,\s]*\d%?$/.test(value);
}
