import { anyOf, batchOf, insertBatch, type Stretch, stretchOf, stretchUnder, walkOf } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import {
  type AgendaItem,
  keyOf,
  type Meeting,
  type MeetingContent,
  type MeetingFilter,
  type MeetingVersion,
  type Person,
  type Resolution,
  type VersionKey,
} from './meeting.ts'
import {
  fromPerson,
  fromResolution,
  itemColumns,
  meetingColumns,
  opinionColumns,
  personColumns,
  resolutionColumns,
  toPerson,
  toResolution,
  versionColumns,
} from './rows.ts'

export type WrittenVersion = VersionKey & {
  countyId: string
  orgId: string
  reason: string | null
  contentHash: Uint8Array<ArrayBuffer>
  writtenBy: string | null
  closedAt: Date | null
}

const ofVersion = ['meetingId', 'version'] as const
const placeColumns = [...ofVersion, ...(['countyId', 'orgId'] as const)]

/** Whether a row is of one of these versions. */
const isOf = (keys: readonly VersionKey[]): RawBuilder<boolean> =>
  sql<boolean>`(meeting_id, version) in (select meeting_id, version from ${batchOf('meetingVersion', keys)})`

const filtered = (tx: Tx, { kind, from, to }: MeetingFilter) => {
  let meetings = sqlOf(tx).selectFrom('meeting')
  if (kind !== null) meetings = meetings.where('kind', '=', kind)
  if (from !== null) meetings = meetings.where('heldOn', '>=', from)
  if (to !== null) meetings = meetings.where('heldOn', '<=', to)
  return meetings
}

/** Takes away what a version says, but not that it is there. */
async function clear(tx: Tx, { meetingId, version }: VersionKey): Promise<void> {
  for (const table of ['meetingOpinion', 'meetingResolution', 'meetingPerson', 'meetingItem'] as const)
    await sqlOf(tx).deleteFrom(table).where('meetingId', '=', meetingId).where('version', '=', version).execute()
}

export const meetingStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Meeting[]> =>
    sqlOf(tx)
      .selectFrom('meeting')
      .select(meetingColumns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async lock(tx: Tx, countyId: string, id: string): Promise<Meeting | null> {
    const own = sqlOf(tx).selectFrom('meeting').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    return (await own.select(meetingColumns).executeTakeFirst()) ?? null
  },

  /** The first `size` + 1 meetings of a stretch of each organisation's, newest first; one statement for all. */
  atOrganisations: (
    tx: Tx,
    countyId: string,
    orgIds: readonly string[],
    filter: MeetingFilter,
    stretch: Stretch,
  ): Promise<Map<string, Meeting[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId => filtered(tx, filter).select(meetingColumns).where('orgId', '=', orgId).where('countyId', '=', countyId),
      stretch,
      { by: ['heldOn', 'id'], descending: true },
    ),

  async countAtOrganisations(tx: Tx, orgIds: readonly string[], filter: MeetingFilter): Promise<Map<string, number>> {
    const rows = await filtered(tx, filter)
      .select(({ fn, cast }) => ['orgId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('orgId', '=', anyOf(orgIds))
      .groupBy('orgId')
      .execute()
    return new Map(rows.map(row => [row.orgId, row.count]))
  },

  /** The version of each of these meetings that counts. */
  currentVersions: (tx: Tx, meetings: readonly Meeting[]): Promise<MeetingVersion[]> =>
    sqlOf(tx)
      .selectFrom('meetingVersion')
      .select(versionColumns)
      .where(isOf(meetings.map(({ id, version }) => ({ meetingId: id, version }))))
      .execute(),

  /** All versions of these meetings, the newest first. */
  versions: (tx: Tx, meetingIds: readonly string[]): Promise<MeetingVersion[]> =>
    sqlOf(tx)
      .selectFrom('meetingVersion')
      .select(versionColumns)
      .where('meetingId', '=', anyOf(meetingIds))
      .orderBy('version', 'desc')
      .execute(),

  /** The `size` + 1 people of a stretch of each version's; one statement for all. */
  async people(tx: Tx, keys: readonly VersionKey[], stretch: Stretch): Promise<Map<string, Person[]>> {
    const rows = await sqlOf(tx)
      .selectFrom(batchOf('meetingVersion', keys))
      .crossJoinLateral(({ selectFrom }) => {
        const people = selectFrom('meetingPerson')
          .select([...ofVersion, ...personColumns])
          .whereRef('meetingPerson.meetingId', '=', 'batch.meetingId')
          .whereRef('meetingPerson.version', '=', 'batch.version')
        return stretchOf(people, stretch, { by: ['memberId'] }).as('person')
      })
      .selectAll('person')
      .orderBy('person.memberId', walkOf(stretch).order)
      .execute()
    const byVersion = Map.groupBy(rows, keyOf)
    return new Map(keys.map(key => [keyOf(key), (byVersion.get(keyOf(key)) ?? []).map(toPerson)]))
  },

  async countPeople(tx: Tx, keys: readonly VersionKey[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('meetingPerson')
      .select(({ fn, cast }) => [...ofVersion, cast<number>(fn.countAll(), 'integer').as('count')])
      .where(isOf(keys))
      .groupBy(ofVersion)
      .execute()
    return new Map(rows.map(row => [keyOf(row), row.count]))
  },

  /** The resolutions of each version in their order, with the written opinions. Two statements, whatever their number. */
  async resolutions(tx: Tx, keys: readonly VersionKey[]): Promise<Map<string, Resolution[]>> {
    const resolutions = await sqlOf(tx)
      .selectFrom('meetingResolution')
      .select([...ofVersion, ...resolutionColumns])
      .where(isOf(keys))
      .orderBy('n')
      .execute()
    const opinions = await sqlOf(tx)
      .selectFrom('meetingOpinion')
      .select([...ofVersion, 'resolutionId', ...opinionColumns])
      .where(isOf(keys))
      .orderBy('memberId')
      .execute()
    const given = Map.groupBy(opinions, row => `${keyOf(row)}/${row.resolutionId}`)
    const byVersion = Map.groupBy(resolutions, keyOf)
    const read = (row: (typeof resolutions)[number]): Resolution => ({
      ...toResolution(row),
      opinions: (given.get(`${keyOf(row)}/${row.id}`) ?? []).map(
        ({ meetingId, version, resolutionId, ...opinion }) => opinion,
      ),
    })
    return new Map(keys.map(key => [keyOf(key), (byVersion.get(keyOf(key)) ?? []).map(read)]))
  },

  /** The agenda of each version in its order. */
  async items(tx: Tx, keys: readonly VersionKey[]): Promise<Map<string, AgendaItem[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('meetingItem')
      .select([...ofVersion, ...itemColumns])
      .where(isOf(keys))
      .orderBy('n')
      .execute()
    const byVersion = Map.groupBy(rows, keyOf)
    const read = ({ title, discussion, outcome }: AgendaItem): AgendaItem => ({ title, discussion, outcome })
    return new Map(keys.map(key => [keyOf(key), (byVersion.get(keyOf(key)) ?? []).map(read)]))
  },

  /** A version whole, as a use case needs it. */
  async content(tx: Tx, key: VersionKey, maximum: number): Promise<MeetingContent | null> {
    const version = await sqlOf(tx)
      .selectFrom('meetingVersion')
      .select(versionColumns)
      .where('meetingId', '=', key.meetingId)
      .where('version', '=', key.version)
      .executeTakeFirst()
    if (!version) return null
    const people = (await this.people(tx, [key], { size: maximum, from: null, backwards: false })).get(keyOf(key)) ?? []
    const resolutions = (await this.resolutions(tx, [key])).get(keyOf(key)) ?? []
    const items = (await this.items(tx, [key])).get(keyOf(key)) ?? []
    return { ...version, people, items, resolutions }
  },

  async insert(tx: Tx, meeting: Meeting & { countyId: string }): Promise<void> {
    await sqlOf(tx).insertInto('meeting').values(meeting).execute()
  },

  async update(tx: Tx, { id, state, heldOn, version, revision, startsAt, cancelReason }: Meeting): Promise<void> {
    await sqlOf(tx)
      .updateTable('meeting')
      .set({ state, heldOn, version, revision, startsAt, cancelReason })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  /** A draft with all that it says; what is closed is kept by the database itself. */
  async deleteDraft(tx: Tx, { id, version }: Meeting): Promise<void> {
    const key = { meetingId: id, version }
    await clear(tx, key)
    await tx.meetingVersion.delete({ where: { meetingId_version: key } })
    await tx.meeting.delete({ where: { id } })
  },

  /** Writes what a version says, instead of what it said while it was a draft; closed, it can be written no more. */
  async writeVersion(tx: Tx, written: WrittenVersion, content: MeetingContent): Promise<void> {
    const { closedAt, ...row } = written
    const { meetingId, version, countyId, orgId, contentHash, writtenBy } = row
    const key = { meetingId, version }
    const { heldOn, place, agenda, minutes, everybody, due, present } = content
    const says = { heldOn, place, agenda, minutes, everybody, due, present }
    const db = sqlOf(tx)
    await clear(tx, key)
    await db
      .insertInto('meetingVersion')
      .values({ ...row, ...says })
      .onConflict(found => found.columns(ofVersion).doUpdateSet({ ...says, contentHash, writtenBy }))
      .execute()
    const at = { ...key, countyId, orgId }
    const people = content.people.map(person => ({ ...at, ...fromPerson(person) }))
    const resolutions = content.resolutions.map((resolution, i) => ({ ...at, n: i + 1, ...fromResolution(resolution) }))
    const opinions = content.resolutions.flatMap(resolution =>
      resolution.opinions.map(opinion => ({ ...at, resolutionId: resolution.id, ...opinion })),
    )
    const items = content.items.map((item, i) => ({ ...at, n: i + 1, ...item }))
    if (items.length > 0) await insertBatch(db, 'meetingItem', [...placeColumns, ...itemColumns, 'n'], items).execute()
    if (people.length > 0)
      await insertBatch(db, 'meetingPerson', [...placeColumns, ...personColumns, 'due'], people).execute()
    if (resolutions.length > 0)
      await insertBatch(db, 'meetingResolution', [...placeColumns, ...resolutionColumns, 'n'], resolutions).execute()
    if (opinions.length > 0)
      await insertBatch(db, 'meetingOpinion', [...placeColumns, 'resolutionId', ...opinionColumns], opinions).execute()
    if (closedAt) await tx.meetingVersion.update({ where: { meetingId_version: key }, data: { closedAt } })
  },
}
