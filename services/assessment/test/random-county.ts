import { randomUUID } from 'node:crypto'
import { createPerform, shanghaiDay, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import { openClient } from '@linghang/harness/open-database'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import { exemptionStore } from '../src/facts/exemptions/store.ts'
import type { Fact, FactKind } from '../src/facts/fact.ts'
import { factStore } from '../src/facts/journal/store.ts'
import type { Place } from '../src/facts/organisations/place.ts'
import { writePlaces } from '../src/facts/organisations/write-places.ts'
import { writeStays } from '../src/facts/people/write-stays.ts'
import { packStore } from '../src/packs/decisions/store.ts'
import { packDocument } from '../src/packs/documents/pack.ts'
import { derivationOf, hashOf } from '../src/sheets/scoring/derivation.ts'
import { periodsFrom } from '../src/sheets/scoring/periods.ts'
import { planFor } from '../src/sheets/scoring/plans.ts'
import { scoreTouched, workOut } from '../src/sheets/scoring/score-touched.ts'
import { lanes } from '../src/sheets/scoring/store.ts'
import { turnPages } from '../src/sheets/scoring/turn-pages.ts'
import { sqlOf, type Tx, type Work } from '../src/work.ts'

/** So that a month turns within the days that pass in a county. */
const firstDay = addDays(addMonths(monthOf(shanghaiDay(new Date())), -1), -8)
const noonOf = (day: string) => new Date(`${day}T12:00:00+08:00`)
const start = addMonths(monthOf(firstDay), -6)
const basis = { certainty: 'COUNTY', source: '本县办法', article: '' }
const common = { key: 'LIFE', title: '组织生活' }
const line = (key: string, more: object) => ({
  key,
  title: key,
  group: 'LIFE',
  kind: 'BASE',
  basis,
  absence: 'COUNTS',
  ...more,
})
const came = { kind: 'ATTENDANCE', where: 'fact.attendance == "PRESENT"' }
/** @param readsBelow whether what is above counts facts of branches that count nothing for these themselves */
const documentOf = (readsBelow: boolean) =>
  packDocument.parse({
    ...{ format: 1, key: 'random', title: '随机', summary: '随机', period: 'MONTH' },
    scales: [
      {
        ...{ key: 'MEMBER', title: '党员', subject: 'MEMBER', groups: [common], base: 60 },
        indicators: [
          line('CAME', { reads: came, per: 'FACT', points: '1.5', cap: 6, capPer: 'YEAR' }),
          line('LONG', { reads: came, per: 'PERIOD', points: '0.01 * double(subject.months)', when: 'true' }),
          line('AWAY', {
            kind: 'MINUS',
            per: 'QUARTER',
            reads: { ...came, where: 'fact.attendance == "ABSENT"' },
            points: '2 * count',
          }),
        ],
        exemptions: [{ reason: 'ILL', effect: 'NOT_COUNTED' }],
        lights: [
          { key: 'L', title: '红灯', colour: 'RED', basis, by: { reads: came, missed: 'count == 0', on: 2, off: 1 } },
        ],
      },
      {
        ...{ key: 'BRANCH', title: '党支部', subject: 'BRANCH', groups: [common] },
        indicators: [
          line('LATE', {
            ...{ kind: 'MINUS', per: 'FACT', points: '2', cap: 8 },
            reads: { kind: 'FOLLOW_UP', where: 'fact.outcome == "OPEN" || fact.outcome == "LATE"' },
          }),
          line('HELD', { reads: { kind: 'MEETING_HELD' }, per: 'MONTH', points: 'count', cap: 3 }),
          line('PEOPLE', { reads: { scores: 'MEMBERS' }, per: 'PERIOD', points: 'mean / 7.0', absence: 'NOT_KNOWN' }),
          line('MANY', {
            ...{ per: 'PERIOD', points: '0.1 * double(subject.people)', when: 'true' },
            reads: { ...came, of: 'MEMBERS' },
          }),
          line('THEIRS', {
            reads: { ...came, of: 'MEMBERS' },
            per: 'MONTH',
            points: '10.0 * double(count) / max(double(total), 1.0)',
          }),
        ],
        lights: [{ key: 'F', title: '党员亮灯', colour: 'YELLOW', basis, by: { lit: 'RED', on: 0.4, off: 0.2 } }],
      },
      {
        ...{ key: 'ABOVE', title: '上级', subject: 'ABOVE', groups: [common] },
        indicators: [
          line('BRANCHES', { reads: { scores: 'BELOW' }, per: 'PERIOD', points: 'mean', absence: 'NOT_KNOWN' }),
          ...(readsBelow
            ? [
                line('DONE', {
                  ...{ per: 'MONTH', points: '0.1 * double(count)', cap: 2 },
                  reads: { kind: 'FOLLOW_UP', of: 'BELOW', where: 'fact.outcome == "IN_TIME"' },
                }),
              ]
            : []),
        ],
      },
    ],
  })

/** The same numbers for the same seed. */
function numbers(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export const open = () => openClient(['assessment', 'scores'], adapter => new PrismaClient({ adapter }))
export type Opened = Awaited<ReturnType<typeof open>>

/** A county with two committees, three branches and nine members, and what happens to it. */
export async function createCounty({ transact }: Pick<Opened, 'transact'>, seed: number) {
  const next = numbers(seed)
  const document = documentOf(seed % 2 === 0)
  const actor = systemActor(randomUUID())
  let today = firstDay
  const clock = { ...surroundings, now: () => noonOf(today) }
  const perform = createPerform<Tx, object>(transact, clock, () => ({}))
  const inCounty = <T>(run: (work: Work) => Promise<T>): Promise<T> => perform(actor, run, { timeoutMs: 60_000 })
  const { countyId } = actor
  const [top, side, ...branches] = Array.from({ length: 5 }, () => randomUUID()) as [string, string, ...string[]]
  const members = Array.from({ length: 9 }, () => randomUUID())
  const node = { countyId, name: '组织', unitKind: null, approves: null, version: 1 }
  const stay = (memberId: string, orgId: string, version: number, day: string, leftOn: string | null = null) => ({
    ...{ memberId, orgId, version, day, leftOn, kind: 'FULL' as const, appliedOn: null, activistSince: null },
    // Within the days that pass some have been full members for a year.
    ...{
      candidateSince: null,
      joinedOn: '2015-07-01',
      fullMemberSince: addDays(firstDay, (members as string[]).indexOf(memberId) - 365),
    },
  })
  const versions = new Map<string, number>()
  const placed = (orgId: string, superiorId: string | null, kind: string): [string, Place] => [
    orgId,
    { orgId, superiorId, kind, version: 1, day: start, unitKind: null, endedOn: null },
  ]
  const places = new Map([
    ...[placed(top, null, 'COMMITTEE'), placed(side, top, 'COMMITTEE')],
    ...branches.map((id, i) => placed(id, i === 0 ? side : top, 'BRANCH')),
  ])
  await inCounty(async work => {
    const { tx, newId, now } = work
    const told = [...places.values()]
    await writeOrgNodes(
      tx,
      told.map(({ orgId, superiorId, kind }) => ({ ...node, id: orgId, superiorId, kind, code: newId() })),
    )
    await writePlaces(work, told)
    await writeStays(
      work,
      members.map((id, i) => stay(id, branches[i % 3] as string, 1, start)),
    )
    await factStore.touch(tx, countyId, [{ subjectType: 'ORGANISATION', subjectId: top, orgId: top, fromDay: start }])
    await packStore.insert(tx, {
      ...{ version: 1, kind: 'PACK', effectiveFrom: addMonths(start, 1), title: '办法', number: '1', organ: '县委' },
      ...{ decidedOn: start, packKey: document.key, document, countyId, setBy: null, setAt: now },
    })
  })
  const dayAtRandom = () => addDays(start, next(200))
  const pick = <T>(of: readonly T[]): T => of[next(of.length)] as T
  const sources = Array.from({ length: 14 }, () => randomUUID())

  const outcomes = ['OPEN', 'OPEN', 'IN_TIME', 'LATE']
  const duties = Array.from({ length: 6 }, () => randomUUID())
  /** Something is to be done by a day shortly before or after today, or was done, in time or late. */
  const leaveUndone = async (tx: Tx, orgId: string, id = pick(duties), outcome = pick(outcomes)) => {
    const version = (versions.get(id) ?? 0) + 1
    versions.set(id, version)
    const source = { type: 'FollowUp', id, version }
    const fact: Fact = {
      ...{ subjectType: 'ORGANISATION', subjectId: orgId, orgId, kind: 'FOLLOW_UP', quantity: 100, source },
      ...{ day: addDays(today, next(4) - 1), attributes: { matter: 'REMARK_ANSWER', outcome, daysLate: 0 } },
    }
    await factStore.write(tx, countyId, [{ toldAs: 'duty', source, orgId, facts: [fact] }])
  }
  /** A branch has done something in time: no point of its own sheet. */
  const doInTime = () => inCounty(({ tx }) => leaveUndone(tx, pick(branches), randomUUID(), 'IN_TIME'))
  /** Somebody is spared for a while (R10). */
  const spare = async ({ tx, newId, now }: Work) => {
    const [memberId, orgId, fromDay] = [pick(members), pick(branches), addDays(today, -next(90))]
    await exemptionStore.insert(tx, {
      ...{ id: newId(), countyId, orgId, memberId, reason: 'ILL', fromDay, untilDay: addDays(fromDay, next(40)) },
      ...{ decidedOn: today, basis: '支委会决定', endReason: null, decidedBy: null, decidedAt: now },
    })
    await factStore.touch(tx, countyId, [{ subjectType: 'MEMBER', subjectId: memberId, orgId, fromDay }])
  }

  const tell = async (work: Work, orgId: string, change: Partial<Place>) => {
    const before = places.get(orgId) as Place
    const after = { ...before, version: before.version + 1, ...change }
    places.set(orgId, after)
    await writePlaces(work, [after])
  }
  /** A branch comes under another committee, ends, or goes on after all. */
  const moveBranch = (work: Work) => {
    const { orgId, day, endedOn } = places.get(pick(branches)) as Place
    const change = [{ superiorId: pick([top, side]) }, { endedOn: endedOn === null ? addDays(today, -next(40)) : null }]
    return tell(work, orgId, { day: [day, addDays(today, -next(40))].sort()[1] as string, ...pick(change) })
  }
  /** The one branch of the second committee comes under the first, today. */
  const leaveSide = () => inCounty(work => tell(work, branches[0] as string, { superiorId: top, day: today }))

  /** One thing that happens: a meeting told of or corrected, something to be done, or a move. */
  const happen = () =>
    inCounty(async work => {
      const { tx } = work
      if (next(8) === 0) return await spare(work)
      if (next(8) === 0) return await moveBranch(work)
      if (next(5) === 0) {
        const memberId = pick(members)
        const version = (versions.get(memberId) ?? 1) + 1
        versions.set(memberId, version)
        const day = addDays(today, -next(40))
        await writeStays(work, [stay(memberId, pick(branches), version, day, next(6) === 0 ? today : null)])
        return
      }
      const id = pick(sources)
      const version = (versions.get(id) ?? 0) + 1
      versions.set(id, version)
      const [orgId, day] = [pick(branches), dayAtRandom()]
      if (next(3) === 0) return await leaveUndone(tx, orgId)
      const fact = (
        subjectType: Fact['subjectType'],
        subjectId: string,
        kind: FactKind,
        attributes: Fact['attributes'],
      ): Fact => ({
        ...{ subjectType, subjectId, orgId, kind, day, quantity: 100, attributes },
        source: { type: 'Meeting', id, version },
      })
      const meetingKind = 'CLASS'
      const facts = [
        fact('ORGANISATION', orgId, 'MEETING_HELD', { meetingKind, due: 3, present: 2, resolutions: 0 }),
        ...members
          .filter(() => next(3) === 0)
          .map(memberId =>
            fact('MEMBER', memberId, 'ATTENDANCE', {
              meetingKind,
              attendance: pick(['PRESENT', 'PRESENT', 'ABSENT', 'LEAVE']),
              late: false,
              leftEarly: false,
            }),
          ),
      ]
      await factStore.write(tx, countyId, [
        { toldAs: 'meeting', source: { type: 'Meeting', id, version }, orgId, facts },
      ])
    })
  const scoreAll = async () => {
    let taken = 1
    while (taken > 0) {
      taken = 0
      await inCounty(work => turnPages.run(work, {}))
      for (let lane = 0; lane < lanes; lane++) taken += await inCounty(work => scoreTouched.run(work, { lane }))
    }
  }
  /** Everybody's sheets of every time worked out from nothing, in the order in which they rest on each other. */
  const full = () =>
    inCounty(async work => {
      const found = new Map<string, string>()
      for (const { pack, period } of periodsFrom(await packStore.decided(work.tx, countyId), start, today))
        for (const [type, ids] of [
          ['MEMBER', members],
          ['ORGANISATION', [...branches, side, top]],
        ] as const)
          for (const sheet of await workOut(work, planFor(countyId, pack, period), type, ids))
            found.set(`${sheet.subjectId}/${period.from}`, Buffer.from(hashOf(derivationOf(sheet))).toString('hex'))
      return found
    })
  const kept = () =>
    inCounty(async ({ tx }) => {
      const rows = await sqlOf(tx)
        .selectFrom('scoreSheet')
        .select(['subjectId', 'periodFrom', 'hash'])
        .where('countyId', '=', countyId)
        .execute()
      return new Map(
        rows.map(({ subjectId, periodFrom, hash }) => [
          `${subjectId}/${periodFrom}`,
          Buffer.from(hash).toString('hex'),
        ]),
      )
    })
  const pass = () => {
    today = addDays(today, 1)
  }
  return { happen, pass, scoreAll, full, kept, next, leaveSide, doInTime, top, side }
}
