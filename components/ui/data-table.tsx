"use client";
import { rowSortingFeature, tableFeatures, useTable, type ColumnDef, type RowData } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Name of this column in the server's `sort`; absent: not sortable. */
  sortKey?: string;
  hideHeader?: boolean;
  className?: string;
};

type DataTableProps<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** The server's order, as in the API: `key` or `-key`. Rows arrive sorted; the table never reorders them. */
  sort?: string;
  onSort?: (sort: string) => void;
  rowProps?: (row: Row) => ComponentProps<"tr">;
  className?: string;
  headClassName?: string;
  bodyClassName?: string;
};

const features = tableFeatures({ rowSortingFeature });

/** Rows and columns by TanStack Table, sorted and paged by the server. Roles are explicit, so the rows stay a table when laid out as a grid. */
export function DataTable<Row extends RowData>({ label, columns, rows, rowId, sort = "", onSort, rowProps, className, headClassName, bodyClassName }: DataTableProps<Row>) {
  const defs: ColumnDef<typeof features, Row>[] = columns.map((column) => ({
    id: column.id,
    header: column.header,
    accessorFn: (row: Row) => row,
    enableSorting: column.sortKey !== undefined,
    cell: ({ row }) => column.cell(row.original),
  }));
  const sortKey = sort.replace(/^-/, "");
  const sorted = columns.find((column) => column.sortKey === sortKey);
  const table = useTable({
    features,
    columns: defs,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    state: { sorting: sorted ? [{ id: sorted.id, desc: sort.startsWith("-") }] : [] },
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  return (
    <table role="table" aria-label={label} aria-rowcount={-1} className={cx("w-full text-sm", className)}>
      <thead role="rowgroup" className={headClassName}>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} role="row">
            {group.headers.map((header) => {
              const column = byId.get(header.column.id);
              return column && <HeadCell key={header.id} column={column} direction={header.column.getIsSorted()} onSort={onSort} />;
            })}
          </tr>
        ))}
      </thead>
      <tbody role="rowgroup" className={bodyClassName}>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} role="row" {...rowProps?.(row.original)}>
            {row.getAllCells().map((cell) => (
              <td key={cell.id} role="cell" className={byId.get(cell.column.id)?.className}>
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type HeadCellProps<Row> = { column: Column<Row>; direction: false | "asc" | "desc"; onSort: ((sort: string) => void) | undefined };

function HeadCell<Row>({ column, direction, onSort }: HeadCellProps<Row>) {
  const look = cx("text-left text-xs font-medium text-ink-3", column.className);
  const words = <span className={column.hideHeader ? "sr-only" : ""}>{column.header}</span>;
  if (!column.sortKey || !onSort) return <th role="columnheader" scope="col" className={look}>{words}</th>;
  const Arrow = direction === "asc" ? ArrowUp : ArrowDown;
  return (
    <th role="columnheader" scope="col" aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : "none"} className={look}>
      <button type="button" className="relative inline-flex items-center hover:text-ink" onClick={() => onSort(direction === "desc" ? column.sortKey! : `-${column.sortKey}`)}>
        {words}
        {direction && <Arrow aria-hidden className="absolute -left-3.5 size-3" />}
      </button>
    </th>
  );
}
