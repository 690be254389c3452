import type { RawTx } from '@linghang/access'
import { batchOf, excluded, insertBatch } from '@linghang/database'
import type { MemberState } from '@linghang/events'
import { sqlOf } from '../../work.ts'

export type Stay = { id: string; orgId: string; version: number; toldOn: string }

const told = [
  ...(['orgId', 'kind', 'joinedOn', 'fullMemberSince', 'leftOn', 'knownOn', 'rightsSuspended', 'version'] as const),
]
const stay = ['memberId', 'version', 'countyId', 'orgId', 'toldOn'] as const

export const peopleStore = {
  async organisationOf(tx: RawTx, memberId: string): Promise<string | null> {
    const person = await sqlOf(tx).selectFrom('memberRef').select('orgId').where('id', '=', memberId).executeTakeFirst()
    return person?.orgId ?? null
  },

  async hasPeople(tx: RawTx, orgId: string): Promise<boolean> {
    const person = await sqlOf(tx)
      .selectFrom('memberRef')
      .select('id')
      .where('orgId', '=', orgId)
      .where('leftOn', 'is', null)
      .limit(1)
      .executeTakeFirst()
    return person !== undefined
  },

  /** Takes over what is newer than what is known; one statement for a batch. */
  async write(tx: RawTx, countyId: string, members: readonly MemberState[]): Promise<void> {
    const rows = members.map(member => ({
      ...member,
      countyId,
      knownOn: member.knownOn ?? null,
      rightsSuspended: member.rightsSuspended ?? [],
      version: BigInt(member.version),
    }))
    await insertBatch(sqlOf(tx), 'memberRef', ['id', 'countyId', ...told], rows)
      .onConflict(found =>
        found
          .column('id')
          .doUpdateSet(excluded(told))
          .where(({ eb, or, and, ref }) =>
            or([
              eb('excluded.version', '>', ref('memberRef.version')),
              and([eb('memberRef.kind', 'is', null), eb('excluded.version', '=', ref('memberRef.version'))]),
            ]),
          ),
      )
      .execute()
  },

  /** From which day on each person was where: a row for each change of organisation. */
  async writeStays(tx: RawTx, countyId: string, stays: readonly Stay[]): Promise<void> {
    const rows = stays.map(({ id, orgId, version, toldOn }) => ({
      ...{ memberId: id, version: BigInt(version), countyId, orgId, toldOn },
    }))
    await sqlOf(tx)
      .insertInto('memberStay')
      .columns(stay)
      .expression(({ selectFrom }) =>
        selectFrom(
          selectFrom(batchOf('memberStay', rows))
            .select(stay)
            .select(({ fn }) =>
              fn
                .agg<string | null>('lag', ['orgId'])
                .over(over => over.partitionBy('memberId').orderBy('version'))
                .as('earlier'),
            )
            .as('told'),
        )
          .select(stay)
          .where('told.orgId', 'is distinct from', ({ fn, selectFrom: from, ref }) =>
            fn.coalesce(
              'told.earlier',
              from('memberStay as known')
                .select('known.orgId')
                .where('known.memberId', '=', ref('told.memberId'))
                .where('known.version', '<', ref('told.version'))
                .orderBy('known.version', 'desc')
                .limit(1),
            ),
          ),
      )
      .onConflict(found => found.doNothing())
      .execute()
  },
}
