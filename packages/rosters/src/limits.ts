import { TableError } from './table-error.ts'

/** What a file may cost at most. Every bound that is passed ends the reading with a `TableError`. */
export type TableLimits = {
  /** Bytes of the file as it is handed in. */
  fileBytes: number
  /** Bytes of an XLSX file; it is held in memory because its directory stands at its end. */
  xlsxBytes: number
  /** Bytes that one part of an XLSX file may unpack to: a few kilobytes can hold gigabytes. */
  unpackedBytes: number
  /** Lines with content, the heading not counted. */
  rows: number
  /** Lines without content between and behind them; spreadsheets leave thousands, nobody millions. */
  blankRows: number
  columns: number
  cellCharacters: number
  /** Heap of the thread that reads an XLSX file; texts of the workbook lie outside it, bounded by `xlsxBytes`. */
  threadMiB: number
}

const MiB = 1024 * 1024

/** Room for ten times a district of 50,000 members. */
export const defaultLimits: TableLimits = {
  fileBytes: 256 * MiB,
  xlsxBytes: 96 * MiB,
  unpackedBytes: 1024 * MiB,
  rows: 1_000_000,
  blankRows: 1_100_000,
  columns: 200,
  cellCharacters: 2_000,
  threadMiB: 256,
}

const inMiB = (bytes: number) => Math.ceil((bytes / MiB) * 100) / 100

/** The stream, ended by `FILE_TOO_LARGE` as soon as more than `maxBytes` came. */
export async function* limitBytes(stream: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw fileTooLarge(maxBytes)
    yield chunk
  }
}

export const fileTooLarge = (maxBytes: number): TableError =>
  new TableError('FILE_TOO_LARGE', {
    zh: `文件超过 ${inMiB(maxBytes)} MiB 的上限，请拆分后分次导入`,
    en: `the file is larger than ${inMiB(maxBytes)} MiB; split it and import the parts`,
  })

/** Refuses a line that is wider, or has a longer cell in a column that is read, than the limits allow. */
export function checkLine(
  line: number,
  cells: readonly string[],
  limits: TableLimits,
  readPositions?: ReadonlySet<number>,
): void {
  if (cells.length > limits.columns) {
    throw new TableError(
      'TOO_MANY_COLUMNS',
      {
        zh: `第 ${line} 行有 ${cells.length} 列，上限是 ${limits.columns} 列`,
        en: `line ${line} has ${cells.length} columns, at most ${limits.columns} are read`,
      },
      line,
    )
  }
  for (const [position, cell] of cells.entries()) {
    if (readPositions?.has(position) !== false && cell.length > limits.cellCharacters)
      throw cellTooLong(line, cell.length, limits)
  }
}

const cellTooLong = (line: number, characters: number, limits: TableLimits): TableError =>
  new TableError(
    'CELL_TOO_LONG',
    {
      zh: `第 ${line} 行有一个单元格长 ${characters} 个字符，上限是 ${limits.cellCharacters} 个`,
      en: `line ${line} has a cell of ${characters} characters, at most ${limits.cellCharacters} are read`,
    },
    line,
  )

export const tooManyRows = (line: number, limits: TableLimits): TableError =>
  new TableError(
    'TOO_MANY_ROWS',
    {
      zh: `文件超过 ${limits.rows} 行数据的上限，请拆分后分次导入`,
      en: `the file has more than ${limits.rows} rows; split it and import the parts`,
    },
    line,
  )
