import type { RawTx } from '@linghang/access'
import type { DuesRecordState, MemberState } from '@linghang/events'
import type { Tx } from '../work.ts'
import type { Tally } from './indicator.ts'

export type PersonFact = { memberId: string; orgId: string | null; owesDues: boolean; duesComplete: boolean }

export const factStore = {
  async byMembers(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<PersonFact[]> {
    return tx.personFact.findMany({ where: { countyId, memberId: { in: [...memberIds] }, inRegister: true } })
  },

  /** Sums over each organisation and all below it; one statement for all. */
  async talliesBelow(tx: Tx, orgIds: readonly string[]): Promise<Map<string, Tally>> {
    const rows = await tx.$queryRaw<(Tally & { id: string })[]>`
      select root.id, coalesce(sum(t.applicants), 0)::int as applicants, coalesce(sum(t.activists), 0)::int as activists,
        coalesce(sum(t.candidates), 0)::int as candidates, coalesce(sum(t.probationary), 0)::int as probationary,
        coalesce(sum(t.full_members), 0)::int as "fullMembers", coalesce(sum(t.owing_dues), 0)::int as "owingDues",
        coalesce(sum(t.dues_complete), 0)::int as "duesComplete"
      from org_node root join org_node n on n.path <@ root.path left join tally t on t.org_id = n.id
      where root.id = any (${[...orgIds]}::uuid[]) group by root.id`
    return new Map(rows.map(({ id, ...tally }) => [id, tally]))
  },

  /** Takes over what members said; @returns the organisations whose tallies it touches, before and after. */
  async writeMembers(tx: RawTx, countyId: string, members: readonly MemberState[]): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ before: string | null; after: string | null }[]>(
      `insert into person_fact (member_id, county_id, org_id, kind, in_register, member_version)
       select id, $1::uuid, "orgId", kind, "leftOn" is null, version from jsonb_to_recordset($2::jsonb)
         as w (id uuid, "orgId" uuid, kind text, "leftOn" date, version bigint)
       on conflict (member_id) do update set org_id = excluded.org_id, kind = excluded.kind, in_register = excluded.in_register,
         member_version = excluded.member_version where excluded.member_version > person_fact.member_version
       returning old.org_id as before, new.org_id as after`,
      countyId,
      JSON.stringify(members),
    )
    return [...new Set(rows.flatMap(row => [row.before, row.after]).filter(id => id !== null))]
  },

  /** Takes over what dues said. It may come before the person: the fact is then there, and not in the register yet. */
  async writeDues(tx: RawTx, countyId: string, records: readonly DuesRecordState[]): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ org_id: string | null }[]>(
      `insert into person_fact (member_id, county_id, org_id, owes_dues, dues_complete, dues_version)
       select "memberId", $1::uuid, "orgId", owes, complete, version from jsonb_to_recordset($2::jsonb)
         as w ("memberId" uuid, "orgId" uuid, owes boolean, complete boolean, version bigint)
       on conflict (member_id) do update set owes_dues = excluded.owes_dues, dues_complete = excluded.dues_complete,
         dues_version = excluded.dues_version where excluded.dues_version > person_fact.dues_version
       returning new.org_id`,
      countyId,
      JSON.stringify(records),
    )
    return [...new Set(rows.flatMap(row => row.org_id ?? []))]
  },

  /** Two batches about one organisation must not count at the same moment, or each misses the other's people. */
  async lockTallies(tx: RawTx, countyId: string, orgIds: readonly string[]): Promise<void> {
    const ordered = [...orgIds].sort()
    await tx.$executeRawUnsafe(
      'insert into tally (org_id, county_id) select id, $1::uuid from unnest($2::uuid[]) as o (id) order by id on conflict do nothing',
      countyId,
      ordered,
    )
    await tx.$queryRawUnsafe('select 1 from tally where org_id = any ($1::uuid[]) order by org_id for update', ordered)
  },

  async countAgain(tx: RawTx, orgIds: readonly string[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `update tally t set applicants = c.applicants, activists = c.activists, candidates = c.candidates, probationary = c.probationary,
         full_members = c.full_members, owing_dues = c.owing_dues, dues_complete = c.dues_complete
       from (
         select o.id, count(*) filter (where f.kind = 'APPLICANT') as applicants, count(*) filter (where f.kind = 'ACTIVIST') as activists,
           count(*) filter (where f.kind = 'CANDIDATE') as candidates, count(*) filter (where f.kind = 'PROBATIONARY') as probationary,
           count(*) filter (where f.kind = 'FULL') as full_members, count(*) filter (where f.owes_dues) as owing_dues,
           count(*) filter (where f.owes_dues and f.dues_complete) as dues_complete
         from unnest($1::uuid[]) as o (id) left join person_fact f on f.org_id = o.id and f.in_register group by o.id
       ) c where t.org_id = c.id`,
      orgIds,
    )
  },

  /** Where the people of a batch are counted now, so that those tallies can be locked before anything changes. */
  async organisationsOf(tx: RawTx, memberIds: readonly string[]): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ org_id: string }[]>(
      'select distinct org_id from person_fact where member_id = any ($1::uuid[]) and org_id is not null',
      memberIds,
    )
    return rows.map(row => row.org_id)
  },
}
