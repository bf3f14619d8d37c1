import type { ReactNode } from 'react';

interface ChosenListProps<T> {
  readonly head: readonly string[];
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string;
  /** Whose details are shown. */
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  /** What the button of a row says. */
  readonly title: (row: T) => ReactNode;
  /** The columns after it; all but the first give way on phones. */
  readonly cells: (row: T) => readonly ReactNode[];
}

/** A list of things of which one is shown beside it. */
export function ChosenList<T>({ head, rows, idOf, chosen, onChoose, title, cells }: ChosenListProps<T>) {
  const wideOnly = (column: number) => (column > 1 ? 'hidden sm:table-cell' : '');
  return (
    <table className="w-full border-line border-t text-table">
      <thead>
        <tr className="h-9 bg-sunken text-left text-caption text-muted">
          {head.map((text, column) => (
            <th key={text} scope="col" className={`px-3 font-medium first:pl-4 sm:first:pl-6 ${wideOnly(column)}`}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const isChosen = idOf(row) === chosen;
          return (
            <tr
              key={idOf(row)}
              className={`h-9 border-line border-b ${isChosen ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
            >
              <td className="max-w-0 py-1 pr-3 pl-4 sm:pl-6">
                <button
                  type="button"
                  aria-pressed={isChosen}
                  onClick={() => onChoose(idOf(row))}
                  className="flex min-h-6 w-full min-w-0 cursor-default items-center gap-2 rounded-control text-left hover:text-accent"
                >
                  {title(row)}
                </button>
              </td>
              {cells(row).map((cell, index) => (
                <td key={head[index + 1]} className={`w-24 px-3 text-muted sm:w-32 ${wideOnly(index + 1)}`}>
                  {cell}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
