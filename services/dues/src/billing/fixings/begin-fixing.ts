import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import { yearsToFix } from '@linghang/rulebook'
import { useCase, type Work } from '../../work.ts'
import { settingsOn } from '../settings/settings.ts'
import { settingsStore } from '../settings/store.ts'
import { fixingDueOn } from './due-on.ts'
import { fail } from './errors.ts'
import { type Base, type FixingLine, firstMonthOf, proposalOf } from './fixing-line.ts'
import { lineStore } from './line-store.ts'
import { scheduleStore } from './schedule-store.ts'
import { fixingStore } from './store.ts'
import { toldSchedule } from './tell-lines.ts'

/** How many lines one statement adds: a parameter has its limits, and a county has 47,411 members. */
const batchSize = 5_000

/** @throws DomainError DUES_YEAR_NOT_TO_FIX */
function requireYear(year: number, today: string): number {
  const years = yearsToFix(today)
  return years.includes(year) ? year : fail('DUES_YEAR_NOT_TO_FIX', { found: year, wanted: years.join(', ') })
}

/** @throws DomainError NOT_FOUND for an organisation that the actor does not keep */
async function requireKept({ supervision }: Work, orgId: string): Promise<void> {
  if (!(await supervision.kept([orgId])).has(orgId)) fail('NOT_FOUND', { what: `Organisation:${orgId}` })
}

type Proposing = { orgId: string; year: number; decided: Awaited<ReturnType<typeof settingsStore.decided>> }

/** Adds a line for each who owes and has none. @returns how many were added */
async function propose(work: Work, fixingId: string, { orgId, year, decided }: Proposing): Promise<number> {
  const { tx, actor } = work
  const owing = await fixingStore.toPropose(tx, actor.countyId, orgId, year)
  const lastOf = await fixingStore.lastOf(
    tx,
    owing.map(({ memberId }) => memberId),
    year - 1,
  )
  const lines = owing.map(({ memberId, orgId: at, owesSince, ...record }): FixingLine => {
    const fromMonth = firstMonthOf(year, owesSince)
    const last = lastOf.get(memberId) ?? null
    return {
      ...proposalOf(record, last, fromMonth, settingsOn(decided, fromMonth)),
      ...{ id: work.newId(), orgId: at, memberId, fixingId, year, ground: 'YEAR', changedOn: null, fromMonth },
      ...{ payKind: null, lastCategory: last?.category ?? null, lastBaseFen: last?.baseFen ?? null },
      ...{ lastDueFen: last?.dueFen ?? null, state: 'PROPOSED', version: 1 },
      ...{ confirmedHow: null, confirmedOn: null, checkedOn: null },
    }
  })
  let added = 0
  for (let from = 0; from < lines.length; from += batchSize)
    added += await fixingStore.propose(tx, actor.countyId, lines.slice(from, from + batchSize))
  return added
}

const isSame = (one: Base, other: Base): boolean =>
  one.category === other.category && one.incomeFen === other.incomeFen && one.dueFen === other.dueFen

/**
 * Proposes anew what nobody has touched and the register says otherwise by now: an office puts the register right and
 * begins again. @returns how many lines
 */
async function renew({ tx }: Work, { orgId, year, decided }: Proposing): Promise<number> {
  const found = await lineStore.proposed(tx, orgId, year)
  const memberIds = found.map(({ line }) => line.memberId)
  const lastOf = await fixingStore.lastOf(tx, memberIds, year - 1)
  const renewed = found.flatMap(({ line, record }) => {
    const { memberId, fromMonth, version } = line
    const proposal = proposalOf(record, lastOf.get(memberId) ?? null, fromMonth, settingsOn(decided, fromMonth))
    return isSame(line, proposal) ? [] : [{ ...line, ...proposal, version: version + 1 }]
  })
  for (let from = 0; from < renewed.length; from += batchSize)
    await lineStore.write(tx, renewed.slice(from, from + batchSize))
  return renewed.length
}

/**
 * Begins the yearly fixing of dues for an organisation and all below it (年初核定; 组电明字〔2017〕5 号 一（1）): proposes
 * a base for everybody who owes and has none of that year, by the register and the year before. Where it was begun
 * already, here or above, this is that one again: whoever has come since is added, and what nobody has touched follows the
 * register. What somebody has touched stays. By whoever keeps the organisation.
 *
 * @param year the one that runs and, in December, the next
 * @returns how many lines were added, and how many were proposed anew
 * @throws DomainError NOT_FOUND, DUES_YEAR_NOT_TO_FIX
 */
export const beginDuesFixing = useCase(
  'beginDuesFixing',
  async (work, { orgId, year }: { orgId: string; year: number }): Promise<{ added: number; renewed: number }> => {
    const { tx, actor, now } = work
    await requireKept(work, orgId)
    requireYear(year, work.today)
    await fixingStore.lockYear(tx, actor.countyId, year)
    const known = await fixingStore.covering(tx, orgId, year)
    const id = known ?? work.newId()
    if (known === undefined) {
      const run = { id, countyId: actor.countyId, orgId, year, begunAt: now, begunBy: actor.accountId }
      await fixingStore.begin(tx, run)
    }
    const proposing = { orgId, year, decided: await settingsStore.decided(tx, actor.countyId) }
    const renewed = await renew(work, proposing)
    const added = await propose(work, id, proposing)
    const dueOn = await fixingDueOn(work, year)
    await publish(work, (await scheduleStore.open(tx, actor.countyId, orgId, year, dueOn)).map(toldSchedule))
    if (added + renewed > 0 || known === undefined)
      await recordAudit(work, [
        { orgId, action: `dues-fixing.begun: ${year}`, subjectType: 'Organisation', subjectId: orgId },
      ])
    return { added, renewed }
  },
  { rights: 'COUNTY', timeoutMs: 60_000 },
)
