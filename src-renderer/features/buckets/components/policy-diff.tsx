import { useMemo } from 'react';
import { t } from '../../../lib/i18n.ts';
import { DiffTable } from '../../compare/components/diff-table.tsx';
import { diffLines, linesOf, withoutUnchanged } from '../../compare/line-diff.ts';

const LINES_AROUND = 2;

/** What a change does to the text of a policy. */
export function PolicyDiff({ before, after }: { readonly before: string; readonly after: string }) {
  const lines = useMemo(
    () => withoutUnchanged(diffLines(linesOf(before), linesOf(after)).lines, LINES_AROUND),
    [before, after],
  );
  if (lines.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      <p className="font-medium">{t('bucketAccess.changes')}</p>
      <DiffTable lines={lines} />
    </div>
  );
}
