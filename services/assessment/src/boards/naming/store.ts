import type { RawTx } from '@linghang/access'
import { anyOf, type Stretch, stretchOf } from '@linghang/database'
import { sqlOf } from '../../work.ts'
import type { NamingRequest, NamingState } from './naming.ts'

const columns = [
  ...(['id', 'memberId', 'reason', 'state', 'askedOn', 'answerBy', 'answeredOn', 'answer', 'withdrawnOn'] as const),
]
const of = (tx: RawTx, countyId: string) =>
  sqlOf(tx).selectFrom('namingRequest').select(columns).where('countyId', '=', countyId)
const inState = (tx: RawTx, countyId: string, state: NamingState | null) =>
  state === null ? of(tx, countyId) : of(tx, countyId).where('state', '=', state)

export const namingStore = {
  async insert(tx: RawTx, request: NamingRequest & { countyId: string; orgId: string; askedAt: Date }): Promise<void> {
    await sqlOf(tx).insertInto('namingRequest').values(request).execute()
  },

  byIds: (tx: RawTx, countyId: string, ids: readonly string[]): Promise<NamingRequest[]> =>
    of(tx, countyId).where('id', '=', anyOf(ids)).execute(),

  /** Held until the transaction ends. */
  async lock(tx: RawTx, countyId: string, id: string): Promise<NamingRequest | null> {
    return (await of(tx, countyId).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null
  },

  /** A person's, the newest first. */
  ofMember: (tx: RawTx, countyId: string, memberId: string, most: number): Promise<NamingRequest[]> =>
    of(tx, countyId).where('memberId', '=', memberId).orderBy('id', 'desc').limit(most).execute(),

  async change(
    tx: RawTx,
    id: string,
    change: Partial<Pick<NamingRequest, 'state' | 'answeredOn' | 'answer' | 'withdrawnOn'>> & {
      answeredBy?: string | null
      answeredAt?: Date
    },
  ): Promise<void> {
    await sqlOf(tx)
      .updateTable('namingRequest')
      .set(change)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  /** A stretch of a county's, what is due first. */
  async page(tx: RawTx, countyId: string, state: NamingState | null, stretch: Stretch): Promise<NamingRequest[]> {
    const { rows } = await stretchOf<NamingRequest>(inState(tx, countyId, state), stretch, {
      by: ['answerBy', 'id'],
    }).execute(sqlOf(tx))
    return rows
  },

  async count(tx: RawTx, countyId: string, state: NamingState | null): Promise<number> {
    const { n } = await sqlOf(tx)
      .selectFrom(inState(tx, countyId, state).as('one'))
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow()
    return Number(n)
  },
}
