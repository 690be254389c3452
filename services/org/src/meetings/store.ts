import { type Stretch, walkOf } from '@linghang/subgraph'
import { Prisma } from '../../prisma/client/client.ts'
import type { Tx } from '../work.ts'
import {
  keyOf,
  type Meeting,
  type MeetingContent,
  type MeetingFilter,
  type MeetingVersion,
  type Opinion,
  type Person,
  type Registered,
  type Resolution,
  type VersionKey,
} from './meeting.ts'
import {
  date,
  day,
  type PersonRow,
  personColumns,
  type RegisteredRow,
  type ResolutionRow,
  resolutionColumns,
  toMeeting,
  toPerson,
  toRegistered,
  toResolution,
  toVersion,
} from './rows.ts'

type VersionedPersonRow = PersonRow & VersionKey
export type WrittenVersion = VersionKey & {
  countyId: string
  orgId: string
  reason: string | null
  contentHash: Uint8Array<ArrayBuffer>
  writtenBy: string | null
  closedAt: Date | null
}

export const meetingStore = {
  /** Who was on the register of these organisations on a day; standing null where it is not known here yet. */
  async register(
    tx: Tx,
    orgId: string,
    onDay: string,
    people: readonly string[] | null,
  ): Promise<{ known: Registered[]; unknown: number }> {
    const rows = await tx.$queryRaw<RegisteredRow[]>`
      select b.member_id, b.standing, b.known_on, b.suspended_since from app.belonged_on(
        array(select n.id from org_node n join org_node g on n.path <@ g.path where g.id = ${orgId}::uuid),
        ${onDay}::date, ${people === null ? null : [...people]}::uuid[]) b
      order by b.member_id`
    const known = rows.flatMap(toRegistered)
    return { known, unknown: rows.length - known.length }
  },

  /** Of these people, those who held an office of the organisation on a day and were registered elsewhere in the county. */
  async officersFromOutside(tx: Tx, orgId: string, onDay: string, people: readonly string[]): Promise<Registered[]> {
    const rows = await tx.$queryRaw<RegisteredRow[]>`
      select * from app.officers_from_outside(${orgId}::uuid, ${onDay}::date, ${[...people]}::uuid[]) order by member_id`
    return rows.flatMap(toRegistered)
  },

  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Meeting[]> {
    return (await tx.meeting.findMany({ where: { countyId, id: { in: [...ids] } } })).map(toMeeting)
  },

  async lock(tx: Tx, countyId: string, id: string): Promise<Meeting | null> {
    await tx.$queryRaw`select 1 from meeting where id = ${id}::uuid and county_id = ${countyId}::uuid for update`
    return (await this.byIds(tx, countyId, [id]))[0] ?? null
  },

  /** The first `size` + 1 meetings of a stretch of each organisation's, newest first; one statement for all. */
  async atOrganisations(
    tx: Tx,
    countyId: string,
    orgIds: readonly string[],
    filter: MeetingFilter,
    stretch: Stretch,
  ): Promise<Map<string, Meeting[]>> {
    const { past, order } = walkOf(stretch, true)
    const [heldOn = null, id = null] = stretch.from ?? []
    const rows = await tx.$queryRaw<{ org_id: string; id: string }[]>`
      select p.id as org_id, m.id from unnest(${[...orgIds]}::uuid[]) as p (id)
      cross join lateral (
        select id, held_on from meeting where org_id = p.id
          and (${filter.kind}::text is null or kind = ${filter.kind})
          and (${filter.from}::date is null or held_on >= ${filter.from}::date)
          and (${filter.to}::date is null or held_on <= ${filter.to}::date)
          and (${heldOn === null} or (held_on, id) ${Prisma.raw(past)} (${heldOn}::date, ${id}::uuid))
        order by held_on ${Prisma.raw(order)}, id ${Prisma.raw(order)} limit ${stretch.size + 1}
      ) m order by m.held_on ${Prisma.raw(order)}, m.id ${Prisma.raw(order)}`
    const found = await this.byIds(
      tx,
      countyId,
      rows.map(row => row.id),
    )
    const meetings = new Map(found.map(meeting => [meeting.id, meeting]))
    const byOrganisation = Map.groupBy(rows, row => row.org_id)
    return new Map(orgIds.map(id => [id, (byOrganisation.get(id) ?? []).flatMap(row => meetings.get(row.id) ?? [])]))
  },

  async countAtOrganisations(tx: Tx, orgIds: readonly string[], filter: MeetingFilter): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<{ org_id: string; n: bigint }[]>`
      select org_id, count(*) as n from meeting where org_id = any (${[...orgIds]}::uuid[])
        and (${filter.kind}::text is null or kind = ${filter.kind})
        and (${filter.from}::date is null or held_on >= ${filter.from}::date)
        and (${filter.to}::date is null or held_on <= ${filter.to}::date)
      group by org_id`
    return new Map(rows.map(row => [row.org_id, Number(row.n)]))
  },

  /** The version of each of these meetings that counts. */
  async currentVersions(tx: Tx, meetings: readonly Meeting[]): Promise<MeetingVersion[]> {
    const OR = meetings.map(({ id, version }) => ({ meetingId: id, version }))
    return (await tx.meetingVersion.findMany({ where: { OR } })).map(toVersion)
  },

  /** All versions of these meetings, the newest first. */
  async versions(tx: Tx, meetingIds: readonly string[]): Promise<MeetingVersion[]> {
    const rows = await tx.meetingVersion.findMany({
      where: { meetingId: { in: [...meetingIds] } },
      orderBy: { version: 'desc' },
    })
    return rows.map(toVersion)
  },

  /** The `size` + 1 people of a stretch of each version's; one statement for all. */
  async people(tx: Tx, keys: readonly VersionKey[], stretch: Stretch): Promise<Map<string, Person[]>> {
    const { past, order } = walkOf(stretch)
    const [from = null] = stretch.from ?? []
    const wanted = JSON.stringify(keys)
    const rows = await tx.$queryRaw<VersionedPersonRow[]>`
      select p.* from jsonb_to_recordset(${wanted}::jsonb) as w ("meetingId" uuid, version int)
      cross join lateral (
        select meeting_id as "meetingId", version, member_id as "memberId", standing, exception, exception_since as "exceptionSince",
          exception_note as "exceptionNote", consent_by as "consentBy", consent_on as "consentOn", attendance, leave_reason as "leaveReason"
        from meeting_person where meeting_id = w."meetingId" and version = w.version
          and (${from}::uuid is null or member_id ${Prisma.raw(past)} ${from}::uuid)
        order by member_id ${Prisma.raw(order)} limit ${stretch.size + 1}
      ) p order by p."memberId" ${Prisma.raw(order)}`
    const byVersion = Map.groupBy(rows, keyOf)
    return new Map(keys.map(key => [keyOf(key), (byVersion.get(keyOf(key)) ?? []).map(row => toPerson(row))]))
  },

  async countPeople(tx: Tx, keys: readonly VersionKey[]): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<(VersionKey & { n: bigint })[]>`
      select meeting_id as "meetingId", version, count(*) as n from meeting_person
      where (meeting_id, version) in (
        select "meetingId", version from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w ("meetingId" uuid, version int))
      group by meeting_id, version`
    return new Map(rows.map(row => [keyOf(row), Number(row.n)]))
  },

  /** The resolutions of each version in their order, with the written opinions. Two statements, whatever their number. */
  async resolutions(tx: Tx, keys: readonly VersionKey[]): Promise<Map<string, Resolution[]>> {
    const OR = keys.map(({ meetingId, version }) => ({ meetingId, version }))
    const rows = await tx.meetingResolution.findMany({ where: { OR }, orderBy: { n: 'asc' } })
    const opinions = await tx.meetingOpinion.findMany({ where: { OR }, orderBy: { memberId: 'asc' } })
    const byResolution = Map.groupBy(opinions, row => `${keyOf(row)}/${row.resolutionId}`)
    const opinionsOf = (row: ResolutionRow): Opinion[] =>
      (byResolution.get(`${keyOf(row)}/${row.id}`) ?? []).map(({ memberId, inFavour, receivedOn, beforeOpening }) => ({
        memberId,
        inFavour,
        receivedOn: day(receivedOn),
        beforeOpening,
      }))
    const byVersion = Map.groupBy(rows, keyOf)
    return new Map(
      keys.map(key => [
        keyOf(key),
        (byVersion.get(keyOf(key)) ?? []).map(row => ({ ...toResolution(row), opinions: opinionsOf(row) })),
      ]),
    )
  },

  /** A version whole, as a use case needs it. */
  async content(tx: Tx, key: VersionKey, maximum: number): Promise<MeetingContent | null> {
    const row = await tx.meetingVersion.findUnique({ where: { meetingId_version: key } })
    if (!row) return null
    const people = (await this.people(tx, [key], { size: maximum, from: null, backwards: false })).get(keyOf(key)) ?? []
    const resolutions = (await this.resolutions(tx, [key])).get(keyOf(key)) ?? []
    return { ...toVersion(row), people, resolutions }
  },

  async insert(tx: Tx, meeting: Meeting & { countyId: string }): Promise<void> {
    await tx.meeting.create({ data: { ...meeting, heldOn: date(meeting.heldOn) } })
  },

  async update(tx: Tx, { id, state, heldOn, version, revision }: Meeting): Promise<void> {
    await tx.meeting.update({ where: { id }, data: { state, heldOn: date(heldOn), version, revision } })
  },

  /** A draft with all that it says; what is closed is kept by the database itself. */
  async deleteDraft(tx: Tx, { id, version }: Meeting): Promise<void> {
    const key = { meetingId: id, version }
    await tx.meetingOpinion.deleteMany({ where: key })
    await tx.meetingResolution.deleteMany({ where: key })
    await tx.meetingPerson.deleteMany({ where: key })
    await tx.meetingVersion.delete({ where: { meetingId_version: key } })
    await tx.meeting.delete({ where: { id } })
  },

  /** Writes what a version says, instead of what it said while it was a draft; closed, it can be written no more. */
  async writeVersion(tx: Tx, written: WrittenVersion, content: MeetingContent): Promise<void> {
    const { meetingId, version, closedAt, ...row } = written
    const key = { meetingId, version }
    const says = {
      heldOn: date(content.heldOn),
      place: content.place,
      agenda: content.agenda,
      minutes: content.minutes,
      due: content.due,
      present: content.present,
    }
    await tx.meetingOpinion.deleteMany({ where: key })
    await tx.meetingResolution.deleteMany({ where: key })
    await tx.meetingPerson.deleteMany({ where: key })
    await tx.meetingVersion.upsert({
      where: { meetingId_version: key },
      create: { ...key, ...row, ...says },
      update: { ...says, contentHash: row.contentHash, writtenBy: row.writtenBy },
    })
    const { countyId, orgId } = row
    const place = { ...key, countyId, orgId }
    await tx.meetingPerson.createMany({ data: content.people.map(person => ({ ...place, ...personColumns(person) })) })
    await tx.meetingResolution.createMany({
      data: content.resolutions.map((resolution, i) => ({ ...place, n: i + 1, ...resolutionColumns(resolution) })),
    })
    await tx.meetingOpinion.createMany({
      data: content.resolutions.flatMap(({ id, opinions }) =>
        opinions.map(opinion => ({ ...place, resolutionId: id, ...opinion, receivedOn: date(opinion.receivedOn) })),
      ),
    })
    if (closedAt) await tx.meetingVersion.update({ where: { meetingId_version: key }, data: { closedAt } })
  },
}
