import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { Member } from './member.ts'
import type { Penalty } from './store.ts'

/** Penalties that take rights (留党察看). */
export const penaltyStore = {
  /** Penalties that take rights, the newest first; no more than `penaltiesAtMost` of a person are recorded. */
  async penaltiesOf(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<Map<string, Penalty[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('memberPenalty')
      .select(['memberId', 'id', 'fromOn', 'untilOn', 'basis', 'endReason'])
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(memberIds))
      .orderBy('fromOn', 'desc')
      .orderBy('id', 'desc')
      .execute()
    return Map.groupBy(rows, row => row.memberId)
  },

  async insertPenalty(
    tx: Tx,
    countyId: string,
    { id: memberId, orgId }: Pick<Member, 'id' | 'orgId'>,
    { fromOn, untilOn, basis }: Pick<Penalty, 'fromOn' | 'untilOn' | 'basis'>,
  ): Promise<void> {
    await sqlOf(tx).insertInto('memberPenalty').values({ countyId, orgId, memberId, fromOn, untilOn, basis }).execute()
  },

  async endPenalty(tx: Tx, id: string, untilOn: string, endReason: string): Promise<void> {
    await sqlOf(tx).updateTable('memberPenalty').set({ untilOn, endReason }).where('id', '=', id).execute()
  },
}
