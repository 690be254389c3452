import type { Column } from '../columns.ts'
import type { Finding } from '../finding.ts'
import { fail } from './errors.ts'

/**
 * Refuses what a form says of one thing by the very rules by which a roster's row is judged; what a roster would leave
 * out with a warning is refused here, where somebody can put it right.
 * @param judged what the judgement gives: the record where there is one, the columns that were left out, the findings
 * @returns the record
 * @throws DomainError RECORD_REFUSED with the first finding that stands in the way
 */
export function refuseForm<K extends string, Judged>(
  columns: readonly Column<K>[],
  judged: { record: Judged | null | undefined; silent: ReadonlySet<K>; findings: readonly Finding[] },
): Judged {
  const unread = new Set(columns.filter(({ key }) => judged.silent.has(key)).map(({ header }) => header))
  const found = judged.findings.find(
    ({ severity, column }) => severity === 'ERROR' || (column !== null && unread.has(column)),
  )
  if (judged.record && !found) return judged.record
  return fail('RECORD_REFUSED', {
    field: columns.find(({ header }) => header === found?.column)?.key ?? '',
    column: found?.column ?? '',
    finding: found?.code ?? '',
    found: found?.found ?? '',
    // A form has no lines, and the column is named beside the message.
    message: found?.message.zh.replace(/^第 1 行「[^」]*」：/, '') ?? '',
    messageEn: found?.message.en.replace(/^line 1, “[^”]*”: /, '') ?? '',
  })
}
