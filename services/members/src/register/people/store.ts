import type { Tx } from '../../work.ts'
import type { Member, PersonKind } from './member.ts'

type Row = NonNullable<Awaited<ReturnType<Tx['member']['findFirst']>>>

const day = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null
const toDate = (text: string | null): Date | null => (text ? new Date(`${text}T00:00:00Z`) : null)

export const toMember = (row: Row): Member => ({
  id: row.id,
  orgId: row.orgId,
  name: row.name,
  nameKey: row.nameKey,
  sex: row.sex,
  ethnicity: row.ethnicity,
  birthDate: day(row.birthDate) as string,
  education: row.education,
  kind: row.kind as PersonKind,
  appliedOn: day(row.appliedOn),
  activistSince: day(row.activistSince),
  candidateSince: day(row.candidateSince),
  joinedOn: day(row.joinedOn),
  fullMemberSince: day(row.fullMemberSince),
  talkHeldOn: day(row.talkHeldOn),
  lastReviewOn: day(row.lastReviewOn),
  post: row.post,
  idNumberMasked: row.idNumberMasked,
  phoneMasked: row.phoneMasked,
  duesCategory: row.duesCategory,
  duesBaseFen: row.duesBaseFen,
  floating: row.floating,
  lostContact: row.lostContact,
  leftOn: day(row.leftOn),
  knownOn: day(row.knownOn) as string,
  version: Number(row.version),
})

/** Numbers as they are kept: sealed, hashed with the county's key, masked for lists. */
export type SealedNumbers = Pick<
  Row,
  'idNumberSealed' | 'idNumberHash' | 'idNumberMasked' | 'phoneSealed' | 'phoneHash' | 'phoneMasked'
>

/** The six and nothing else: the rest of a row, spread over a changed record, would put the old values back into it. */
const toNumbers = (row: Row): SealedNumbers => ({
  idNumberSealed: row.idNumberSealed,
  idNumberHash: row.idNumberHash,
  idNumberMasked: row.idNumberMasked,
  phoneSealed: row.phoneSealed,
  phoneHash: row.phoneHash,
  phoneMasked: row.phoneMasked,
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
    return (await tx.member.findMany({ where: { countyId, id: { in: [...ids] } } })).map(toMember)
  },

  /** Whether an open case decides where each of these people stands; rows that say so already stay. */
  async setDecidedByCase(tx: Tx, countyId: string, people: readonly { id: string; decided: boolean }[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `update member m set decided_by_case = w.decided from jsonb_to_recordset($2::jsonb) as w (id uuid, decided boolean)
       where m.id = w.id and m.county_id = $1::uuid and m.decided_by_case <> w.decided`,
      countyId,
      JSON.stringify(people),
    )
  },

  async versionsOf(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<{ id: string; version: bigint }[]>`
      select id, version from member where county_id = ${countyId}::uuid and id = any (${[...ids]}::uuid[])`
    return new Map(rows.map(({ id, version }) => [id, Number(version)]))
  },

  /** Whose ID number it is, among the people whom the actor sees; the same steps whether or not there is one. */
  async idByIdNumberHash(tx: Tx, hash: Uint8Array): Promise<string | null> {
    const [row] = await tx.$queryRaw<{ id: string | null }[]>`
      select app.member_by_id_number(${new Uint8Array(hash)}) as id`
    return row?.id ?? null
  },

  /** Moves the file of somebody who left to where they come back. @returns null where no such file is in the county */
  async takeBack(tx: Tx, hash: Uint8Array, orgId: string): Promise<string | null> {
    const [row] = await tx.$queryRaw<{ id: string | null }[]>`
      select app.take_back_member(${new Uint8Array(hash)}, ${orgId}::uuid) as id`
    return row?.id ?? null
  },

  /** Keeps the time that a person was away, before the leaving is taken from their row. */
  async endAbsence(
    tx: Tx,
    memberId: string,
    endedOn: string,
    endedBy: Absence['endedBy'],
    reason: string | null,
  ): Promise<void> {
    await tx.$executeRaw`
      insert into member_absence (county_id, org_id, member_id, left_on, left_reason, ended_on, ended_by, end_reason)
      select county_id, org_id, id, left_on, left_reason, ${endedOn}::date, ${endedBy}, ${reason} from member where id = ${memberId}::uuid`
  },

  /** The newest `absencesAtMost` of each person. */
  async absencesOf(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<Map<string, Absence[]>> {
    const rows = await tx.$queryRaw<(Absence & { memberId: string })[]>`
      select p.id as "memberId", a.* from unnest(${[...memberIds]}::uuid[]) as p (id) cross join lateral (
        select left_on::text as "leftOn", left_reason as "leftReason", ended_on::text as "endedOn", ended_by as "endedBy",
          end_reason as "endReason" from member_absence where member_id = p.id and county_id = ${countyId}::uuid
        order by id desc limit ${absencesAtMost}) a`
    return Map.groupBy(rows, row => row.memberId)
  },

  /** Counts one more look at whole numbers. @returns how many the account has taken since each of the moments, this one too */
  async countLook(tx: Tx, countyId: string, accountId: string, now: Date, since: readonly Date[]): Promise<number[]> {
    const held = () => memberStore.looksSince(tx, accountId, since)
    await held()
    await tx.$executeRaw`delete from id_number_look where account_id = ${accountId}::uuid
      and looked_at < (select min(s) from unnest(${[...since]}::timestamptz[]) as s)`
    await tx.$executeRaw`
      insert into id_number_look (county_id, account_id, looked_at) values (${countyId}::uuid, ${accountId}::uuid, ${now})`
    return held()
  },

  /** How many looks an account has taken since each of these moments. Its next look waits until the transaction ends. */
  async looksSince(tx: Tx, accountId: string, since: readonly Date[]): Promise<number[]> {
    // Looks of one moment wait for each other here, or each would miss the others.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`id-number-look/${accountId}`}, 0))::text`
    const rows = await tx.$queryRaw<{ n: bigint }[]>`
      select (select count(*) from id_number_look l where l.account_id = ${accountId}::uuid and l.looked_at > s.at) as n
      from unnest(${[...since]}::timestamptz[]) with ordinality as s (at, place) order by s.place`
    return rows.map(({ n }) => Number(n))
  },

  /** Locks the row until the transaction ends; with the numbers as they are kept. */
  async lock(
    tx: Tx,
    countyId: string,
    id: string,
  ): Promise<{ member: Member; numbers: SealedNumbers; contentHash: Uint8Array; decidedByCase: boolean } | null> {
    await tx.$queryRaw`select 1 from member where id = ${id}::uuid and county_id = ${countyId}::uuid for update`
    const row = await tx.member.findFirst({ where: { id, countyId } })
    if (!row) return null
    const { contentHash, decidedByCase } = row
    return { member: toMember(row), numbers: toNumbers(row), contentHash, decidedByCase }
  },

  async numbersOf(tx: Tx, countyId: string, id: string): Promise<SealedNumbers | null> {
    const row = await tx.member.findFirst({ where: { id, countyId } })
    return row && toNumbers(row)
  },

  async insert(
    tx: Tx,
    countyId: string,
    member: Member,
    numbers: SealedNumbers,
    contentHash: Uint8Array,
  ): Promise<void> {
    await tx.member.create({
      data: { countyId, ...columns(member), ...numbers, contentHash: new Uint8Array(contentHash) },
    })
  },

  async update(
    tx: Tx,
    member: Member,
    numbers: SealedNumbers,
    contentHash: Uint8Array,
    leftReason?: string | null,
  ): Promise<void> {
    const { id, ...rest } = columns(member)
    await tx.member.update({
      where: { id },
      data: {
        ...rest,
        ...numbers,
        contentHash: new Uint8Array(contentHash),
        ...(leftReason === undefined ? {} : { leftReason }),
      },
    })
  },

  /** Publishes that people were changed in this transaction; their rows become the events. */
  async publish(tx: Tx, ids: readonly string[], type: string, traceparent: string | null): Promise<void> {
    await tx.$executeRaw`call app.tell_of_members(${[...ids]}::uuid[], ${type}, ${traceparent})`
  },

  async countOrganisations(tx: Tx, countyId: string, underOrgIds: string[] | null): Promise<number> {
    const [row] = await tx.$queryRaw<{ n: bigint }[]>`
      select count(distinct n.id) as n from org_node n where n.county_id = ${countyId}::uuid
        and (${underOrgIds}::uuid[] is null or exists (select from org_node g where g.id = any (${underOrgIds}::uuid[]) and n.path <@ g.path))`
    return Number(row?.n ?? 0)
  },

  async kindOfOrganisation(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.$queryRaw<{ kind: string }[]>`select kind from org_node where id = ${id}::uuid`
    return row?.kind ?? null
  },
}

const columns = (member: Member) => ({
  ...member,
  birthDate: toDate(member.birthDate) as Date,
  appliedOn: toDate(member.appliedOn),
  activistSince: toDate(member.activistSince),
  candidateSince: toDate(member.candidateSince),
  joinedOn: toDate(member.joinedOn),
  fullMemberSince: toDate(member.fullMemberSince),
  talkHeldOn: toDate(member.talkHeldOn),
  lastReviewOn: toDate(member.lastReviewOn),
  leftOn: toDate(member.leftOn),
  knownOn: toDate(member.knownOn) as Date,
  version: BigInt(member.version),
})
