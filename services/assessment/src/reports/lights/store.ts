import type { RawTx } from '@linghang/access'
import { countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { branchKinds } from '@linghang/rulebook'
import { type RawBuilder, sql } from 'kysely'
import type { Lit } from '../../engine/sheet.ts'
import { sqlOf } from '../../work.ts'

/** A branch with a light on, as its sheet of the day says it. */
export type LitBranch = {
  id: string
  code: string
  packKey: string
  packVersion: number
  scale: string
  lights: Lit[]
  litMonths: Record<string, string[]>
}

const branches = [...branchKinds]

/** The branches of an organisation and all below it of which a light is on, by their sheets for the time of a day. */
const litBelow = (tx: RawTx, countyId: string, rootId: RawBuilder<string>, day: string) =>
  sqlOf(tx)
    .selectFrom('orgNode as root')
    .innerJoin('orgNode as node', join => join.on('node.path', sql`<@`, ({ ref }) => ref('root.path')))
    .innerJoin('scoreSheet as sheet', join =>
      join.onRef('sheet.orgId', '=', 'node.id').on('sheet.subjectType', '=', 'ORGANISATION'),
    )
    .select([
      'node.id',
      'node.code',
      'sheet.packKey',
      'sheet.packVersion',
      'sheet.scale',
      'sheet.lights',
      'sheet.litMonths',
    ])
    .where('root.id', '=', rootId)
    .where('node.countyId', '=', countyId)
    .where('node.endedOn', 'is', null)
    .where('node.kind', '=', sql<string>`any (${branches}::text[])`)
    .where('sheet.countyId', '=', countyId)
    .where('sheet.periodFrom', '<=', day)
    .where('sheet.periodUntil', '>=', day)
    .where(sql<boolean>`jsonb_array_length(sheet.lights) > 0`)

export const lightStore = {
  /** A stretch of each organisation's, in the order of codes: never of points. */
  below: (tx: RawTx, countyId: string, orgIds: readonly string[], day: string, stretch: Stretch) =>
    stretchUnder(sqlOf(tx), orgIds, id => litBelow(tx, countyId, id, day), stretch, { by: ['code', 'id'] }) as Promise<
      Map<string, LitBranch[]>
    >,

  countBelow: (tx: RawTx, countyId: string, orgIds: readonly string[], day: string) =>
    countUnder(sqlOf(tx), orgIds, id => litBelow(tx, countyId, id, day)),
}
