import { recordAudit } from '@linghang/access'
import { readTable, TableError } from '@linghang/rosters'
import { keptAccount } from '../../ledger/journals/record-income.ts'
import type { Context, Work } from '../../work.ts'
import { fingerprintsOf } from './bank-line.ts'
import { type StatementKey, statementColumns } from './columns.ts'
import { fail } from './errors.ts'
import { proposeFor } from './propose.ts'
import { readLine, type StatementLine } from './read-line.ts'
import { bankStore } from './store.ts'

/** A year of a busy account. */
const mostLines = 5_000
const mostBytes = 8 * 1_048_576
const limits = {
  fileBytes: mostBytes,
  xlsxBytes: mostBytes,
  unpackedBytes: 64 * 1_048_576,
  rows: mostLines,
  columns: 60,
}

/** @throws DomainError STATEMENT_NO_TABLE, STATEMENT_UNREADABLE with the line */
async function linesOf(content: AsyncIterable<Uint8Array>): Promise<StatementLine[]> {
  const lines: StatementLine[] = []
  try {
    const table = await readTable<StatementKey>(content, { columns: statementColumns, limits })
    const wrong = table.findings.find(({ severity }) => severity === 'ERROR')
    if (wrong) fail('STATEMENT_NO_TABLE', { message: wrong.message.en, messageZh: wrong.message.zh })
    for await (const { line, cells, findings } of table.rows) {
      // A comma in somebody's words that nobody quoted moves every sum behind it.
      const shifted = findings.find(({ severity }) => severity === 'ERROR')
      if (shifted)
        return fail('STATEMENT_UNREADABLE', {
          ...{ line, found: shifted.found, wanted: shifted.wanted.en, wantedZh: shifted.wanted.zh },
        })
      const read = readLine(cells)
      if (read === null) continue
      if ('wanted' in read) return fail('STATEMENT_UNREADABLE', { ...read, line })
      lines.push(read)
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error
    fail('STATEMENT_NO_TABLE', { message: error.text.en, messageZh: error.text.zh })
  }
  return lines
}

export type StatementRead = { lines: number; newLines: number; proposed: number }

/**
 * Takes a bank's statement for an account, by whoever keeps its books: each line once, however often it is handed in, and
 * what each may be is proposed. All of a file or nothing; nothing is posted.
 * @throws DomainError NOT_FOUND, STATEMENT_NO_TABLE, STATEMENT_UNREADABLE
 */
export async function readStatement(
  context: Context,
  keeperId: string,
  content: AsyncIterable<Uint8Array>,
): Promise<StatementRead> {
  const what = `RealDuesAccount:${keeperId}`
  const requireKept = async (work: Work) => (await keptAccount(work, keeperId)) ?? fail('NOT_FOUND', { what })
  // Nobody's file is read who may not hand it in.
  await context.perform(requireKept, { rights: 'COUNTY' })
  const lines = await linesOf(content)
  return context.perform(async work => takeLines(work, keeperId, (await requireKept(work)).orgId, lines), {
    rights: 'COUNTY',
  })
}

async function takeLines(
  work: Work,
  keeperId: string,
  orgId: string,
  lines: readonly StatementLine[],
): Promise<StatementRead> {
  const { tx, actor, now } = work
  const prints = fingerprintsOf(lines)
  const known = await bankStore.known(tx, keeperId, prints)
  const candidates = await bankStore.candidates(tx, keeperId)
  const taken = new Set<string>()
  const seal = work.seal()
  const rows = lines.flatMap((line, n) => {
    const fingerprint = prints[n] as Buffer
    if (known.has(fingerprint.toString('hex'))) return []
    const proposal = proposeFor(line, candidates, taken)
    if (proposal?.id) taken.add(proposal.id)
    return [
      {
        ...{ id: work.newId(), countyId: actor.countyId, orgId, keeperId, fingerprint: new Uint8Array(fingerprint) },
        ...{ bookedOn: line.bookedOn, amountFen: line.amountFen, balanceFen: line.balanceFen, readAt: now },
        otherSealed: new Uint8Array(seal.seal(line.other, 'bank-line')),
        otherDigits: /\d{4}$/.exec(line.otherNumber)?.[0] ?? null,
        wordsSealed: new Uint8Array(seal.seal(line.words, 'bank-line')),
        ...{ proposedAs: proposal?.kind ?? null, proposedId: proposal?.id ?? null, state: 'OPEN' as const },
      },
    ]
  })
  const newLines = await bankStore.insert(tx, rows)
  const subject = { subjectType: 'RealDuesAccount', subjectId: keeperId }
  await recordAudit(work, [{ orgId, action: `bank-statement.read: ${newLines}`, ...subject }])
  return { lines: lines.length, newLines, proposed: rows.filter(({ proposedAs }) => proposedAs !== null).length }
}
