import type { Tx } from '../../work.ts'
import type { Member } from './member.ts'
import type { Penalty } from './store.ts'

/** Penalties that take rights (留党察看). */
export const penaltyStore = {
  /** Penalties that take rights, the newest `penaltiesAtMost` of each person. */
  async penaltiesOf(tx: Tx, countyId: string, memberIds: readonly string[]): Promise<Map<string, Penalty[]>> {
    const rows = await tx.$queryRaw<(Penalty & { memberId: string })[]>`
      select member_id as "memberId", id, from_on::text as "fromOn", until_on::text as "untilOn", basis, end_reason as "endReason"
      from member_penalty where county_id = ${countyId}::uuid and member_id = any (${[...memberIds]}::uuid[]) order by from_on desc, id desc`
    return Map.groupBy(rows, row => row.memberId)
  },

  async insertPenalty(
    tx: Tx,
    countyId: string,
    { id, orgId }: Pick<Member, 'id' | 'orgId'>,
    { fromOn, untilOn, basis }: Pick<Penalty, 'fromOn' | 'untilOn' | 'basis'>,
  ): Promise<void> {
    await tx.$executeRaw`insert into member_penalty (county_id, org_id, member_id, from_on, until_on, basis)
      values (${countyId}::uuid, ${orgId}::uuid, ${id}::uuid, ${fromOn}::date, ${untilOn}::date, ${basis})`
  },

  async endPenalty(tx: Tx, id: string, untilOn: string, reason: string): Promise<void> {
    await tx.$executeRaw`update member_penalty set until_on = ${untilOn}::date, end_reason = ${reason} where id = ${id}::uuid`
  },
}
