import type { RawTx } from '@linghang/access'
import type { ImportScope } from '@linghang/rosters'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { OrganisationRecord } from '../organisations/organisation.ts'
import type { OrganisationKind } from '../roster/columns.ts'
import type { OrganisationRecord as RosterRecord } from '../roster/judge-organisation.ts'

/** A row as it was staged; `silent`: fields of which it says nothing. */
export type Staged = { n: number; line: number; record: RosterRecord & { silent: (keyof OrganisationRecord)[] } }

/** The county's organisations by code, and which of them are within the import's scope (null: all). */
export type Registered = {
  byCode: Map<string, { superiorCode: string | null; kind: OrganisationKind; hasPeople: boolean; ended: boolean }>
  within: Set<string> | null
}

export const importedStore = {
  async registered(tx: RawTx, scope: ImportScope): Promise<Registered> {
    const rows = await sqlOf(tx)
      .selectFrom('orgNode as node')
      .leftJoin('orgNode as superior', 'superior.id', 'node.superiorId')
      .leftJoin('orgNode as top', join => join.on('top.id', '=', sql.val(scope.orgId)))
      .where('node.countyId', '=', scope.countyId)
      .select(['node.code', 'superior.code as superiorCode'])
      .select(({ ref }) => ref('node.kind').$castTo<OrganisationKind>().as('kind'))
      .select(sql<boolean>`node.ended_on is not null`.as('ended'))
      .select(sql<boolean | null>`node.path <@ top.path`.as('within'))
      .select(({ exists, selectFrom }) =>
        exists(
          selectFrom('memberRef')
            .select('memberRef.id')
            .whereRef('memberRef.orgId', '=', 'node.id')
            .where('memberRef.leftOn', 'is', null),
        )
          .$castTo<boolean>()
          .as('hasPeople'),
      )
      .execute()
    return {
      byCode: new Map(rows.map(({ code, within, ...row }) => [code, row])),
      within: scope.orgId === null ? null : new Set(rows.filter(row => row.within).map(row => row.code)),
    }
  },

  staged: (tx: RawTx, importId: string, after: number, limit: number): Promise<Staged[]> =>
    sqlOf(tx)
      .selectFrom('rosterRow')
      .select(['n', 'line', sql<Staged['record']>`record`.as('record')])
      .where('importId', '=', importId)
      .where('n', '>', after)
      .orderBy('n')
      .limit(limit)
      .execute(),

  /** Registered organisations within the scope whose code the file does not name, rows with errors included. */
  async missing(tx: RawTx, scope: ImportScope, named: readonly string[]): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('orgNode as node')
      .leftJoin('orgNode as top', join => join.on('top.id', '=', sql.val(scope.orgId)))
      .select('node.id')
      .where('node.countyId', '=', scope.countyId)
      .where('node.endedOn', 'is', null)
      .where(({ or, eb }) => or([eb('top.id', 'is', null), sql<boolean>`node.path <@ top.path`]))
      .where('node.code', '<>', sql<string>`all (${named}::text[])`)
      .orderBy('node.code')
      .limit(100_000)
      .execute()
    return rows.map(row => row.id)
  },
}
