import type { RawTx } from '@linghang/access'
import { anyOf, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import { type Dates, kindOn, type Place, type Stay } from './stay.ts'

const dates = [
  ...(['kind', 'appliedOn', 'activistSince', 'candidateSince', 'joinedOn', 'fullMemberSince', 'leftOn'] as const),
]
const key = ['countyId', 'memberId', 'version'] as const

type PlaceRow = Dates & Pick<Place, 'memberId' | 'orgId' | 'orgSince'>

/** Where people belonged, as the register has told. */
export const peopleStore = {
  /** @returns those that were not known, each with the version before it */
  async write(tx: RawTx, countyId: string, stays: readonly Stay[]): Promise<{ before: Stay | null; after: Stay }[]> {
    const db = sqlOf(tx)
    const rows = stays.map(stay => ({ ...stay, countyId, version: BigInt(stay.version) }))
    const written = await insertBatch(db, 'memberStay', [...key, 'orgId', 'day', ...dates], rows)
      .onConflict(found => found.columns(key).doNothing())
      .returning(['memberId', 'version'])
      .execute()
    if (written.length === 0) return []
    const isNew = new Set(written.map(({ memberId, version }) => `${memberId}/${version}`))
    const all = await db
      .selectFrom('memberStay')
      .select(['memberId', 'version', 'orgId', 'day', ...dates])
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf([...new Set(written.map(({ memberId }) => memberId))]))
      .orderBy('memberId')
      .orderBy('version')
      .execute()
    const told = all.map(row => ({ ...row, version: Number(row.version) }))
    return told.flatMap((after, i) => {
      const earlier = told[i - 1]
      const before = earlier?.memberId === after.memberId ? earlier : null
      return isNew.has(`${after.memberId}/${after.version}`) ? [{ before, after }] : []
    })
  },

  /**
   * Where each of these people belonged on a day, as what and since when; who was not in the register is left out. What they
   * were follows from the dates that are known of them today; where they belonged, from what was told by that day, or first.
   */
  async at(tx: RawTx, countyId: string, memberIds: readonly string[], day: string): Promise<Map<string, Place>> {
    const { rows } = await sql<PlaceRow>`
      select then_at.member_id, then_at.org_id, came.day as org_since, newest.kind, newest.applied_on, newest.activist_since,
        newest.candidate_since, newest.joined_on, newest.full_member_since, newest.left_on
      from unnest(${memberIds}::uuid[]) asked (id)
      cross join lateral (
        select s.member_id, s.org_id, s.version from member_stay s
        where s.county_id = ${countyId}::uuid and s.member_id = asked.id
        order by (s.day <= ${day}::date) desc, case when s.day <= ${day}::date then s.version end desc, s.version limit 1
      ) then_at
      cross join lateral (
        select s.* from member_stay s where s.county_id = ${countyId}::uuid and s.member_id = asked.id
        order by s.version desc limit 1
      ) newest
      left join lateral (
        select s.version from member_stay s
        where s.county_id = ${countyId}::uuid and s.member_id = asked.id and s.version < then_at.version
          and s.org_id <> then_at.org_id
        order by s.version desc limit 1
      ) elsewhere on true
      left join lateral (
        select s.day from member_stay s
        where s.county_id = ${countyId}::uuid and s.member_id = asked.id and s.version > elsewhere.version
        order by s.version limit 1
      ) came on true`.execute(sqlOf(tx))
    return new Map(
      rows.flatMap(({ memberId, orgId, orgSince, ...known }) => {
        const standing = kindOn(known, day)
        if (!standing) return []
        return [[memberId, { memberId, orgId, orgSince, kind: standing.kind, kindSince: standing.since }] as const]
      }),
    )
  },

  /** Whoever has ever belonged to these organisations: `at` says whether they did on a day. */
  async everAt(tx: RawTx, countyId: string, orgIds: readonly string[]): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('memberStay')
      .select('memberId')
      .distinct()
      .where('countyId', '=', countyId)
      .where('orgId', '=', anyOf(orgIds))
      .orderBy('memberId')
      .execute()
    return rows.map(({ memberId }) => memberId)
  },
}
