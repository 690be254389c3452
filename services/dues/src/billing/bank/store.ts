import { anyOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import { netFenOf } from '../reconciliation/compare-day.ts'
import type { BankLine } from './bank-line.ts'
import type { Candidates } from './propose.ts'

const lineKeys = [
  ...(['id', 'orgId', 'keeperId', 'bookedOn', 'amountFen', 'balanceFen', 'otherSealed', 'otherDigits'] as const),
  ...(['wordsSealed', 'proposedAs', 'proposedId', 'state', 'endedAt', 'endedAs', 'whyRejected'] as const),
]
const mostCandidates = 2_000

export type NewLine = Omit<BankLine, 'state' | 'endedAt' | 'endedAs' | 'whyRejected'> & {
  countyId: string
  fingerprint: Uint8Array
  readAt: Date
  state: 'OPEN'
}

export const bankStore = {
  /** Which of these lines are there already, in hexadecimal. */
  async known(tx: Tx, keeperId: string, fingerprints: readonly Buffer[]): Promise<Set<string>> {
    const prints = fingerprints.map(print => print.toString('hex'))
    const { rows } = await sql<{ print: string }>`
      select encode(l.fingerprint, 'hex') as print from unnest(${prints}::text[]) as p (hex)
      join dues_bank_line l on l.keeper_id = ${keeperId}::uuid and l.fingerprint = decode(p.hex, 'hex')`.execute(
      sqlOf(tx),
    )
    return new Set(rows.map(({ print }) => print))
  },

  /** @returns how many are new */
  async insert(tx: Tx, lines: readonly NewLine[]): Promise<number> {
    if (lines.length === 0) return 0
    const keys = [
      ...(['id', 'countyId', 'orgId', 'keeperId', 'fingerprint', 'bookedOn', 'amountFen', 'balanceFen'] as const),
      ...(['otherSealed', 'otherDigits', 'wordsSealed', 'proposedAs', 'proposedId', 'state', 'readAt'] as const),
    ]
    const { numInsertedOrUpdatedRows } = await insertBatch(sqlOf(tx), 'duesBankLine', keys, lines)
      .onConflict(found => found.columns(['keeperId', 'fingerprint']).doNothing())
      .executeTakeFirstOrThrow()
    return Number(numInsertedOrUpdatedRows ?? 0n)
  },

  /** What lines under an account may be. */
  async candidates(tx: Tx, keeperId: string): Promise<Candidates> {
    const db = sqlOf(tx)
    const settlements = await db
      .selectFrom('duesSettlement')
      .select(['id', 'day', 'paidFen', 'refundedFen', 'feeMilliFen'])
      .where('keeperId', '=', keeperId)
      .where('journalId', 'is', null)
      .orderBy('day', 'desc')
      .limit(mostCandidates)
      .execute()
    const payments = await db
      .selectFrom('duesPayment')
      .select(['id', 'receivedOn', 'amountFen'])
      .where('keeperId', '=', keeperId)
      .where('way', '=', 'BANK')
      .where('state', '=', 'RECORDED')
      .orderBy('id', 'desc')
      .limit(mostCandidates)
      .execute()
    const cash = await db
      .selectFrom('ledgerAccount')
      .innerJoin('ledgerBalance', 'ledgerBalance.accountId', 'ledgerAccount.id')
      .select('ledgerBalance.balanceFen')
      .where('ledgerAccount.keeperId', '=', keeperId)
      .where('ledgerAccount.kind', '=', 'TRANSIT')
      .where('ledgerAccount.code', '=', 'CASH')
      .executeTakeFirst()
    return {
      settlements: settlements.map(({ id, day, ...sums }) => ({ id, day, netFen: netFenOf(sums) })),
      payments,
      cashFen: cash?.balanceFen ?? 0n,
    }
  },

  /** One, held until the transaction ends. */
  hold: (tx: Tx, countyId: string, id: string): Promise<BankLine | undefined> =>
    sqlOf(tx)
      .selectFrom('duesBankLine')
      .select(lineKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst(),

  async end(
    tx: Tx,
    id: string,
    how: Pick<BankLine, 'state' | 'endedAs' | 'whyRejected'> & { endedAt: Date; endedBy: string | null },
  ): Promise<void> {
    await sqlOf(tx).updateTable('duesBankLine').set(how).where('id', '=', id).execute()
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<BankLine[]> =>
    sqlOf(tx)
      .selectFrom('duesBankLine')
      .select(lineKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  linesIn: (tx: Tx, keeperIds: readonly string[], stretch: Stretch, open: boolean): Promise<Map<string, BankLine[]>> =>
    stretchUnder(
      sqlOf(tx),
      keeperIds,
      keeperId =>
        sqlOf(tx)
          .selectFrom('duesBankLine')
          .select(lineKeys)
          .where('keeperId', '=', keeperId)
          .$if(open, query => query.where('state', '=', 'OPEN')),
      stretch,
      { by: ['bookedOn', 'id'], descending: true },
    ),
  lineCount: (tx: Tx, keeperIds: readonly string[], open: boolean): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), keeperIds, keeperId =>
      sqlOf(tx)
        .selectFrom('duesBankLine')
        .select('id')
        .where('keeperId', '=', keeperId)
        .$if(open, query => query.where('state', '=', 'OPEN')),
    ),
}
