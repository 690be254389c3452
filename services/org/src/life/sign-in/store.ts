import { anyOf, insertBatch } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { SignInKey } from './models.ts'
import type { SignIn } from './sign-in.ts'

/** Of each person, the newest: what was signed by a phone before the last one may still be on its way. */
const keysEach = 2

export const signInStore = {
  async addKey(tx: Tx, countyId: string, key: SignInKey): Promise<void> {
    const { memberId, registeredAt } = key
    const publicKey = new Uint8Array(key.publicKey)
    await sqlOf(tx)
      .insertInto('signInKey')
      .values({ countyId, memberId, publicKey, registeredAt })
      .onConflict(found => found.columns(['memberId', 'publicKey']).doUpdateSet({ registeredAt }))
      .execute()
    const kept = sqlOf(tx).selectFrom('signInKey').select('publicKey').where('memberId', '=', memberId)
    await sqlOf(tx)
      .deleteFrom('signInKey')
      .where('memberId', '=', memberId)
      .where('publicKey', 'not in', kept.orderBy('registeredAt', 'desc').limit(keysEach))
      .execute()
  },

  keysOf: (tx: Tx, countyId: string, memberIds: readonly string[]): Promise<SignInKey[]> =>
    sqlOf(tx)
      .selectFrom('signInKey')
      .select(['memberId', 'publicKey', 'registeredAt'])
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(memberIds))
      .orderBy('memberId')
      .orderBy('registeredAt', 'desc')
      .execute(),

  /** Who has signed in to a meeting that is not closed. */
  async ofMeeting(tx: Tx, meetingId: string): Promise<SignIn[]> {
    const found = sqlOf(tx).selectFrom('meetingSignIn').select(['memberId', 'step', 'readAt'])
    const rows = await found.where('meetingId', '=', meetingId).execute()
    return rows.map(({ step, ...row }) => ({ ...row, step: Number(step) }))
  },

  async add(
    tx: Tx,
    at: { meetingId: string; countyId: string; orgId: string },
    signIns: readonly SignIn[],
  ): Promise<void> {
    if (signIns.length === 0) return
    const columns = [...(['meetingId', 'countyId', 'orgId', 'memberId', 'step', 'readAt'] as const)]
    await insertBatch(
      sqlOf(tx),
      'meetingSignIn',
      columns,
      signIns.map(({ step, ...one }) => ({ ...at, ...one, step: BigInt(step) })),
    ).execute()
  },
}
