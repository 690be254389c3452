import type { Role } from '@linghang/access'
import { type Stretch, walkOf } from '@linghang/subgraph'
import { Prisma } from '../../prisma/client/client.ts'
import type { Tx } from '../work.ts'
import type { Office } from './office.ts'

const day = (date: Date): string => date.toISOString().slice(0, 10)
const date = (text: string): Date => new Date(`${text}T00:00:00Z`)

type OfficeRow = NonNullable<Awaited<ReturnType<Tx['office']['findFirst']>>>

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

export const officeStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Office[]> {
    return (await tx.office.findMany({ where: { countyId, id: { in: [...ids] } } })).map(toOffice)
  },
  async lock(tx: Tx, countyId: string, id: string): Promise<Office | null> {
    await tx.$queryRaw`select 1 from office where id = ${id}::uuid and county_id = ${countyId}::uuid for update`
    const row = await tx.office.findFirst({ where: { id, countyId } })
    return row && toOffice(row)
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
