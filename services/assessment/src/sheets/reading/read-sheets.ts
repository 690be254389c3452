import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Sheet } from '../../engine/sheet.ts'
import { packStore } from '../../packs/decisions/store.ts'
import type { Work } from '../../work.ts'
import { publishedStore } from '../published/store.ts'
import { derivationOf, hashOf, linesIn } from '../scoring/derivation.ts'
import { planFor } from '../scoring/plans.ts'
import { workOut } from '../scoring/score-touched.ts'
import { asKept, type Derived, periodOf, type SheetRow } from './sheet-row.ts'
import { type MembersAt, sheetStore } from './store.ts'
import { seesPeopleOf } from './who-sees.ts'

/** Of these sheets those that the actor may read. */
async function seenOnly(work: Work, rows: readonly SheetRow[]): Promise<SheetRow[]> {
  const orgIds = [...new Set(rows.map(({ orgId }) => orgId))]
  const seen = await work.supervision.seen(orgIds)
  const people = await seesPeopleOf(work, orgIds)
  return rows.filter(({ subjectType, subjectId, orgId }) =>
    subjectType === 'MEMBER' ? subjectId === work.actor.memberId || people.has(orgId) : seen.has(orgId),
  )
}

/** Those of these sheets that the actor may read, by id. */
export async function seenSheets(work: Work, ids: readonly string[]): Promise<Map<string, SheetRow>> {
  const rows = await seenOnly(work, await sheetStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(rows.map(row => [row.id, row]))
}
export const sheetById = one(seenSheets)

/** Names of organisations, which are nobody's private matter; a member's own branch is not among what they see of the tree. */
export const nameOf = one(({ tx, actor }: Work, orgIds) => sheetStore.names(tx, actor.countyId, orgIds), {
  rights: 'COUNTY',
})

const visible = async (work: Work, found: ReadonlyMap<string, SheetRow[]>): Promise<Map<string, SheetRow[]>> => {
  const shown = new Set((await seenOnly(work, [...found.values()].flat())).map(({ id }) => id))
  return new Map([...found].map(([id, rows]) => [id, rows.filter(row => shown.has(row.id))]))
}

/** A member's sheets: a person who moved shows those of other branches to nobody who does not see these. */
export const sheetsOfMember = many(async (work: Work, memberIds, stretch: Stretch) =>
  visible(work, await sheetStore.ofSubjects(work.tx, work.actor.countyId, 'MEMBER', memberIds, stretch)),
)
export const countOfMember = count(({ tx, actor }: Work, memberIds) =>
  sheetStore.countOfSubjects(tx, actor.countyId, 'MEMBER', memberIds),
)
export const sheetsOfOrganisation = many(async (work: Work, orgIds, stretch: Stretch) => {
  const seen = [...(await work.supervision.seen(orgIds))]
  return sheetStore.ofSubjects(work.tx, work.actor.countyId, 'ORGANISATION', seen, stretch)
})
export const countOfOrganisation = count(async ({ tx, actor, supervision }: Work, orgIds) =>
  sheetStore.countOfSubjects(tx, actor.countyId, 'ORGANISATION', [...(await supervision.seen(orgIds))]),
)
export const memberSheetsAt = many(async (work: Work, orgIds, at: MembersAt, stretch: Stretch) =>
  sheetStore.membersAt(work.tx, work.actor.countyId, [...(await seesPeopleOf(work, orgIds))], at, stretch),
)
export const countMemberSheetsAt = count(async (work: Work, orgIds, at: MembersAt) =>
  sheetStore.countMembersAt(work.tx, work.actor.countyId, [...(await seesPeopleOf(work, orgIds))], at),
)

/** Sheets with their whole derivation as it is now, in a transaction that sees the county: a score may rest on what is not listed. */
export async function deriveSheets(work: Work, sheetIds: readonly string[]): Promise<Map<string, Derived>> {
  const { tx, actor } = work
  const rows = await sheetStore.byIds(tx, actor.countyId, sheetIds)
  const packs = await packStore.decided(tx, actor.countyId)
  const packOf = (row: SheetRow) => packs.find(({ key, version }) => key === row.packKey && version === row.packVersion)
  const found = new Map<string, Derived>()
  const keep = (row: SheetRow, sheet: Sheet, hash: string) => {
    const document = packOf(row)?.document
    const scale = document?.scales.find(({ key }) => key === sheet.scale)
    if (document && scale) found.set(row.id, { id: row.id, sheet, scale, document, hash })
  }
  const alike = Map.groupBy(rows, row =>
    [row.subjectType, row.packKey, row.packVersion, row.periodFrom, row.periodUntil].join('/'),
  )
  for (const group of alike.values()) {
    const [first] = group as [SheetRow]
    const pack = packOf(first)
    if (!pack) continue
    const bySubject = new Map(group.map(row => [row.subjectId, row]))
    const plan = planFor(actor.countyId, pack, periodOf(first))
    for (const sheet of await workOut(work, plan, first.subjectType, [...bySubject.keys()])) {
      const row = bySubject.get(sheet.subjectId)
      if (row) keep(row, sheet, Buffer.from(hashOf(derivationOf(sheet))).toString('hex'))
    }
  }
  const gone = rows.filter(({ id }) => !found.has(id))
  const published = await publishedStore.derivations(
    tx,
    actor.countyId,
    gone.map(({ id }) => id),
  )
  for (const row of gone) {
    const derivation = published.get(row.id)
    keep(row, asKept(row, derivation ? linesIn(derivation) : []), Buffer.from(row.hash).toString('hex'))
  }
  return found
}

/** The same, asked for nothing but what `sheetById` and its like have shown. */
export const derivedOf = one(deriveSheets, { rights: 'COUNTY' })
