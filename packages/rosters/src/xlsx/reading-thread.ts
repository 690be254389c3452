import { parentPort, workerData } from 'node:worker_threads'
import type { Column } from '../columns.ts'
import type { Text } from '../finding.ts'
import type { TableLimits } from '../limits.ts'
import type { RawLine } from '../read-csv.ts'
import { TableError, type TableErrorCode } from '../table-error.ts'
import { type ChosenSheet, readSheet } from './read-sheet.ts'

export type Given = { file: Uint8Array; columns: readonly Column[]; limits: TableLimits }

/** What the thread tells, in this order: the sheet, lines, and how it ended. It waits for a word after each of `lines`. */
export type Told =
  | { sheet: ChosenSheet }
  | { lines: RawLine[] }
  | { ended: true }
  | { refused: { code: TableErrorCode; text: Text; line: number | null } }
  | { broken: true }

const LINES_AT_ONCE = 500
/** The next lines are read while the last ones are judged. */
const AHEAD = 2

if (parentPort) {
  const port = parentPort
  let allowed = AHEAD
  let go: (() => void) | null = null
  port.on('message', () => {
    allowed++
    go?.()
  })
  const tell = (told: Told) => port.postMessage(told)
  const send = async (lines: RawLine[]) => {
    if (allowed === 0)
      await new Promise<void>(resolve => {
        go = resolve
      })
    go = null
    allowed--
    tell({ lines })
  }
  const { file, columns, limits } = workerData as Given
  try {
    const { sheet, lines } = await readSheet(
      Buffer.from(file.buffer, file.byteOffset, file.byteLength),
      columns,
      limits,
    )
    tell({ sheet })
    let batch: RawLine[] = []
    for await (const line of lines) {
      batch.push(line)
      if (batch.length < LINES_AT_ONCE) continue
      await send(batch)
      batch = []
    }
    if (batch.length > 0) await send(batch)
    tell({ ended: true })
  } catch (error) {
    if (error instanceof TableError) tell({ refused: { code: error.code, text: error.text, line: error.line } })
    else tell({ broken: true })
  }
  port.close()
}
