import { anyOf, batchOf } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { DuesRecord } from '../records/dues-record.ts'
import type { FixingLine, LastBase } from './fixing-line.ts'
import { lineKeys, toLine } from './store.ts'

const table = 'duesFixingLine'
const changing = [
  ...([
    'category',
    'incomeFen',
    'baseFen',
    'dueFen',
    'payKind',
    'paySlipSealed',
    'why',
    'state',
    'confirmedHow',
  ] as const),
  ...(['confirmedOn', 'confirmedBy', 'version'] as const),
]

/** What a line is written with: what its pay slip says stays unless it is given. */
export type WrittenLine = FixingLine & { paySlipSealed: Uint8Array | null; confirmedBy: string | null }
type RecordedBase = Pick<DuesRecord, 'category' | 'baseFen' | 'complete'>
/** The base in force in a month. */
export type FixedBase = LastBase & { lineId: string; fromMonth: string }

/** Lines one by one: held, written, checked. */
export const lineStore = {
  /** Held until the transaction ends, in the order of their ids: two who name the same do not wait for each other. */
  async hold(tx: Tx, countyId: string, ids: readonly string[]): Promise<WrittenLine[]> {
    const rows = await sqlOf(tx)
      .selectFrom(table)
      .select([...lineKeys, 'paySlipSealed', 'confirmedBy'])
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .orderBy('id')
      .forUpdate()
      .execute()
    return rows.map(({ paySlipSealed, confirmedBy, ...row }) => ({ ...toLine(row), paySlipSealed, confirmedBy }))
  },

  /** A year's lines that are proposed and no more, of whose people the register says something else; held. */
  async proposed(tx: Tx, orgId: string, year: number): Promise<{ line: WrittenLine; record: RecordedBase }[]> {
    const rows = await sqlOf(tx)
      .selectFrom(table)
      .innerJoin('duesRecord', 'duesRecord.memberId', `${table}.memberId`)
      .select([
        ...lineKeys.map(key => `${table}.${key}` as const),
        ...([`${table}.paySlipSealed`, `${table}.confirmedBy`, 'duesRecord.complete'] as const),
        ...(['duesRecord.category as recordCategory', 'duesRecord.baseFen as recordBaseFen'] as const),
      ])
      .where(`${table}.orgId`, '=', sql<string>`any (app.orgs_under('{' || ${orgId}::uuid || '}'))`)
      .where(`${table}.year`, '=', year)
      .where(`${table}.ground`, '=', 'YEAR')
      .where(`${table}.state`, '=', 'PROPOSED')
      .where('duesRecord.owes', '=', true)
      .where(({ or, eb, ref }) =>
        or([
          eb('duesRecord.category', 'is distinct from', ref(`${table}.category`)),
          eb('duesRecord.baseFen', 'is distinct from', ref(`${table}.baseFen`)),
        ]),
      )
      .orderBy(`${table}.id`)
      .forUpdate(table)
      .$narrowType<{ recordCategory: RecordedBase['category'] }>()
      .execute()
    return rows.map(({ recordCategory, recordBaseFen, complete, paySlipSealed, confirmedBy, ...row }) => ({
      line: { ...toLine(row), paySlipSealed, confirmedBy },
      record: { category: recordCategory, baseFen: recordBaseFen, complete },
    }))
  },

  async insert(tx: Tx, line: FixingLine & { countyId: string; paySlipSealed: Uint8Array | null }): Promise<void> {
    await sqlOf(tx)
      .insertInto(table)
      .values({ ...line, version: BigInt(line.version) })
      .execute()
  },

  async write(tx: Tx, lines: readonly WrittenLine[]): Promise<void> {
    const rows = lines.map(line => ({ ...line, version: BigInt(line.version) }))
    await sqlOf(tx)
      .updateTable(table)
      .from(batchOf('dues_fixing_line', rows))
      .set(({ ref }) => Object.fromEntries(changing.map(key => [key, ref(`batch.${key}`)])))
      .whereRef(`${table}.id`, '=', 'batch.id')
      .execute()
  },

  /** An organisation and all above it, the nearest first. */
  committees: (tx: Tx, countyId: string, orgId: string): Promise<{ id: string; kind: string }[]> =>
    sqlOf(tx)
      .selectFrom('orgNode as own')
      .innerJoin('orgNode as above', join => join.on(sql<boolean>`above.path @> own.path`))
      .select(['above.id', 'above.kind'])
      .where('own.id', '=', orgId)
      .where('own.countyId', '=', countyId)
      .orderBy(sql`nlevel(above.path)`, 'desc')
      .execute(),

  /** The first lines below an organisation that are not confirmed, of those who owe. */
  async unconfirmed(tx: Tx, orgId: string, year: number, atMost: number): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom(table)
      .innerJoin('duesRecord', 'duesRecord.memberId', `${table}.memberId`)
      .select(`${table}.id`)
      .where(`${table}.orgId`, '=', sql<string>`any (app.orgs_under('{' || ${orgId} || '}'))`)
      .where(`${table}.year`, '=', year)
      .where(`${table}.state`, 'not in', ['CONFIRMED', 'CHECKED'])
      .where('duesRecord.owes', '=', true)
      .orderBy(`${table}.id`)
      .limit(atMost)
      .execute()
    return rows.map(({ id }) => id)
  },

  /** Checks what is confirmed at an organisation and below it, but nobody's own. @returns what was checked */
  async check(
    tx: Tx,
    by: { orgId: string; year: number; on: string; accountId: string | null; memberId: string | null },
  ): Promise<FixingLine[]> {
    const rows = await sqlOf(tx)
      .updateTable(table)
      .set({ state: 'CHECKED', checkedOn: by.on, checkedBy: by.accountId, version: sql<bigint>`version + 1` })
      .where('orgId', '=', sql<string>`any (app.orgs_under('{' || ${by.orgId} || '}'))`)
      .where('year', '=', by.year)
      .where('state', '=', 'CONFIRMED')
      .where('memberId', 'is distinct from', by.memberId)
      .returning(lineKeys)
      .execute()
    return rows.map(toLine)
  },

  async paySlips(tx: Tx, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
    const rows = await sqlOf(tx)
      .selectFrom(table)
      .select(['id', 'paySlipSealed'])
      .where('id', '=', anyOf(ids))
      .where('paySlipSealed', 'is not', null)
      .$narrowType<{ paySlipSealed: Uint8Array }>()
      .execute()
    return new Map(rows.map(({ id, paySlipSealed }) => [id, paySlipSealed]))
  },

  /** The checked line in force in a month, by person. */
  async inForce(tx: Tx, memberIds: readonly string[], month: string): Promise<Map<string, FixedBase>> {
    const rows = await sqlOf(tx)
      .selectFrom(table)
      .distinctOn('memberId')
      .select(['id as lineId', 'memberId', 'fromMonth', 'category', 'incomeFen', 'baseFen', 'dueFen'])
      .where('memberId', '=', anyOf(memberIds))
      .where('year', '=', Number(month.slice(0, 4)))
      .where('fromMonth', '<=', month)
      .where('state', '=', 'CHECKED')
      .orderBy('memberId')
      .orderBy('fromMonth', 'desc')
      .$narrowType<FixedBase & { memberId: string }>()
      .execute()
    return new Map(rows.map(({ memberId, ...base }) => [memberId, base]))
  },
}
