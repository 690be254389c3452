import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createPerform, shanghaiDay, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import { openClient } from '@linghang/harness/open-database'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import type { Fact, FactKind } from '../src/facts/fact.ts'
import { factStore } from '../src/facts/journal/store.ts'
import { organisationStore } from '../src/facts/organisations/store.ts'
import { peopleStore } from '../src/facts/people/store.ts'
import { packStore } from '../src/packs/decisions/store.ts'
import { packDocument } from '../src/packs/documents/pack.ts'
import { derivationOf, hashOf } from '../src/sheets/scoring/derivation.ts'
import { periodsFrom } from '../src/sheets/scoring/periods.ts'
import { planFor } from '../src/sheets/scoring/plans.ts'
import { scoreTouched, workOut } from '../src/sheets/scoring/score-touched.ts'
import { lanes } from '../src/sheets/scoring/store.ts'
import { sqlOf, type Tx, type Work } from '../src/work.ts'

jest.setTimeout(240_000)

const today = shanghaiDay(new Date())
const start = addMonths(monthOf(today), -6)
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
const document = packDocument.parse({
  ...{ format: 1, key: 'random', title: '随机', summary: '随机', period: 'MONTH' },
  scales: [
    {
      ...{ key: 'MEMBER', title: '党员', subject: 'MEMBER', groups: [common], base: 60 },
      indicators: [
        line('CAME', { reads: came, per: 'FACT', points: '1.5', cap: 6, capPer: 'YEAR' }),
        line('AWAY', {
          kind: 'MINUS',
          per: 'QUARTER',
          reads: { ...came, where: 'fact.attendance == "ABSENT"' },
          points: '2 * count',
        }),
      ],
      lights: [
        { key: 'L', title: '红灯', colour: 'RED', basis, by: { reads: came, missed: 'count == 0', on: 2, off: 1 } },
      ],
    },
    {
      ...{ key: 'BRANCH', title: '党支部', subject: 'BRANCH', groups: [common] },
      indicators: [
        line('HELD', { reads: { kind: 'MEETING_HELD' }, per: 'MONTH', points: 'count', cap: 3 }),
        line('PEOPLE', { reads: { scores: 'MEMBERS' }, per: 'PERIOD', points: 'mean / 7.0', absence: 'NOT_KNOWN' }),
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

const open = () => openClient(['assessment', 'scores'], adapter => new PrismaClient({ adapter }))
let database: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  database = await open()
})
afterAll(() => database?.close())

/** A county with a committee, three branches and nine members, and what happens to it. */
async function createCounty(seed: number) {
  const next = numbers(seed)
  const actor = systemActor(randomUUID())
  const perform = createPerform<Tx, object>(database.transact, surroundings, () => ({}))
  const inCounty = <T>(run: (work: Work) => Promise<T>): Promise<T> => perform(actor, run, { timeoutMs: 60_000 })
  const { countyId } = actor
  const [top, ...branches] = Array.from({ length: 4 }, () => randomUUID()) as [string, ...string[]]
  const members = Array.from({ length: 9 }, () => randomUUID())
  const node = { countyId, name: '组织', unitKind: null, approves: null, version: 1 }
  const stay = (memberId: string, orgId: string, version: number, day: string, leftOn: string | null = null) => ({
    ...{ memberId, orgId, version, day, leftOn, kind: 'FULL' as const, appliedOn: null, activistSince: null },
    ...{ candidateSince: null, joinedOn: '2015-07-01', fullMemberSince: '2016-07-01' },
  })
  const versions = new Map<string, number>()
  await inCounty(async ({ tx, newId, now }) => {
    await writeOrgNodes(tx, [
      { ...node, id: top, superiorId: null, code: newId(), kind: 'COMMITTEE' },
      ...branches.map(id => ({ ...node, id, superiorId: top, code: newId(), kind: 'BRANCH' })),
    ])
    await organisationStore.write(
      tx,
      countyId,
      [top, ...branches].map(orgId => ({ orgId, since: start })),
    )
    await peopleStore.write(
      tx,
      countyId,
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

  /** One thing that happens: a meeting told of or corrected, or a move. */
  const happen = () =>
    inCounty(async ({ tx }) => {
      if (next(5) === 0) {
        const memberId = pick(members)
        const version = (versions.get(memberId) ?? 1) + 1
        versions.set(memberId, version)
        const day = addDays(today, -next(40))
        const changes = await peopleStore.write(tx, countyId, [
          stay(memberId, pick(branches), version, day, next(6) === 0 ? today : null),
        ])
        const moved = await factStore.follow(tx, countyId, [memberId])
        const places = changes.flatMap(({ before, after }) => [before?.orgId ?? after.orgId, after.orgId])
        await factStore.touch(tx, countyId, [
          ...moved,
          ...places.map(orgId => ({ subjectType: 'MEMBER' as const, subjectId: memberId, orgId, fromDay: start })),
        ])
        return
      }
      const id = pick(sources)
      const version = (versions.get(id) ?? 0) + 1
      versions.set(id, version)
      const [orgId, day] = [pick(branches), dayAtRandom()]
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
          ['ORGANISATION', [top, ...branches]],
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
  return { happen, scoreAll, full, kept, next }
}

const sorted = (found: ReadonlyMap<string, string>) => Object.fromEntries([...found].sort())

describe('S0-21 what is scored a little at a time', () => {
  test.each([1, 2, 3, 4])('S0-21 is what scoring everything from nothing gives: county %s', async seed => {
    const county = await createCounty(seed)
    for (let round = 0; round < 8; round++) {
      for (let n = county.next(6); n >= 0; n--) await county.happen()
      await county.scoreAll()
      const kept = await county.kept()
      expect(sorted(kept)).toEqual(sorted(await county.full()))
      expect(kept.size).toBeGreaterThan(13)
    }
  })
})
