import { recordAudit, whenTaken } from '@linghang/access'
import type { DuesPauseKind } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { requirePast } from '../../ledger/accounts/past-day.ts'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { followBills } from './follow-bills.ts'
import { pauseStore } from './pause-store.ts'
import { type Known, standingStore } from './standing-store.ts'

/** @throws DomainError NOT_FOUND for whoever the actor does not keep */
async function requireKeptMember(work: Work, memberId: string): Promise<Known> {
  const [known] = await standingStore.ofMembers(work.tx, work.actor.countyId, [memberId])
  if (known && (await work.supervision.kept([known.orgId])).has(known.orgId)) return known
  return fail('NOT_FOUND', { what: `Member:${memberId}` })
}

async function follow(work: Work, memberId: string, action: string): Promise<string> {
  const people = await standingStore.ofMembers(work.tx, work.actor.countyId, [memberId])
  await followBills(work, people, work.today)
  const [{ orgId }] = people as [Known]
  await recordAudit(work, [{ orgId, action, subjectType: 'DuesRecord', subjectId: memberId }])
  return memberId
}

export type PauseDues = { memberId: string; kind: DuesPauseKind; from: string; basis: string }

/**
 * Records from when somebody owes nothing while they stay on the register (停止党籍、出国（境）保留组织关系); bills of the
 * months after it are taken back.
 * @throws DomainError NOT_FOUND, BAD_INPUT, DUES_PAUSE_LASTS
 */
export const pauseDues = useCase(
  'pauseDues',
  async (work, { memberId, kind, from, basis }: PauseDues): Promise<string> => {
    const { orgId } = await requireKeptMember(work, memberId)
    requirePast(work, 'from', from)
    const said = requireReason(basis, 'basis')
    await standingStore.hold(work.tx, [memberId])
    const lasting = await pauseStore.lasting(work.tx, memberId)
    if (lasting) fail('DUES_PAUSE_LASTS', { found: lasting.fromOn })
    await pauseStore
      .insert(work, { memberId, orgId, kind, fromOn: from, basis: said })
      .catch(whenTaken(() => fail('DUES_PAUSE_LASTS', { found: from })))
    return follow(work, memberId, `dues.paused: ${kind}`)
  },
  { rights: 'COUNTY' },
)

/**
 * Records when such a time ended; what is owed again is billed, of a time abroad all of it (补交).
 * @throws DomainError NOT_FOUND, BAD_INPUT for a day before it began or after today
 */
export const resumeDues = useCase(
  'resumeDues',
  async (work, { memberId, until }: { memberId: string; until: string }): Promise<string> => {
    await requireKeptMember(work, memberId)
    await standingStore.hold(work.tx, [memberId])
    const lasting = await pauseStore.lasting(work.tx, memberId)
    if (!lasting) return fail('NOT_FOUND', { what: `DuesPause of Member:${memberId}` })
    requirePast(work, 'until', until)
    if (until < lasting.fromOn)
      fail('BAD_INPUT', {
        ...{ field: 'until', found: until },
        ...{ wanted: `${lasting.fromOn} or later`, wantedZh: `不早于 ${lasting.fromOn}` },
      })
    await pauseStore.end(work.tx, lasting.id, until)
    return follow(work, memberId, 'dues.resumed')
  },
  { rights: 'COUNTY' },
)

/**
 * Records up to and with which month somebody paid where they were, as their letter says it (介绍信“党费交至”).
 * @param through any day of that month
 * @throws DomainError NOT_FOUND, BAD_INPUT for a month after this one
 */
export const recordPaidThrough = useCase(
  'recordDuesPaidThrough',
  async (work, { memberId, through }: { memberId: string; through: string }): Promise<string> => {
    await requireKeptMember(work, memberId)
    requirePast(work, 'through', through)
    await standingStore.hold(work.tx, [memberId])
    await standingStore.setPaidThrough(work.tx, memberId, through)
    return follow(work, memberId, 'dues.paid-through')
  },
  { rights: 'COUNTY' },
)
