import type { Role } from '@linghang/access'
import { type Stretch, walkOf } from '@linghang/subgraph'
import { Prisma } from '../../prisma/client/client.ts'
import type { Tx } from '../deps.ts'
import type { Account, AccountKind, Office } from './office.ts'

const day = (date: Date): string => date.toISOString().slice(0, 10)
const date = (text: string): Date => new Date(`${text}T00:00:00Z`)

type OfficeRow = NonNullable<Awaited<ReturnType<Tx['office']['findFirst']>>>
type AccountRow = NonNullable<Awaited<ReturnType<Tx['account']['findFirst']>>>

const toOffice = (row: OfficeRow): Office => ({
  id: row.id,
  role: row.role as Role,
  orgId: row.orgId,
  accountId: row.accountId,
  startsOn: day(row.startsOn),
  endsOn: row.endsOn && day(row.endsOn),
  endReason: row.endReason,
  appointedBy: row.appointedBy,
})

const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  kind: row.kind as AccountKind,
  issuer: row.issuer,
  subject: row.subject,
  memberId: row.memberId,
  orgId: row.orgId,
  confirmedAt: row.confirmedAt,
  releasedAt: row.releasedAt,
})

export const officeStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Office[]> {
    return (await tx.office.findMany({ where: { countyId, id: { in: [...ids] } } })).map(toOffice)
  },
  async lock(tx: Tx, countyId: string, id: string): Promise<Office | null> {
    await tx.$queryRaw`select 1 from office where id = ${id}::uuid and county_id = ${countyId}::uuid for update`
    const row = await tx.office.findFirst({ where: { id, countyId } })
    return row && toOffice(row)
  },
  /** The organisation of the county that nobody is above; null before there is one. */
  async rootOf(tx: Tx, countyId: string): Promise<string | null> {
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      select id from org_node where county_id = ${countyId}::uuid and superior_id is null order by id limit 1`
    return row?.id ?? null
  },
  async heldBy(tx: Tx, accountIds: readonly string[], today: string): Promise<Office[]> {
    const on = date(today)
    const rows = await tx.office.findMany({
      where: {
        accountId: { in: [...accountIds] },
        startsOn: { lte: on },
        OR: [{ endsOn: null }, { endsOn: { gt: on } }],
      },
      orderBy: { id: 'asc' },
      take: 1_000,
    })
    return rows.map(toOffice)
  },
  /** The `size` + 1 offices of a stretch of each organisation's, newest first; one statement for all. */
  async atOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    today: string,
    history: boolean,
    stretch: Stretch,
  ): Promise<Map<string, Office[]>> {
    const { past, order } = walkOf(stretch, true)
    const [from = null] = stretch.from ?? []
    const rows = await tx.$queryRaw<{ org_id: string; id: string }[]>`
      select p.id as org_id, o.id from unnest(${[...orgIds]}::uuid[]) as p (id)
      cross join lateral (
        select id from office where org_id = p.id and (${history} or (starts_on <= ${today}::date and (ends_on is null or ends_on > ${today}::date)))
          and (${from}::uuid is null or id ${Prisma.raw(past)} ${from}::uuid) order by id ${Prisma.raw(order)} limit ${stretch.size + 1}
      ) o order by o.id ${Prisma.raw(order)}`
    const offices = await tx.office.findMany({ where: { id: { in: rows.map(row => row.id) } } })
    const found = new Map(offices.map(row => [row.id, toOffice(row)]))
    const byOrganisation = Map.groupBy(rows, row => row.org_id)
    return new Map(orgIds.map(id => [id, (byOrganisation.get(id) ?? []).flatMap(row => found.get(row.id) ?? [])]))
  },
  async countAtOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    today: string,
    history: boolean,
  ): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<{ org_id: string; n: bigint }[]>`
      select org_id, count(*) as n from office where org_id = any (${[...orgIds]}::uuid[])
        and (${history} or (starts_on <= ${today}::date and (ends_on is null or ends_on > ${today}::date))) group by org_id`
    return new Map(rows.map(row => [row.org_id, Number(row.n)]))
  },
  /** Offices of an account that have not ended by `today`, those that are yet to start too; held until the transaction ends. */
  async lockOpenOf(tx: Tx, countyId: string, accountId: string, today: string): Promise<Office[]> {
    await tx.$queryRaw`select 1 from office where account_id = ${accountId}::uuid and county_id = ${countyId}::uuid order by id for update`
    const rows = await tx.office.findMany({
      where: { countyId, accountId, OR: [{ endsOn: null }, { endsOn: { gt: date(today) } }] },
      orderBy: { id: 'asc' },
    })
    return rows.map(toOffice)
  },
  async insert(tx: Tx, office: Office & { countyId: string }): Promise<Office> {
    const { startsOn, endsOn, ...rest } = office
    return toOffice(
      await tx.office.create({
        data: { ...rest, startsOn: date(startsOn), endsOn: endsOn === null ? null : date(endsOn) },
      }),
    )
  },
  async end(tx: Tx, id: string, end: { endsOn: string; reason: string; endedBy: string | null }): Promise<Office> {
    return toOffice(
      await tx.office.update({
        where: { id },
        data: { endsOn: date(end.endsOn), endReason: end.reason, endedBy: end.endedBy },
      }),
    )
  },
}

export const accountStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Account[]> {
    return (await tx.account.findMany({ where: { countyId, id: { in: [...ids] } } })).map(toAccount)
  },
  async bySubject(tx: Tx, issuer: string, subject: string): Promise<(Account & { countyId: string }) | null> {
    const row = await tx.account.findFirst({
      where: { issuer, subject, confirmedAt: { not: null }, releasedAt: null },
    })
    return row && { ...toAccount(row), countyId: row.countyId }
  },
  async insert(tx: Tx, account: Account & { countyId: string }): Promise<Account> {
    return toAccount(await tx.account.create({ data: account }))
  },
  async lock(tx: Tx, countyId: string, id: string): Promise<Account | null> {
    await tx.$queryRaw`select 1 from account where id = ${id}::uuid and county_id = ${countyId}::uuid for update`
    const row = await tx.account.findFirst({ where: { id, countyId } })
    return row && toAccount(row)
  },
  async confirm(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.account.update({ where: { id }, data: { confirmedAt: now } })
  },
  async release(tx: Tx, id: string, now: Date, releaseReason: string): Promise<void> {
    await tx.account.update({ where: { id }, data: { releasedAt: now, releaseReason } })
  },
  async memberOrganisation(tx: Tx, memberId: string): Promise<string | null> {
    return (await tx.memberRef.findUnique({ where: { id: memberId } }))?.orgId ?? null
  },
  async county(tx: Tx, id: string): Promise<{ id: string; code: string; name: string } | null> {
    return tx.county.findUnique({ where: { id } })
  },
}
