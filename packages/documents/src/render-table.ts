import {
  AlignmentType,
  HeightRule,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { Block, Cell } from './document-model.ts'
import { fonts, sizePt, twips } from './page-layout.ts'
import { runsOf } from './render-text.ts'

const cellLine = { line: 360, lineRule: LineRuleType.EXACT } as const
const cellPaddingTwips = 80

/** A form: fixed columns, rows at least as high as it takes to write into them, none torn apart by the end of a page. */
export function renderTable(block: Extract<Block, { kind: 'TABLE' }>): (Paragraph | Table)[] {
  const widths = block.columnsMm.map(twips)
  const table = new Table({
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    columnWidths: widths,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    margins: { left: cellPaddingTwips, right: cellPaddingTwips, marginUnitType: WidthType.DXA },
    rows: block.rows.map((row, i) => {
      let column = 0
      return new TableRow({
        cantSplit: true,
        // A long form says on each page what its columns are.
        tableHeader: i === 0 && block.rows.length > 1 && row.cells.every(({ heading }) => heading),
        height: { value: twips(row.heightMm), rule: HeightRule.ATLEAST },
        children: row.cells.map(cell => {
          const from = column
          column += cell.columns ?? 1
          return cellOf(
            cell,
            widths.slice(from, column).reduce((sum, width) => sum + width, 0),
          )
        }),
      })
    }),
  })
  // Two tables without a line between them would be one to an office program.
  return [table, new Paragraph({ spacing: { line: 160, lineRule: LineRuleType.EXACT }, children: [] })]
}

function cellOf(cell: Cell, width: number): TableCell {
  const centred = cell.heading || cell.align !== 'LEFT'
  const style = { font: cell.heading ? fonts.heading : fonts.form, size: sizePt.form }
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: centred ? VerticalAlign.CENTER : VerticalAlign.TOP,
    ...(cell.columns === undefined ? {} : { columnSpan: cell.columns }),
    ...(cell.rows === undefined ? {} : { rowSpan: cell.rows }),
    children: cell.content.map(
      line =>
        new Paragraph({
          alignment: centred ? AlignmentType.CENTER : AlignmentType.LEFT,
          spacing: cellLine,
          children: runsOf(line, style),
        }),
    ),
  })
}
