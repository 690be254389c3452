import { anyOf, insertOnce } from '@linghang/database'
import type { Selectable } from 'kysely'
import type { Account, Office } from '../../../prisma/client/tables.ts'
import { sqlOf, type Tx } from '../../work.ts'

export type County = { id: string; code: string; name: string }

export const countyStore = {
  async byId(tx: Tx, id: string): Promise<County | null> {
    return tx.county.findUnique({ where: { id } })
  },

  /** @param cityId of this city alone; null: whichever are asked for */
  byIds: (tx: Tx, ids: readonly string[], cityId: string | null): Promise<County[]> =>
    sqlOf(tx)
      .selectFrom('county')
      .select(['id', 'code', 'name'])
      .where('id', '=', anyOf(ids))
      .$if(cityId !== null, found =>
        found.where('id', 'in', counties =>
          counties.selectFrom('cityCounty').select('countyId').where('cityId', '=', cityId),
        ),
      )
      .execute(),

  /** Registers a county unless there is one of this code. @returns the id of the one that there is */
  async register(tx: Tx, { id, code, name }: County): Promise<string> {
    await sqlOf(tx)
      .insertInto('county')
      .values({ id, code, name })
      .onConflict(found => found.column('code').doNothing())
      .execute()
    return (await tx.county.findUniqueOrThrow({ where: { code } })).id
  },

  /** An account over the whole county, confirmed at once. @returns false where the login has an account already */
  async addAccount(
    tx: Tx,
    account: Pick<Selectable<Account>, 'id' | 'countyId' | 'issuer' | 'subject' | 'confirmedAt'>,
  ): Promise<boolean> {
    return insertOnce(
      sqlOf(tx)
        .insertInto('account')
        .values({ ...account, kind: 'PERSON' }),
    )
  },

  async addOffice(
    tx: Tx,
    office: Pick<Selectable<Office>, 'id' | 'countyId' | 'accountId' | 'orgId' | 'role' | 'startsOn' | 'endsOn'>,
  ): Promise<void> {
    await sqlOf(tx).insertInto('office').values(office).execute()
  },
}
