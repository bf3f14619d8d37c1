/**
 * Roles of a list that has only those rows in the page that are in sight, and one stop for Tab. Given as properties because the
 * elements of a table, which lint would rather see, must hold all rows.
 */
export const ROW_GROUP = { role: 'rowgroup' } as const;
export const CELL = { role: 'gridcell' } as const;

export function gridRole(grid: { label: string; rows: number; isMultiple: boolean; activeRow: number | undefined }) {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-label': grid.label,
    // The head is a row too.
    'aria-rowcount': grid.rows + 1,
    'aria-multiselectable': grid.isMultiple,
    'aria-activedescendant': grid.activeRow === undefined ? undefined : rowElementId(grid.activeRow),
  } as const;
}

export function headRole() {
  return { role: 'row', 'aria-rowindex': 1 } as const;
}

export function columnRole(sorted: 'ascending' | 'descending' | 'none' | undefined) {
  return { role: 'columnheader', 'aria-sort': sorted } as const;
}

export function rowRole(index: number, isSelected: boolean | undefined) {
  return { role: 'row', id: rowElementId(index), 'aria-rowindex': index + 2, 'aria-selected': isSelected } as const;
}

export function rowElementId(index: number): string {
  return `row-${index}`;
}
