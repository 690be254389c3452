import type { Tx } from '../deps.ts'
import type { Member, PersonKind } from './member.ts'

type Row = NonNullable<Awaited<ReturnType<Tx['member']['findFirst']>>>

const day = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null
export const toDate = (text: string | null): Date | null => (text ? new Date(`${text}T00:00:00Z`) : null)

const toMember = (row: Row): Member => ({
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
export type MemberFilter = {
  kinds: PersonKind[] | null
  nameStartsWith: string | null
  floating: boolean | null
  lostContact: boolean | null
}

export const memberStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Member[]> {
    return (await tx.member.findMany({ where: { countyId, id: { in: [...ids] } } })).map(toMember)
  },

  async versionsOf(tx: Tx, countyId: string, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<{ id: string; version: bigint }[]>`
      select id, version from member where county_id = ${countyId}::uuid and id = any (${[...ids]}::uuid[])`
    return new Map(rows.map(({ id, version }) => [id, Number(version)]))
  },

  async byIdNumberHash(tx: Tx, countyId: string, hash: Uint8Array): Promise<Member | null> {
    const row = await tx.member.findFirst({ where: { countyId, idNumberHash: new Uint8Array(hash) } })
    return row && toMember(row)
  },

  /** Locks the row until the transaction ends; with the numbers as they are kept. */
  async lock(
    tx: Tx,
    countyId: string,
    id: string,
  ): Promise<{ member: Member; numbers: SealedNumbers; contentHash: Uint8Array } | null> {
    await tx.$queryRaw`select 1 from member where id = ${id}::uuid and county_id = ${countyId}::uuid for update`
    const row = await tx.member.findFirst({ where: { id, countyId } })
    return row && { member: toMember(row), numbers: row, contentHash: row.contentHash }
  },

  async numbersOf(tx: Tx, countyId: string, id: string): Promise<SealedNumbers | null> {
    return tx.member.findFirst({ where: { id, countyId } })
  },

  /** The first `size` + 1 people of each organisation behind `after`, by name; one statement for all, whatever their number. */
  async atOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    filter: MemberFilter,
    size: number,
    after: { nameKey: string; id: string } | null,
  ): Promise<Map<string, Member[]>> {
    const rows = await tx.$queryRaw<{ org_id: string; id: string }[]>`
      select p.id as org_id, m.id from unnest(${[...orgIds]}::uuid[]) as p (id)
      cross join lateral (
        select id, name_key from member
        where org_id = any (case when ${below} then app.orgs_under('{' || p.id || '}') else array[p.id] end) and left_on is null
          and (${filter.kinds}::text[] is null or kind = any (${filter.kinds}::text[]))
          and (${filter.nameStartsWith}::text is null or name ^@ ${filter.nameStartsWith})
          and (${filter.floating}::boolean is null or floating = ${filter.floating})
          and (${filter.lostContact}::boolean is null or lost_contact = ${filter.lostContact})
          and (${after === null} or (name_key, id) > (${after?.nameKey ?? ''}, ${after?.id ?? null}::uuid))
        order by name_key, id limit ${size + 1}
      ) m order by m.name_key, m.id`
    const found = new Map(
      (await tx.member.findMany({ where: { id: { in: rows.map(row => row.id) } } })).map(row => [
        row.id,
        toMember(row),
      ]),
    )
    const byOrganisation = Map.groupBy(rows, row => row.org_id)
    return new Map(orgIds.map(id => [id, (byOrganisation.get(id) ?? []).flatMap(row => found.get(row.id) ?? [])]))
  },

  async countAtOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    filter: MemberFilter,
  ): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<{ org_id: string; n: bigint }[]>`
      select p.id as org_id, m.n from unnest(${[...orgIds]}::uuid[]) as p (id)
      cross join lateral (
        select count(*) as n from member
        where org_id = any (case when ${below} then app.orgs_under('{' || p.id || '}') else array[p.id] end) and left_on is null
          and (${filter.kinds}::text[] is null or kind = any (${filter.kinds}::text[]))
          and (${filter.nameStartsWith}::text is null or name ^@ ${filter.nameStartsWith})
          and (${filter.floating}::boolean is null or floating = ${filter.floating})
          and (${filter.lostContact}::boolean is null or lost_contact = ${filter.lostContact})
      ) m`
    return new Map(rows.map(row => [row.org_id, Number(row.n)]))
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

  async update(tx: Tx, member: Member, contentHash: Uint8Array, leftReason?: string): Promise<void> {
    const { id, ...rest } = columns(member)
    await tx.member.update({
      where: { id },
      data: { ...rest, contentHash: new Uint8Array(contentHash), ...(leftReason === undefined ? {} : { leftReason }) },
    })
  },

  /** Tells of people who were changed in this transaction; their rows become the events. */
  async tell(tx: Tx, ids: readonly string[], type: string, traceparent: string | null): Promise<void> {
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
