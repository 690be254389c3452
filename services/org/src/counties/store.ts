import type { Tx } from '../work.ts'

export type County = { id: string; code: string; name: string }

const date = (text: string): Date => new Date(`${text}T00:00:00Z`)

export const countyStore = {
  async byId(tx: Tx, id: string): Promise<County | null> {
    return tx.county.findUnique({ where: { id } })
  },

  /** Registers a county unless there is one of this code. @returns the id of the one that there is */
  async register(tx: Tx, { id, code, name }: County): Promise<string> {
    await tx.$executeRaw`insert into county (id, code, name) values (${id}::uuid, ${code}, ${name}) on conflict (code) do nothing`
    return (await tx.county.findUniqueOrThrow({ where: { code } })).id
  },

  /** An account over the whole county, confirmed at once. @returns false where the login has an account already */
  async addAccount(
    tx: Tx,
    account: { id: string; countyId: string; issuer: string; subject: string; confirmedAt: Date },
  ): Promise<boolean> {
    const { id, countyId, issuer, subject, confirmedAt } = account
    const inserted = await tx.$executeRaw`
      insert into account (id, county_id, org_id, kind, issuer, subject, confirmed_at)
      values (${id}::uuid, ${countyId}::uuid, null, 'PERSON', ${issuer}, ${subject}, ${confirmedAt})
      on conflict do nothing`
    return inserted > 0
  },

  async addOffice(
    tx: Tx,
    office: {
      id: string
      countyId: string
      accountId: string
      orgId: null
      role: 'ADMIN'
      startsOn: string
      endsOn: null
    },
  ): Promise<void> {
    await tx.office.create({ data: { ...office, startsOn: date(office.startsOn) } })
  },
}
