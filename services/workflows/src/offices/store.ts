import type { Grant, RawTx } from '@linghang/access'

export type HeldOffice = {
  id: string
  orgId: string | null
  accountId: string
  role: string
  startsOn: string
  endsOn: string | null
}

export const officeStore = {
  /** Takes over appointments and endings in the order in which they were told; an older one never undoes a newer. */
  async keep(tx: RawTx, countyId: string, offices: readonly (HeldOffice & { toldAt: string })[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into office_held (id, county_id, org_id, account_id, role, starts_on, ends_on, told_at)
       select id, $1::uuid, "orgId", "accountId", role, "startsOn", "endsOn", "toldAt"
       from jsonb_to_recordset($2::jsonb) as w (id uuid, "orgId" uuid, "accountId" uuid, role text, "startsOn" date, "endsOn" date, "toldAt" timestamptz)
       on conflict (id) do update set ends_on = excluded.ends_on, told_at = excluded.told_at where excluded.told_at >= office_held.told_at`,
      countyId,
      JSON.stringify(offices),
    )
  },

  async keepAccounts(tx: RawTx, countyId: string, ids: readonly string[]): Promise<void> {
    await tx.$executeRawUnsafe(
      'insert into account_known (id, county_id) select id, $1::uuid from unnest($2::uuid[]) as w (id) on conflict (id) do nothing',
      countyId,
      ids,
    )
  },

  async knowsAccount(tx: RawTx, id: string): Promise<boolean> {
    const [row] = await tx.$queryRawUnsafe<{ known: boolean }[]>('select app.knows_account($1::uuid) as known', id)
    return row?.known === true
  },

  async namesOfOffices(tx: RawTx, orgIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.$queryRawUnsafe<{ id: string; name: string }[]>(
      'select id, name from app.names_of_offices($1::uuid[])',
      orgIds,
    )
    return new Map(rows.map(({ id, name }) => [id, name]))
  },

  /** The offices that an account holds on a day: to the day before each ends. */
  async heldOn(tx: RawTx, countyId: string, accountId: string, day: string): Promise<Grant[]> {
    return tx.$queryRawUnsafe<Grant[]>(
      `select role, org_id as "orgId" from office_held where county_id = $1::uuid and account_id = $2::uuid
         and starts_on <= $3::date and (ends_on is null or ends_on > $3::date)`,
      countyId,
      accountId,
      day,
    )
  },
}
