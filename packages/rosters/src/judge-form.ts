import type { Column } from './columns.ts'
import { fail } from './errors.ts'
import type { Finding } from './finding.ts'
import type { Row } from './read-table.ts'

/** A row as a roster's rules have judged it; `silent`: columns of which it says nothing that can be used. */
export type JudgedRow<K extends string, R> = {
  record: R | null
  silent: ReadonlySet<K>
  findings: readonly Finding[]
}

/**
 * Holds a form to the very rules by which a roster's row is judged. What a roster would leave out with a warning is
 * refused here, where somebody can put it right.
 * @param cells as a roster has them; what is null or not named is blank
 * @throws DomainError RECORD_REFUSED with the first finding
 */
export function judgeForm<K extends string, R>(
  columns: readonly Column<K>[],
  cells: Partial<Record<K, string | null>>,
  judge: (row: Row<K>) => JudgedRow<K, R>,
): R {
  const filled = Object.fromEntries(columns.map(({ key }) => [key, cells[key] ?? ''])) as Record<K, string>
  const { record, silent, findings } = judge({ line: 1, findings: [], cells: filled })
  const unread = new Set(columns.filter(({ key }) => silent.has(key)).map(({ header }) => header))
  const finding = findings.find(
    ({ severity, column }) => severity === 'ERROR' || (column !== null && unread.has(column)),
  )
  if (record && !finding) return record
  return fail('RECORD_REFUSED', {
    field: columns.find(({ header }) => header === finding?.column)?.key ?? '',
    column: finding?.column ?? '',
    finding: finding?.code ?? '',
    found: finding?.found ?? '',
    // A form has no lines, and the column is named beside the message.
    message: finding?.message.zh.replace(/^第 1 行「[^」]*」：/, '') ?? '',
    messageEn: finding?.message.en.replace(/^line 1, “[^”]*”: /, '') ?? '',
  })
}
