import type { RawTx } from '@linghang/access'
import type { ImportScope } from '@linghang/rosters'
import type { OrganisationRecord } from '../organisations/organisation.ts'
import type { OrganisationKind } from '../roster/columns.ts'
import type { OrganisationRecord as RosterRecord } from '../roster/judge-organisation.ts'
import type { Tx } from '../work.ts'

/** A row as it was staged; `silent`: fields of which it says nothing. */
export type Staged = { n: number; line: number; record: RosterRecord & { silent: (keyof OrganisationRecord)[] } }

/** The county's organisations by code, and which of them are within the import's scope (null: all). */
export type Registered = {
  byCode: Map<string, { superiorCode: string | null; kind: OrganisationKind; hasPeople: boolean }>
  within: Set<string> | null
}

export const importedStore = {
  async registered(tx: Tx, scope: ImportScope): Promise<Registered> {
    const rows = await tx.$queryRaw<
      {
        code: string
        kind: OrganisationKind
        superior_code: string | null
        within: boolean | null
        has_people: boolean
      }[]
    >`
      select n.code, n.kind, s.code as superior_code, n.path <@ g.path as within,
        exists (select from member_ref m where m.org_id = n.id and m.left_on is null) as has_people from org_node n
      left join org_node s on s.id = n.superior_id left join org_node g on g.id = ${scope.orgId}::uuid
      where n.county_id = ${scope.countyId}::uuid`
    return {
      byCode: new Map(
        rows.map(row => [row.code, { superiorCode: row.superior_code, kind: row.kind, hasPeople: row.has_people }]),
      ),
      within: scope.orgId === null ? null : new Set(rows.filter(row => row.within).map(row => row.code)),
    }
  },

  async staged(tx: Tx, importId: string, after: number, limit: number): Promise<Staged[]> {
    return tx.$queryRaw<Staged[]>`
      select n, line, record from roster_row where import_id = ${importId}::uuid and n > ${after} order by n limit ${limit}`
  },

  /** Registered organisations within the scope whose code the file does not name, rows with errors included. */
  async missing(tx: RawTx, scope: ImportScope, named: string[]): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `select n.id from org_node n left join org_node g on g.id = $2::uuid
       where n.county_id = $1::uuid and (g.id is null or n.path <@ g.path) and n.code <> all ($3::text[]) order by n.code limit 100000`,
      scope.countyId,
      scope.orgId,
      named,
    )
    return rows.map(row => row.id)
  },
}
