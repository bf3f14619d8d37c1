import { useMemo } from 'react';
import { t } from '../../../lib/i18n.ts';
import { DiffTable } from '../../compare/components/diff-table.tsx';
import { diffLines, linesOf, withoutUnchanged } from '../../compare/line-diff.ts';

const LINES_AROUND = 3;

/** The lines by which two versions of a policy differ. */
export function PolicyDiff({ before, after }: { readonly before: string; readonly after: string }) {
  const lines = useMemo(
    () => withoutUnchanged(diffLines(linesOf(before), linesOf(after)).lines, LINES_AROUND),
    [before, after],
  );
  return lines.length === 0 ? <p>{t('compare.sameLines')}</p> : <DiffTable lines={lines} />;
}
