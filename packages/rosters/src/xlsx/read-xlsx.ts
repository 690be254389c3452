import { cellTooLong, fileTooLarge, type TableLimits } from '../limits.ts'
import type { RawLine } from '../read-csv.ts'
import { TableError } from '../table-error.ts'
import { dateOfSerial, textOfNumber } from './cell-value.ts'
import { openWorkbook, type Workbook } from './open-workbook.ts'
import { type Attributes, brokenXlsx, parseXml, type XmlListener } from './parse-xml.ts'

/** Zero-based column of a reference such as `AB12`; -1 where it has none. */
export function columnOf(reference: string): number {
  let column = 0
  for (const character of reference) {
    const letter = character.charCodeAt(0) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

/** The text of a cell, given its type, its style and what is stored in it. */
function cellText(type: string, style: number, stored: string, workbook: Workbook): string {
  switch (type) {
    case 's':
      return workbook.sharedStrings.get(Number(stored)) ?? ''
    case 'b':
      return stored === '1' ? '是' : '否'
    case 'd':
      return stored.slice(0, 10)
    case 'n': {
      const date = workbook.dateStyles[style] ? dateOfSerial(Number(stored), workbook.from1904) : null
      return date ?? textOfNumber(stored)
    }
    default:
      return stored
  }
}

/** Gathers the lines of a sheet out of its XML; `drain` hands over those that are complete. */
function createLineCollector(workbook: Workbook, limits: TableLimits) {
  let done: RawLine[] = []
  let current: RawLine = { line: 0, cells: [] }
  let cell: Attributes = {}
  let column = -1
  let stored = ''
  let collecting = false

  function openCell(attributes: Attributes): void {
    cell = attributes
    stored = ''
    column = attributes.r ? columnOf(attributes.r) : column + 1
    if (column >= limits.columns) {
      throw new TableError(
        'TOO_MANY_COLUMNS',
        {
          zh: `第 ${current.line} 行超过 ${limits.columns} 列的上限`,
          en: `line ${current.line} has more than ${limits.columns} columns`,
        },
        current.line,
      )
    }
  }

  function closeCell(): void {
    while (current.cells.length < column) current.cells.push('')
    current.cells[column] = cellText(cell.t ?? 'n', Number(cell.s ?? 0), stored, workbook)
  }

  const listener: XmlListener = {
    open(name, attributes) {
      if (name === 'row') {
        current = { line: attributes.r ? Number(attributes.r) : current.line + 1, cells: [] }
        column = -1
      } else if (name === 'c') openCell(attributes)
      else if (name === 'v' || name === 't') collecting = true
      else if (name === 'rPh') cell = { ...cell, phonetic: 'yes' }
    },
    text(text) {
      if (!collecting || cell.phonetic) return
      stored += text
      if (stored.length > limits.cellCharacters) throw cellTooLong(current.line, stored.length, limits)
    },
    close(name) {
      if (name === 'v' || name === 't') collecting = false
      else if (name === 'rPh') cell = { ...cell, phonetic: '' }
      else if (name === 'c') closeCell()
      else if (name === 'row') done.push(current)
    },
  }
  const drain = () => {
    const lines = done
    done = []
    return lines
  }
  return { listener, drain }
}

async function collect(stream: AsyncIterable<Uint8Array>, limits: TableLimits): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.byteLength
    if (bytes > limits.xlsxBytes) throw fileTooLarge(limits.xlsxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}

/**
 * The lines of the first visible sheet of an XLSX file. The packed file is held in memory (its directory stands at the
 * end) and unpacked as it is read; what a roster says never touches the disk. Throws `TableError`.
 */
export async function* readXlsx(stream: AsyncIterable<Uint8Array>, limits: TableLimits): AsyncGenerator<RawLine> {
  const workbook = await openWorkbook(await collect(stream, limits), limits)
  const { listener, drain } = createLineCollector(workbook, limits)
  try {
    yield* parseXml(workbook.sheet, listener, drain)
  } catch (error) {
    throw error instanceof TableError
      ? error
      : brokenXlsx(error instanceof Error ? error.message.slice(0, 80) : 'sheet')
  }
}
