import { anyOf, batchOf } from '@linghang/database'
import { sql } from 'kysely'
import { type Row, sqlOf, type Tx } from '../../work.ts'
import type { Member } from './member.ts'

/** What a `Member` is made of, by `toMember`. */
export const memberKeys = [
  ...(['id', 'orgId', 'name', 'nameKey', 'sex', 'ethnicity', 'birthDate', 'education', 'kind', 'appliedOn'] as const),
  ...(['activistSince', 'candidateSince', 'joinedOn', 'fullMemberSince', 'talkHeldOn', 'lastReviewOn'] as const),
  ...(['post', 'idNumberMasked', 'phoneMasked', 'duesCategory', 'duesBaseFen', 'floating', 'lostContact'] as const),
  ...(['leftOn', 'knownOn', 'version'] as const),
]

export const toMember = (row: Row<'member', (typeof memberKeys)[number]>): Member => ({
  ...row,
  version: Number(row.version),
})

const numberKeys = [
  ...(['idNumberSealed', 'idNumberHash', 'idNumberMasked', 'phoneSealed', 'phoneHash', 'phoneMasked'] as const),
]

/** Numbers as they are kept: sealed, hashed with the county's key, masked for lists. */
export type SealedNumbers = Row<'member', (typeof numberKeys)[number]>

const personOf = (tx: Tx, countyId: string, id: string) =>
  sqlOf(tx).selectFrom('member').where('countyId', '=', countyId).where('id', '=', id)

const rowOf = (member: Member, numbers: SealedNumbers, contentHash: Uint8Array) => ({
  ...member,
  ...numbers,
  contentHash,
  version: BigInt(member.version),
})

/** A time in which a person was not in the register; days in Asia/Shanghai. */
export type Absence = {
  leftOn: string
  leftReason: string | null
  endedOn: string
  endedBy: 'UNDONE' | 'RETURNED'
  endReason: string | null
}
const absencesAtMost = 20

/** A penalty that takes rights (留党察看), to its last day. */
export type Penalty = { id: string; fromOn: string; untilOn: string; basis: string; endReason: string | null }
export const penaltiesAtMost = 20

export const memberStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Member[]> {
    const rows = await sqlOf(tx)
      .selectFrom('member')
      .select(memberKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute()
    return rows.map(toMember)
  },

  /** Whether an open case decides where each of these people stands; rows that say so already stay. */
  async setDecidedByCase(tx: Tx, countyId: string, people: readonly { id: string; decided: boolean }[]): Promise<void> {
    const said = people.map(({ id, decided }) => ({ id, decidedByCase: decided }))
    await sqlOf(tx)
      .updateTable('member')
      .from(batchOf('member', said))
      .set(({ ref }) => ({ decidedByCase: ref('batch.decidedByCase') }))
      .whereRef('member.id', '=', 'batch.id')
      .where('member.countyId', '=', countyId)
      .whereRef('member.decidedByCase', '<>', 'batch.decidedByCase')
      .execute()
  },

  async versionsOf(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('member')
      .select(['id', 'version'])
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute()
    return new Map(rows.map(({ id, version }) => [id, Number(version)]))
  },

  /** Whose ID number it is, among the people whom the actor sees; the same steps whether or not there is one. */
  async idByIdNumberHash(tx: Tx, hash: Uint8Array): Promise<string | null> {
    const { rows } = await sql<{ id: string | null }>`select app.member_by_id_number(${hash}) as id`.execute(sqlOf(tx))
    return rows[0]?.id ?? null
  },

  /** Moves the file of somebody who left to where they come back. @returns null where no such file is in the county */
  async takeBack(tx: Tx, hash: Uint8Array, orgId: string): Promise<string | null> {
    const { rows } = await sql<{ id: string | null }>`
      select app.take_back_member(${hash}, ${orgId}::uuid) as id`.execute(sqlOf(tx))
    return rows[0]?.id ?? null
  },

  /** Keeps the time that a person was away, before the leaving is taken from their row. */
  async endAbsence(
    tx: Tx,
    memberId: string,
    endedOn: string,
    endedBy: Absence['endedBy'],
    reason: string | null,
  ): Promise<void> {
    await sqlOf(tx)
      .insertInto('memberAbsence')
      .columns(['countyId', 'orgId', 'memberId', 'leftOn', 'leftReason', 'endedOn', 'endedBy', 'endReason'])
      .expression(db =>
        db
          .selectFrom('member')
          .select(['countyId', 'orgId', 'id', 'leftOn', 'leftReason'])
          .select([
            sql`${endedOn}::date`.as('endedOn'),
            sql`${endedBy}::text`.as('endedBy'),
            sql`${reason}::text`.as('endReason'),
          ])
          .where('id', '=', memberId),
      )
      .execute()
  },

  /** The newest `absencesAtMost` of each person. */
  async absencesOf(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<Map<string, Absence[]>> {
    const rows = await sqlOf(tx)
      .selectFrom(sql<{ id: string }>`unnest(${memberIds}::uuid[])`.as<'person'>(sql`person (id)`))
      .crossJoinLateral(db =>
        db
          .selectFrom('memberAbsence')
          .select(['leftOn', 'leftReason', 'endedOn', 'endedBy', 'endReason'])
          .whereRef('memberId', '=', 'person.id')
          .where('countyId', '=', countyId)
          .orderBy('id', 'desc')
          .limit(absencesAtMost)
          .as('absence'),
      )
      .select('person.id as memberId')
      .selectAll('absence')
      .execute()
    return Map.groupBy(rows, row => row.memberId)
  },

  /** Counts one more look at whole numbers. @returns how many the account has taken since each of the moments, this one too */
  async countLook(tx: Tx, countyId: string, accountId: string, now: Date, since: readonly Date[]): Promise<number[]> {
    const held = () => memberStore.looksSince(tx, accountId, since)
    await held()
    const earliest = new Date(Math.min(...since.map(moment => moment.getTime())))
    await sqlOf(tx)
      .deleteFrom('idNumberLook')
      .where('accountId', '=', accountId)
      .where('lookedAt', '<', earliest)
      .execute()
    await sqlOf(tx).insertInto('idNumberLook').values({ countyId, accountId, lookedAt: now }).execute()
    return held()
  },

  /** How many looks an account has taken since each of these moments. Its next look waits until the transaction ends. */
  async looksSince(tx: Tx, accountId: string, since: readonly Date[]): Promise<number[]> {
    // Looks of one moment wait for each other here, or each would miss the others.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`id-number-look/${accountId}`}, 0))::text`.execute(
      sqlOf(tx),
    )
    const { rows } = await sql<{ n: bigint }>`
      select (select count(*) from id_number_look l where l.account_id = ${accountId}::uuid and l.looked_at > s.at) as n
      from unnest(${since}::timestamptz[]) with ordinality as s (at, place) order by s.place`.execute(sqlOf(tx))
    return rows.map(({ n }) => Number(n))
  },

  /** Locks the row until the transaction ends; with the numbers as they are kept. */
  async lock(
    tx: Tx,
    countyId: string,
    id: string,
  ): Promise<{ member: Member; numbers: SealedNumbers; contentHash: Uint8Array; decidedByCase: boolean } | null> {
    await personOf(tx, countyId, id).select('id').forUpdate().execute()
    const row = await personOf(tx, countyId, id)
      .select([...memberKeys, ...numberKeys, 'contentHash', 'decidedByCase'])
      .executeTakeFirst()
    if (!row) return null
    // Each part without the others: what is spread over a changed record would put old values back into it.
    const { contentHash, decidedByCase, idNumberSealed, idNumberHash, phoneSealed, phoneHash, ...person } = row
    const { idNumberMasked, phoneMasked } = person
    const numbers = { idNumberSealed, idNumberHash, idNumberMasked, phoneSealed, phoneHash, phoneMasked }
    return { member: toMember(person), numbers, contentHash, decidedByCase }
  },

  async numbersOf(tx: Tx, countyId: string, id: string): Promise<SealedNumbers | null> {
    return (await personOf(tx, countyId, id).select(numberKeys).executeTakeFirst()) ?? null
  },

  async insert(
    tx: Tx,
    countyId: string,
    member: Member,
    numbers: SealedNumbers,
    contentHash: Uint8Array,
  ): Promise<void> {
    await sqlOf(tx)
      .insertInto('member')
      .values({ countyId, ...rowOf(member, numbers, contentHash) })
      .execute()
  },

  async update(
    tx: Tx,
    member: Member,
    numbers: SealedNumbers,
    contentHash: Uint8Array,
    leftReason?: string | null,
  ): Promise<void> {
    const { id, ...changed } = rowOf(member, numbers, contentHash)
    await sqlOf(tx)
      .updateTable('member')
      .set({ ...changed, leftReason })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  /** Publishes that people were changed in this transaction; their rows become the events. */
  async publish(tx: Tx, ids: readonly string[], type: string, traceparent: string | null): Promise<void> {
    await sql`call app.tell_of_members(${ids}::uuid[], ${type}, ${traceparent})`.execute(sqlOf(tx))
  },

  async countOrganisations(tx: Tx, countyId: string, underOrgIds: string[] | null): Promise<number> {
    const { n } = await sqlOf(tx)
      .selectFrom('orgNode as below')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .where('below.countyId', '=', countyId)
      .$if(underOrgIds !== null, found =>
        found.where(({ exists, selectFrom }) =>
          exists(
            selectFrom('orgNode as root')
              .select('root.id')
              .where('root.id', '=', anyOf(underOrgIds ?? []))
              .where('below.path', sql`<@`, ({ ref }) => ref('root.path')),
          ),
        ),
      )
      .executeTakeFirstOrThrow()
    return Number(n)
  },

  async kindOfOrganisation(tx: Tx, id: string): Promise<string | null> {
    const found = await tx.orgNode.findUnique({ where: { id }, select: { kind: true } })
    return found?.kind ?? null
  },
}
