import { anyOf } from '@linghang/database'
import type { DuesPauseKind } from '@linghang/rulebook'
import { sqlOf, type Tx, type Work } from '../../work.ts'

export type Pause = {
  id: string
  memberId: string
  orgId: string
  kind: DuesPauseKind
  fromOn: string
  untilOn: string | null
  basis: string
}
const pauseKeys = [...(['id', 'memberId', 'orgId', 'kind', 'fromOn', 'untilOn', 'basis'] as const)]

export const pauseStore = {
  async insert(
    { tx, actor, now, newId }: Work,
    pause: { memberId: string; orgId: string; kind: DuesPauseKind; fromOn: string; basis: string },
  ): Promise<void> {
    const recorded = { recordedBy: actor.accountId, recordedAt: now }
    await sqlOf(tx)
      .insertInto('duesPause')
      .values({ ...pause, ...recorded, id: newId(), countyId: actor.countyId, untilOn: null })
      .execute()
  },

  lasting: (tx: Tx, memberId: string): Promise<Pause | undefined> =>
    sqlOf(tx)
      .selectFrom('duesPause')
      .select(pauseKeys)
      .where('memberId', '=', memberId)
      .where('untilOn', 'is', null)
      .executeTakeFirst(),

  async end(tx: Tx, id: string, untilOn: string): Promise<void> {
    await sqlOf(tx).updateTable('duesPause').set({ untilOn }).where('id', '=', id).execute()
  },

  /** The newest ten of each member. */
  async ofMembers(tx: Tx, memberIds: readonly string[]): Promise<Map<string, Pause[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesPause')
      .select(pauseKeys)
      .where('memberId', '=', anyOf(memberIds))
      .orderBy('fromOn', 'desc')
      .execute()
    return new Map([...Map.groupBy(rows, ({ memberId }) => memberId)].map(([id, pauses]) => [id, pauses.slice(0, 10)]))
  },
}
