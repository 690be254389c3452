import type { RawTx } from '@linghang/access'
import { anyOf, excluded, insertBatch } from '@linghang/database'
import type { DuesRecordState, MemberState } from '@linghang/events'
import { type NotNull, sql } from 'kysely'
import { sqlOf } from '../work.ts'
import type { Tally } from './indicator.ts'

export type PersonFact = { memberId: string; orgId: string | null; owesDues: boolean; duesComplete: boolean }

const tallied = [
  ...(['applicants', 'activists', 'candidates', 'probationary', 'fullMembers', 'owingDues', 'duesComplete'] as const),
]
const toldByMembers = ['orgId', 'kind', 'inRegister', 'memberVersion'] as const
const toldByDues = ['owesDues', 'duesComplete', 'duesVersion'] as const

export const factStore = {
  byMembers: (tx: RawTx, countyId: string, memberIds: readonly string[]): Promise<PersonFact[]> =>
    sqlOf(tx)
      .selectFrom('personFact')
      .select(['memberId', 'orgId', 'owesDues', 'duesComplete'])
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(memberIds))
      .where('inRegister', '=', sql.lit(true))
      .execute(),

  /** Sums over each organisation and all below it; one statement for all. */
  async talliesBelow(tx: RawTx, orgIds: readonly string[]): Promise<Map<string, Tally>> {
    const rows = await sqlOf(tx)
      .selectFrom('orgNode as root')
      .innerJoin('orgNode as below', join => join.on('below.path', sql`<@`, ({ ref }) => ref('root.path')))
      .leftJoin('tally', 'tally.orgId', 'below.id')
      .select('root.id')
      .select(({ fn, cast, lit }) =>
        tallied.map(key => cast<number>(fn.coalesce(fn.sum(`tally.${key}`), lit(0)), 'integer').as(key)),
      )
      .where('root.id', '=', anyOf(orgIds))
      .groupBy('root.id')
      .execute()
    return new Map(rows.map(({ id, ...tally }) => [id, tally]))
  },

  /** Sums over whole counties; one statement for all, and a county of nobody has sums of nothing. */
  async talliesOfCounties(tx: RawTx, countyIds: readonly string[]): Promise<Map<string, Tally>> {
    const rows = await sqlOf(tx)
      .selectFrom('tally')
      .select('countyId')
      .select(({ fn, cast }) => tallied.map(key => cast<number>(fn.sum(key), 'integer').as(key)))
      .where('countyId', '=', anyOf(countyIds))
      .groupBy('countyId')
      .execute()
    const sums = new Map(rows.map(({ countyId, ...tally }) => [countyId, tally]))
    const nobody = Object.fromEntries(tallied.map(key => [key, 0])) as Tally
    return new Map(countyIds.map(id => [id, sums.get(id) ?? nobody]))
  },

  /** Takes over what members said; @returns the organisations whose tallies it touches, before and after. */
  async writeMembers(tx: RawTx, countyId: string, members: readonly MemberState[]): Promise<string[]> {
    const facts = members.map(({ id, orgId, kind, leftOn, version }) => ({
      ...{ memberId: id, countyId, orgId, kind, inRegister: leftOn === null, memberVersion: BigInt(version) },
    }))
    const rows = await insertBatch(sqlOf(tx), 'personFact', ['memberId', 'countyId', ...toldByMembers], facts)
      .onConflict(found =>
        found
          .column('memberId')
          .doUpdateSet(excluded(toldByMembers))
          .whereRef('excluded.memberVersion', '>', 'personFact.memberVersion'),
      )
      .returning([sql<string | null>`old.org_id`.as('before'), 'orgId as after'])
      .execute()
    return [...new Set(rows.flatMap(row => [row.before, row.after]).filter(id => id !== null))]
  },

  /** Takes over what dues said. It may come before the person: the fact is then there, and not in the register yet. */
  async writeDues(tx: RawTx, countyId: string, records: readonly DuesRecordState[]): Promise<string[]> {
    const facts = records.map(({ memberId, orgId, owes, complete, version }) => ({
      ...{ memberId, countyId, orgId, owesDues: owes, duesComplete: complete, duesVersion: BigInt(version) },
    }))
    const rows = await insertBatch(sqlOf(tx), 'personFact', ['memberId', 'countyId', 'orgId', ...toldByDues], facts)
      .onConflict(found =>
        found
          .column('memberId')
          .doUpdateSet(excluded(toldByDues))
          .whereRef('excluded.duesVersion', '>', 'personFact.duesVersion'),
      )
      .returning('orgId')
      .execute()
    return [...new Set(rows.flatMap(row => row.orgId ?? []))]
  },

  /** Two batches about one organisation must not count at the same moment, or each misses the other's people. */
  async lockTallies(tx: RawTx, countyId: string, orgIds: readonly string[]): Promise<void> {
    const tallies = [...orgIds].sort().map(orgId => ({ orgId, countyId }))
    await insertBatch(sqlOf(tx), 'tally', ['orgId', 'countyId'], tallies)
      .onConflict(found => found.doNothing())
      .execute()
    await sqlOf(tx)
      .selectFrom('tally')
      .select('orgId')
      .where('orgId', '=', anyOf(orgIds))
      .orderBy('orgId')
      .forUpdate()
      .execute()
  },

  async countAgain(tx: RawTx, orgIds: readonly string[]): Promise<void> {
    const db = sqlOf(tx)
    const counted = db
      .selectFrom('tally as one')
      .leftJoin('personFact as fact', join =>
        join.onRef('fact.orgId', '=', 'one.orgId').on('fact.inRegister', '=', sql.lit(true)),
      )
      .where('one.orgId', '=', anyOf(orgIds))
      .groupBy('one.orgId')
      .select(({ fn }) => {
        const people = fn.count<number>('fact.memberId')
        const owing = people.filterWhere('fact.owesDues', '=', true)
        return [
          'one.orgId',
          people.filterWhere('fact.kind', '=', 'APPLICANT').as('applicants'),
          people.filterWhere('fact.kind', '=', 'ACTIVIST').as('activists'),
          people.filterWhere('fact.kind', '=', 'CANDIDATE').as('candidates'),
          people.filterWhere('fact.kind', '=', 'PROBATIONARY').as('probationary'),
          people.filterWhere('fact.kind', '=', 'FULL').as('fullMembers'),
          owing.as('owingDues'),
          owing.filterWhere('fact.duesComplete', '=', true).as('duesComplete'),
        ]
      })
    await db
      .updateTable('tally')
      .from(counted.as('counted'))
      .set(({ ref }) => ({
        applicants: ref('counted.applicants'),
        activists: ref('counted.activists'),
        candidates: ref('counted.candidates'),
        probationary: ref('counted.probationary'),
        fullMembers: ref('counted.fullMembers'),
        owingDues: ref('counted.owingDues'),
        duesComplete: ref('counted.duesComplete'),
      }))
      .whereRef('tally.orgId', '=', 'counted.orgId')
      .execute()
  },

  /** Where the people of a batch are counted now, so that those tallies can be locked before anything changes. */
  async organisationsOf(tx: RawTx, memberIds: readonly string[]): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('personFact')
      .select('orgId')
      .distinct()
      .where('memberId', '=', anyOf(memberIds))
      .where('orgId', 'is not', null)
      .$narrowType<{ orgId: NotNull }>()
      .execute()
    return rows.map(row => row.orgId)
  },
}
