import type { RawTx } from '@linghang/access'
import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { sqlOf } from '../../work.ts'

export const indexStore = {
  /** What each organisation has of each index and period since, as it was summed up last; one statement for all. */
  ofOrganisations: (tx: RawTx, countyId: string, orgIds: readonly string[], since: string) =>
    sqlOf(tx)
      .selectFrom('indexSum')
      .select(['orgId', 'key', 'periodFrom as from', 'periodUntil as until', 'sheets', 'peers'])
      .select(({ cast, ref }) => [
        cast<number>(ref('points'), 'double precision').as('points'),
        cast<number>(ref('peersPoints'), 'double precision').as('peersPoints'),
      ])
      .where('countyId', '=', countyId)
      .where('orgId', '=', anyOf(orgIds))
      .where('periodFrom', '>=', since)
      .execute(),

  /** A stretch of what stands directly below each, in the order of their codes: never of points. */
  below: (tx: RawTx, orgIds: readonly string[], stretch: Stretch) =>
    stretchUnder(sqlOf(tx), orgIds, id => directlyBelow(tx, id), stretch, { by: ['code', 'id'] }) as Promise<
      Map<string, { id: string; code: string }[]>
    >,

  countBelow: (tx: RawTx, orgIds: readonly string[]) => countUnder(sqlOf(tx), orgIds, id => directlyBelow(tx, id)),
}

const directlyBelow = (tx: RawTx, id: Parameters<Parameters<typeof countUnder>[2]>[0]) =>
  sqlOf(tx).selectFrom('orgNode').select(['id', 'code']).where('superiorId', '=', id).where('endedOn', 'is', null)
