import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import { monthOf } from '@linghang/rulebook'
import { useCase, type Work } from '../../work.ts'
import { requireCommittee } from '../fixings/committee.ts'
import { fail } from './errors.ts'
import { waiverStore } from './store.ts'
import type { Waiver } from './waiver.ts'

export type NamedWaiver = { waiverId: string; version: number }

/**
 * A waiver that is held until the transaction ends, as it was read.
 * @throws DomainError NOT_FOUND, CONFLICT
 */
async function holdWaiver(work: Work, { waiverId, version }: NamedWaiver): Promise<Waiver> {
  const waiver = await waiverStore.hold(work.tx, work.actor.countyId, waiverId)
  const isSeen = waiver && (await work.supervision.seen([waiver.orgId])).has(waiver.orgId)
  if (!waiver || !isSeen) return fail('NOT_FOUND', { what: `DuesWaiver:${waiverId}` })
  if (waiver.version !== version) fail('CONFLICT', { what: `DuesWaiver:${waiverId}` })
  return waiver
}

async function tell(work: Work, waiver: Waiver, action: string): Promise<void> {
  const { id, orgId, memberId, fromMonth, toMonth, version } = waiver
  await recordAudit(work, [{ orgId, action, subjectType: 'DuesWaiver', subjectId: id }])
  const state = waiver.state === 'REFUSED' ? ('REFUSED' as const) : ('APPROVED' as const)
  await publish(work, [
    {
      ...{ type: 'dues.waiver.decided.v1', orgId, subject: memberId },
      data: { id, memberId, orgId, fromMonth, toMonth, state, version },
    },
  ])
}

/**
 * Approves or refuses a waiver: the committee above the branch, by whoever keeps it (党费规定 2008, art. 7). Never the
 * branch itself, never the member, never whoever has asked for it.
 * @returns the waiver's id
 * @throws DomainError NOT_FOUND, CONFLICT, FORBIDDEN, DUES_WAIVER_ONES_OWN, DUES_WAIVER_DECIDED
 */
export const decideDuesWaiver = useCase(
  'decideDuesWaiver',
  async (work, { approved, ...named }: NamedWaiver & { approved: boolean }): Promise<string> => {
    const { actor, today } = work
    const waiver = await holdWaiver(work, named)
    const committeeId = await requireCommittee(work, waiver.orgId)
    const asked = waiver.requestedBy !== null && waiver.requestedBy === actor.accountId
    if (waiver.memberId === actor.memberId || asked) fail('DUES_WAIVER_ONES_OWN')
    if (waiver.state !== 'REQUESTED') fail('DUES_WAIVER_DECIDED')
    const state = approved ? 'APPROVED' : 'REFUSED'
    const decided: Waiver = { ...waiver, state, decidedOn: today, committeeId, version: waiver.version + 1 }
    await waiverStore.decide(work.tx, decided, actor.accountId)
    await tell(work, decided, approved ? 'dues-waiver.approved' : 'dues-waiver.refused')
    return waiver.id
  },
  { rights: 'COUNTY' },
)

/**
 * Ends an approved waiver earlier than it was asked for, since the hardship is over: with a month that runs or is still to
 * come, so that what was waived before stays. By whoever keeps the branch or the committee above, never by the member.
 * @param lastMonth any day of the last month that is waived
 * @returns the waiver's id
 * @throws DomainError NOT_FOUND, CONFLICT, DUES_WAIVER_ONES_OWN, DUES_WAIVER_NOT_IN_FORCE, BAD_INPUT
 */
export const endDuesWaiver = useCase(
  'endDuesWaiver',
  async (work, { lastMonth, ...named }: NamedWaiver & { lastMonth: string }): Promise<string> => {
    const { actor, today } = work
    const waiver = await holdWaiver(work, named)
    if (!(await work.supervision.kept([waiver.orgId])).has(waiver.orgId))
      fail('NOT_FOUND', { what: `DuesWaiver:${waiver.id}` })
    if (waiver.memberId === actor.memberId) fail('DUES_WAIVER_ONES_OWN')
    if (waiver.state !== 'APPROVED') fail('DUES_WAIVER_NOT_IN_FORCE')
    const toMonth = monthOf(lastMonth)
    const month = monthOf(today)
    const earliest = waiver.fromMonth > month ? waiver.fromMonth : month
    if (toMonth < earliest || toMonth >= waiver.toMonth)
      fail('BAD_INPUT', {
        ...{ field: 'lastMonth', found: lastMonth },
        wanted: `a month from ${earliest.slice(0, 7)} on, before ${waiver.toMonth.slice(0, 7)}`,
        wantedZh: `${earliest.slice(0, 7)} 起、${waiver.toMonth.slice(0, 7)} 之前的月份`,
      })
    const ended: Waiver = { ...waiver, toMonth, endedOn: today, version: waiver.version + 1 }
    await waiverStore.end(work.tx, ended)
    await tell(work, ended, 'dues-waiver.ended')
    return waiver.id
  },
  { rights: 'COUNTY' },
)
